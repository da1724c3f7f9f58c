"""Public pages, kept in the process as they were rendered, and answered from there without rendering again.

A page is kept for one address, host, language and look, and as long as nothing that it shows was written. Its answer
bears no cookie and the rules by which browsers and shared caches may keep it too. `?lang=` fixes the language in
the address; without it the reader's choice counts, and caches are told so by `Vary`.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone, translation

from tongban.design.context import preferences
from tongban.lib import changes

Respond = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]

ROOMS = ("catalogue", "lists", "places")
COUNTED = ("lists_demand", "lists_heard")
"""Tables of these rooms that no public page shows, and that are written all the time."""
MOST_BYTES, MOST_PAGES = 64 * 1024 * 1024, 10_000
"""What a process keeps at most: many small pages take more room by what stands around them than by what they say."""
LONGEST_QUERY = 200
_LOOK = 1.0
"""Seconds for which a process believes that nothing was written."""
_PARTS = ("Cookie", "Accept-Language", "Accept-Encoding")
_LANGUAGES = {"zh": "zh-hans", "en": "en"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as it was rendered, plain and compressed, with its headers."""

    body: bytes
    packed: bytes
    tag: str
    headers: Mapping[str, str]
    match: Any
    until: float
    heard: Callable[[], None] | None = None

    def to(self, request: HttpRequest) -> HttpResponse:
        """Return the page for this request: nothing if the reader has it already."""
        packed = bool(self.packed) and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        tag = f'"{self.tag}{"-gz" if packed else ""}"'
        known = request.META.get("HTTP_IF_NONE_MATCH", "")
        same = known and (known.strip() == "*" or self.tag in known)
        answer = HttpResponseNotModified() if same else HttpResponse(self.packed if packed else self.body)
        for name, value in self.headers.items():
            answer[name] = value
        answer["ETag"] = tag
        if packed and not same:
            answer["Content-Encoding"] = "gzip"
        if not same:
            answer["Content-Length"] = str(len(self.packed if packed else self.body))
        return answer


@dataclass(slots=True)
class Shelf:
    """The pages of this process, the oldest given up first when they take too much room."""

    pages: OrderedDict[Hashable, Answer] = field(default_factory=OrderedDict)
    size: int = 0
    version: Hashable = None
    looked: float = -_LOOK
    cleared: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, key: Hashable) -> Answer | None:
        """Return the page if it is here and not too old."""
        found = self.pages.get(key)
        return found if found and found.until > time.monotonic() else None

    def put(self, key: Hashable, page: Answer, cleared: int) -> None:
        """Keep a page, unless all was thrown away since it began to be made: what it read may be what changed.

        :param cleared: how often all had been thrown away when it began
        """
        with self.lock:
            if cleared != self.cleared:
                return
            self._drop(self.pages.pop(key, None))
            self.pages[key] = page
            self.size += len(page.body) + len(page.packed)
            while self.size > MOST_BYTES or len(self.pages) > MOST_PAGES:
                self._drop(self.pages.popitem(last=False)[1])

    def _drop(self, page: Answer | None) -> None:
        if page:
            self.size -= len(page.body) + len(page.packed)

    def fresh(self) -> None:
        """Throw all away if anything was written since, or another day has begun."""
        if time.monotonic() - self.looked < _LOOK:
            return
        self.looked = time.monotonic()
        version = (connection.settings_dict["NAME"], timezone.localdate(), changes.written(ROOMS, COUNTED))
        if version != self.version:
            self.clear()
            self.version = version

    def clear(self) -> None:
        """Throw all away."""
        with self.lock:
            self.pages.clear()
            self.size = 0
            self.cleared += 1


shelf = Shelf()


def page(*names: str, framed: bool = False, plain: bool = False) -> Callable[[View], View]:
    """Let a public view's pages be kept, whose address asks for nothing but these names.

    :param framed: whether other hosts that are named in the settings may show the page in a frame
    :param plain: whether the language stands in the address and the look doesn't matter, as with files
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def walk(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            answer = view(request, *args, **kwargs)
            if framed:
                let_in(answer)
            if answer.status_code == 200 and _asks_only(request, names):
                setattr(answer, "kept", "plain" if plain else "page")  # noqa: B010  # no attribute of its type
            return answer

        return walk

    return decorate


def heard(answer: HttpResponse, count: Callable[[], None]) -> HttpResponse:
    """Return the page, which counts itself too whenever it's answered from what is kept."""
    setattr(answer, "heard", count)  # noqa: B010  # no attribute of its type
    return answer


def let_in(answer: HttpResponse) -> None:
    """Let the hosts that are named in the settings show the page in a frame."""
    if settings.EMBED_ANCESTORS:
        setattr(answer, "_csp_replace", {"frame-ancestors": settings.EMBED_ANCESTORS})  # noqa: B010  # django-csp's
        setattr(answer, "xframe_options_exempt", True)  # noqa: B010  # Django's own


def keep(respond: Respond) -> Respond:
    """Answer public pages from what is kept; the outermost, so that nothing else is asked for them."""

    def answered(request: HttpRequest) -> HttpResponse:
        if asked := _LANGUAGES.get(request.GET.get("lang", "")):
            # As if it had been chosen: for this one page.
            request.COOKIES = {**request.COOKIES, settings.LANGUAGE_COOKIE_NAME: asked}
        if not _may_be_kept(request):
            return respond(request)
        shelf.fresh()
        key = _key(request)
        if found := shelf.find(key):
            request.resolver_match = found.match
            if found.heard:
                found.heard()
            return found.to(request)
        cleared = shelf.cleared
        return _keep(request, respond(request), key, cleared)

    return answered


def _may_be_kept(request: HttpRequest) -> bool:
    return (
        settings.PAGES_KEPT_SECONDS > 0
        and request.method in {"GET", "HEAD"}
        and "messages" not in request.COOKIES
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
        and not request.path.startswith(settings.STATIC_URL)
    )


def _key(request: HttpRequest) -> Hashable:
    look = preferences(request)["preferences"]
    language = translation.get_language_from_request(request)
    return request.scheme, request.get_host(), request.get_full_path(), language, look


def _keep(request: HttpRequest, answer: HttpResponse, key: Hashable, cleared: int) -> HttpResponse:
    kind = getattr(answer, "kept", "")
    if not kind or answer.cookies or answer.streaming:
        return answer
    kept = _made(answer, kind, request)
    if request.method == "GET":
        shelf.put(key, kept, cleared)
    return kept.to(request)


def _made(answer: HttpResponse, kind: str, request: HttpRequest) -> Answer:
    seconds = settings.PAGES_KEPT_SECONDS
    answer["Cache-Control"] = f"public, max-age={seconds}, stale-while-revalidate={seconds * 5}"
    if kind == "plain":
        answer["Vary"] = "Accept-Encoding"
    else:
        answer["Vary"] = ", ".join(part for part in _PARTS if part != "Accept-Language" or _chosen(request))
    body = answer.content
    packed = gzip.compress(body, 6, mtime=0) if _is_text(answer) else b""
    return Answer(
        body=body,
        packed=packed,
        tag=hashlib.sha256(body).hexdigest()[:24],
        headers={name: value for name, value in answer.items() if name not in {"Content-Length", "ETag"}},
        match=request.resolver_match,
        until=time.monotonic() + seconds,
        heard=getattr(answer, "heard", None),
    )


def _asks_only(request: HttpRequest, names: Collection[str]) -> bool:
    """Return whether an address asks for nothing but these names, and for no language that there isn't."""
    return set(request.GET) <= {*names, "lang"} and request.GET.get("lang", "zh") in _LANGUAGES


def _chosen(request: HttpRequest) -> bool:
    """Return whether the language is the reader's choice and not the address's."""
    return request.GET.get("lang", "") not in _LANGUAGES


def _is_text(answer: HttpResponse) -> bool:
    kind = answer.get("Content-Type", "")
    return kind.startswith("text/") or any(word in kind for word in ("json", "xml", "svg"))
