"""The page of an entry, and the steps of its changes: propose, review, give back, publish."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tongban.catalogue import queries as catalogue
from tongban.lib.refusals import Missing, NotAllowed, Refused
from tongban.lib.texts import Text
from tongban.lists import actions
from tongban.lists.queries import lists as queries
from tongban.lists.rules.says import Difference, Says
from tongban.places import queries as places
from tongban.places.queries import responsible
from tongban.workbench import list_words as said
from tongban.workbench.forms import lists as list_forms
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.lists import common, home

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@for_clerks
def entry(request: ClerkRequest, entry_id: UUID) -> HttpResponse:
    """Show an entry: what stands, what is under way, every version with what it changed."""
    file = queries.entry(entry_id, common.today())
    actors = {actor for change in file.changes for actor in _actors(change)}
    decided_by = [proof.decider_id for proof in file.proofs]
    names, batches = places.who(actors) if actors else {}, queries.batch_names()
    return common.shown(
        request,
        "entry",
        file=file,
        modes=home.modes(file.stands.says.modes) if file.stands else (),
        batch=batches.get(file.stands.says.batch, "") if file.stands else "",
        direction=said.DIRECTIONS[file.stands.says.direction] if file.stands else "",
        evidence=said.EVIDENCE.get(file.stands.says.evidence, "") if file.stands else "",
        versions=[(each, worded(each.differs, batches)) for each in file.versions],
        changes=[_change(each, names) for each in file.changes],
        answering=_answering(decided_by),
        keeps=home.keeps(request),
        reviews=home.reviews(request),
    )


def _actors(change: Any) -> set[str]:
    return {change.proposed_post, change.reviewed_post, change.published_post} - {""}


def _change(change: Any, names: dict[str, str]) -> tuple[Any, Any, Any, list[tuple[Any, str, Any]]]:
    steps = [
        (_("Proposed by"), names.get(change.proposed_post, ""), change.proposed_at),
        (_("Reviewed by"), names.get(change.reviewed_post, ""), change.reviewed_at),
        (_("Published by"), names.get(change.published_post, ""), change.published_at),
    ]
    mark = common.state_tag(change.state, said.CHANGE_STATES)
    return change, said.KINDS[change.kind], mark, [step for step in steps if step[2]]


def _answering(bodies: list[str]) -> list[tuple[Any, Any]]:
    """Return who answers for the bodies that decide."""
    found = responsible.answering(bodies, common.today()) if bodies else {}
    return [(each, said.CHARGES[each.row.charge]) for rows in found.values() for each in rows]


def worded(differs: list[Difference], batches: dict[str, Text]) -> list[tuple[Any, str, str]]:
    """Return differences in words that people understand."""
    return [
        (
            said.FIELDS[each.name],
            _value(each.name, each.before, batches),
            _value(each.name, each.after, batches),
        )
        for each in differs
    ]


def _value(name: str, value: Any, batches: dict[str, Text]) -> str:
    if name == "modes":
        return " · ".join(str(mode) for mode in home.modes(value or ()))
    words: dict[str, dict[str, Any]] = {
        "batch": dict(batches),
        "direction": dict(said.DIRECTIONS),
        "evidence": dict(said.EVIDENCE),
        "mode_evidence": dict(said.EVIDENCE),
    }
    return str(words.get(name, {}).get(value, value) or "—")


@FORMS
@for_clerks
def choose(request: ClerkRequest, code: str) -> HttpResponse:
    """Find the item that is to be put on a list."""
    found = queries.one(code)
    if not home.keeps(request):
        raise NotAllowed
    typed = common.asked(request, "q", 60)
    items = catalogue.search(typed, common.today(), limit=20) if typed else []
    return common.shown(request, "choose", list=found, typed=typed, items=items)


@FORMS
@for_clerks
def propose(request: ClerkRequest, code: str, item: str, kind: str) -> HttpResponse:
    """Ask what an entry is to say, and propose it."""
    if not home.keeps(request):
        raise NotAllowed
    found = queries.one(code)
    name = catalogue.item_names({item}).get(item)
    if name is None or kind not in said.KINDS:
        raise Missing
    form, refused = _proposing(request, code, item, kind), None
    if request.method == "POST" and form.is_valid():
        change, refused = list_forms.attempt(form, lambda: _propose(request, code, item, kind, form))
        if change:
            messages.success(request, _("Proposed. Somebody else has to review it."))
            return redirect("workbench:list-entry", change.entry_id)
    return common.ask(
        request,
        form,
        said.KINDS[kind],
        button=_("Propose"),
        back=_back(code, item),
        refused=refused,
        about=f"{found.title} · {name}",
        offer=_offer(refused, found, item),
    )


def _proposing(request: ClerkRequest, code: str, item: str, kind: str) -> forms.Form:
    data = request.POST or None
    if kind == "withdraw":
        return list_forms.ReasonForm(data)
    batches = [(row.code, str(row.title)) for row in queries.batches_of(code)]
    return list_forms.EntryForm(data, batches=batches, initial=_initial(code, item, kind))


def _initial(code: str, item: str, kind: str) -> dict[str, Any]:
    """Return what the form begins with: what stands, for a new entry what another list says of the item."""
    others = [] if kind == "revise" else [row.code for row in queries.lists() if row.code != code]
    for each in (code, *others):
        try:
            return _typed(queries.entry_of(each, item, common.today()))
        except Missing:
            continue
    return {"direction": "both", "modes": ["counter"]}


def _typed(says: Says) -> dict[str, Any]:
    texts = {"unit": says.unit, "timetable": says.timetable, "roadmap": says.roadmap}
    pairs = {f"{name}_{way}": getattr(text, way) for name, text in texts.items() for way in ("zh", "en")}
    plain = {
        "batch": says.batch,
        "modes": list(says.modes),
        "direction": says.direction,
        "source": says.source,
    }
    return {**pairs, **plain, "deadline": says.deadline}


def _propose(request: ClerkRequest, code: str, item: str, kind: str, form: forms.Form) -> Any:
    says = form.says() if isinstance(form, list_forms.EntryForm) else None
    given = form.cleaned_data
    return actions.propose(
        code,
        item,
        kind,
        says,
        given["reason"],
        by=request.clerk,
        at=timezone.now(),
        wanted_from=given["wanted_from"],
    )


def _back(code: str, item: str) -> str:
    known = queries.entry_id(code, item)
    return reverse("workbench:list-entry", args=[known]) if known else reverse("workbench:list", args=[code])


def _offer(refused: Refused | None, found: Any, item: str) -> tuple[str, str] | None:
    """Return the way to the list that lacks the item: its address and what to do there."""
    if refused is None or refused.code != "lists.outside" or found.within is None:
        return None
    url = reverse("workbench:list-propose", args=[found.within_id, item, "list"])
    return url, _("Propose it for %(list)s") % {"list": found.within.title}


Step = tuple[type[forms.Form], str | Promise, str | Promise, Callable[..., Any]]
STEPS: dict[str, Step] = {
    "review": (
        list_forms.OpinionForm,
        gettext_lazy("Agree to the change"),
        gettext_lazy("Agreed. It can be published now."),
        lambda change, given, **who: actions.review(change, given["opinion"], **who),
    ),
    "return": (
        list_forms.OpinionForm,
        gettext_lazy("Give the change back"),
        gettext_lazy("Given back. It can be proposed anew."),
        lambda change, given, **who: actions.give_back(change, given["opinion"], **who),
    ),
    "publish": (
        list_forms.PublishForm,
        gettext_lazy("Publish the change"),
        gettext_lazy("Published."),
        lambda change, given, **who: actions.publish(change, given["day"], **who),
    ),
}


@FORMS
@for_clerks
def step(request: ClerkRequest, change_id: UUID, verb: str) -> HttpResponse:
    """Show a change with what it says otherwise than what stands, and take a step with it."""
    if verb not in STEPS or not home.reviews(request):
        raise NotAllowed
    kind, title, done, act = STEPS[verb]
    change, differs = queries.change(change_id)
    start = (
        change.wanted_from if change.wanted_from and change.wanted_from >= common.today() else common.today()
    )
    form, refused = kind(request.POST or None, initial={"day": start}), None
    if request.method == "POST" and form.is_valid():
        who = common.by(request)
        _made, refused = list_forms.attempt(form, lambda: act(change_id, form.cleaned_data, **who))
        if not form.errors:
            messages.success(request, str(done))
            return redirect("workbench:list-entry", change.entry_id)
    name = catalogue.item_names({change.entry.item_id})[change.entry.item_id]
    return common.ask(
        request,
        form,
        title,
        button=title,
        back=reverse("workbench:list-entry", args=[change.entry_id]),
        refused=refused,
        about=f"{change.entry.list.title} · {name}",
        change=change,
        kind=said.KINDS[change.kind],
        differs=worded(differs, queries.batch_names()),
        offer=_offer(refused, change.entry.list, change.entry.item_id),
    )
