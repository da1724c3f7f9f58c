"""The open interface: items as open data, the lifecycle, and the status of a case for whoever holds its code."""

from __future__ import annotations

import tomllib
from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI

from tongban.api.schemas import ItemLine, ItemOut, Lifecycle, Opening, Problem, Status
from tongban.cases import actions, queries
from tongban.cases.rules import lifecycle
from tongban.catalogue import queries as catalogue
from tongban.lib.addresses import came_from
from tongban.lib.refusals import Missing, Refused
from tongban.lists.queries import search as searching
from tongban.lists.queries.search import Filters, Hit

MOST = 500


def _version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


# Pages that show an interface load script from elsewhere, which ours never do: the description alone is served.
api = NinjaAPI(
    title="Tongban",
    version=_version(),
    description="What can be done where, how a case goes, and how one stands.",
    docs_url=None,
    urls_namespace="api",
)


@api.get("/items", response=list[ItemLine], summary="Items")
def items(
    request: HttpRequest,
    q: Annotated[str, Field(max_length=60)] = "",
    theme: Annotated[str, Field(max_length=40)] = "",
) -> Any:
    """List the items that a search finds, best first; without words those first that any hall takes in."""
    answer = searching.search(q, timezone.localdate(), Filters(theme=theme), limit=MOST)
    return [_line(hit) for hit in answer.hits]


def _line(hit: Hit) -> dict[str, Any]:
    found = hit.found
    plain = {name: getattr(found, name) for name in ("code", "name", "theme", "department", "subjects")}
    return {
        **plain,
        "complete": found.complete,
        "standing": found.stopped or "open",
        "illustrative": found.illustrative,
        "reasons": hit.reasons,
    }


@api.get("/items/{slug:code}", response={200: ItemOut, 404: Problem}, summary="One item")
def item(request: HttpRequest, code: str) -> Any:
    """Return the revision in force of one item, with its materials, limits and sources."""
    return catalogue.in_force(code, timezone.localdate())


@api.get(
    "/items/{slug:code}/revisions/{int:number}",
    response={200: ItemOut, 404: Problem},
    summary="One revision",
)
def revision(request: HttpRequest, code: str, number: int) -> Any:
    """Return one revision of an item, in force or not any more: what it says and its address stay."""
    found = catalogue.editions(code, timezone.localdate())
    one = next((each for each in found if each.number == number), None)
    if one is None:
        raise Missing
    return one


@api.get("/lifecycle", response=Lifecycle, summary="The lifecycle")
def steps(request: HttpRequest) -> Any:
    """Return the table of steps from which buttons, chart and tests come as well."""
    return {
        "states": list(lifecycle.State),
        "final": sorted(lifecycle.FINAL),
        "steps": [
            {
                "verb": step.verb,
                "begins": sorted(step.begins),
                "ends": step.ends,
                "side": step.side,
                "role": step.role,
                "paper": step.paper,
                "needs": step.needs,
            }
            for step in lifecycle.STEPS
        ],
    }


@api.post("/track", response={200: Status, 404: Problem, 429: Problem}, summary="How a case stands")
def track(request: HttpRequest, answer: HttpResponse, opening: Opening) -> Any:
    """Return how a case stands, for its number and query code; too many wrong ones are answered with 429."""
    answer["Cache-Control"] = "no-store"
    at = timezone.now()
    case = actions.open_case(opening.reference, opening.code, address=came_from(request), at=at)
    return queries.track(case, at=at)


@api.exception_handler(Missing)
def missing(request: HttpRequest, error: Missing) -> HttpResponse:
    """Answer for what isn't there, or may not be known to be."""
    return api.create_response(request, {"message": _("There is nothing under these words.")}, status=404)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Answer for too many tries: the only thing that this door is refused."""
    until = error.params.get("until")
    answer = api.create_response(request, {"message": _("Too many wrong tries. Wait a little.")}, status=429)
    if isinstance(until, datetime):
        answer["Retry-After"] = str(max(int((until - timezone.now()).total_seconds()), 1))
    return answer
