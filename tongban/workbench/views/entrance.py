"""Signing in and out, choosing a post, practising."""

from __future__ import annotations

from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tongban.cases import actions as cases
from tongban.catalogue import queries as catalogue
from tongban.lib.addresses import came_from
from tongban.lib.pages import page
from tongban.lib.refusals import Missing, Refused
from tongban.people import actions as accounts
from tongban.people import queries as people
from tongban.places import queries as places
from tongban.places.queries import AtWork
from tongban.workbench import sign_in as at_work
from tongban.workbench import words
from tongban.workbench.forms import SignInForm
from tongban.workbench.sign_in import ClerkRequest, for_clerks

CHOOSING = "choosing"
"""Where the session keeps who has proved to be an account that has several posts to choose from."""

TO_TRY = 3


BEGINS = (
    ("receive", "workbench:window"),
    ("handle", ""),
    ("propose-lists", "workbench:lists"),
    ("review-lists", "workbench:lists"),
    ("supervise", "workbench:watch"),
)
"""Where the work of a role begins, the first that a post has; the desk where nothing is named."""


@require_GET
@for_clerks
def start(request: ClerkRequest) -> HttpResponse:
    """Lead to where the post's work begins: the window for who receives, the desk for who decides."""
    begins = next((page for role, page in BEGINS if role in request.clerk.roles), None)
    if begins:
        return redirect(begins)
    return redirect("workbench:desk", "in-hand")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for user name and password; after ten wrong ones in a quarter of an hour nobody is let in by that name."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = _proved(request, form.cleaned_data["username"], form.cleaned_data["password"])
            return _choose(request, account)
        except Refused as refused:
            form.add_error(None, words.say(refused))
    return _ask(request, form)


def _ask(request: HttpRequest, form: SignInForm) -> HttpResponse:
    status = 422 if form.errors else 200
    next_url = request.POST.get("next", request.GET.get("next", ""))
    return page(
        request, "workbench/entrance/sign_in.html", form=form, next=next_url, cast=_cast(), status=status
    )


def _proved(request: HttpRequest, username: str, password: str) -> UUID:
    """Return the account whose name and password these are.

    :raises Refused: if they aren't, or were tried too often from here or for this name
    """
    now = timezone.now()
    keys = (f"sign-in:{username.lower()}", f"sign-in-address:{came_from(request)}")
    cases.require_patience(*keys, at=now)
    account = authenticate(request, username=username, password=password)
    if account is None:
        cases.attempt(*keys, at=now)
        raise Refused("sign-in.wrong")
    return UUID(str(account.pk))


def _choose(request: HttpRequest, account: UUID) -> HttpResponse:
    """Begin at the account's only post, or let them choose among several."""
    posts = places.posts_of(account, timezone.localdate())
    if not posts:
        raise Refused("sign-in.no-post")
    if len(posts) == 1:
        return _begin(request, posts[0])
    request.session.flush()
    request.session[CHOOSING] = {"account": str(account), "epoch": posts[0].epoch}
    return redirect("workbench:choose-post")


def _begin(request: HttpRequest, post: AtWork) -> HttpResponse:
    wanted = request.POST.get("next", "")
    at_work.begin(request, post)
    rotate_token(request)
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if safe else "workbench:start")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose_post(request: HttpRequest) -> HttpResponse:
    """Let somebody who proved who they are choose the post at which they work now."""
    posts = _own_posts(request)
    if not posts:
        return redirect("workbench:sign-in")
    chosen = next((post for post in posts if str(post.clerk.post) == request.POST.get("post")), None)
    if request.method == "POST" and chosen:
        return _begin(request, chosen)
    return page(request, "workbench/entrance/choose_post.html", posts=posts)


def _own_posts(request: HttpRequest) -> list[AtWork]:
    """Return the posts of who is choosing, or is at work and wants to change."""
    here = at_work.who(request)
    kept = request.session.get(CHOOSING) or {}
    account = here.clerk.account if here else UUID(kept["account"]) if kept else None
    if account is None:
        return []
    posts = places.posts_of(account, timezone.localdate())
    return [post for post in posts if here or post.epoch == kept["epoch"]]


@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's cast, without a password; elsewhere, and anybody else, with one."""
    username = request.POST.get("username", "")
    if username not in {name for _role, name in _cast()}:
        return redirect("workbench:sign-in")
    return _choose(request, people.by_username(username).id)


def _cast() -> list[tuple[str, str]]:
    """Return role and user name of each of the demonstration's cast; nobody where it isn't one."""
    if not settings.DEMO:
        return []
    try:
        cast = import_module("demo").cast()
    except ImportError:
        return []
    return [(_(role), username) for role, username, _hint in cast]


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and with it every other of the account.

    A session is what its cookie says: one that somebody copied at a shared counter would otherwise go on for hours.
    """
    if here := at_work.who(request):
        accounts.end_sessions(here.clerk.account)
    at_work.end(request)
    return redirect("workbench:sign-in")


@require_GET
@for_clerks
def practice(request: ClerkRequest) -> HttpResponse:
    """Show what practising is, and three items to begin with."""
    known = [found for found in catalogue.search("", timezone.localdate(), limit=50) if found.complete]
    return page(
        request,
        "workbench/entrance/practice.html",
        section="practice",
        items=sorted(known, key=lambda item: item.code)[:TO_TRY],
    )


@require_POST
@for_clerks
def switch_practice(request: ClerkRequest) -> HttpResponse:
    """Begin or end practising."""
    practising = request.POST.get("on") == "1"
    at_work.practise(request, practising)
    if practising:
        return redirect("workbench:practice")
    messages.success(request, _("Practice is over. From now on everything counts."))
    return redirect("workbench:start")


@for_clerks
def nowhere(request: ClerkRequest) -> HttpResponse:
    """Say that nothing is at this address."""
    raise Missing
