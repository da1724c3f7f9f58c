"""One page for every step: what it does, what it asks, the document that it would issue, and taking it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongban.cases import queries
from tongban.cases.queries import CaseFile
from tongban.cases.rules import custody, lifecycle
from tongban.cases.rules.custody import Move
from tongban.cases.rules.enclosures import Defect
from tongban.cases.rules.lifecycle import Side, Step
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.workbench import desk_forms, vocabulary, words
from tongban.workbench.desk_checklists import AskForm, CompleteForm
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views import parts_choices, parts_limits, parts_words
from tongban.workbench.views.desk_rows import state_tag
from tongban.workbench.views.parts_moved import moved_on, seen_version
from tongban.workbench.views.parts_take import Draft, Taking, rehearse, take

UPLOADS = frozenset({"complete", "make", "settle"})
"""Steps whose form takes files."""

LEAVES = frozenset({"return", "decline"})
"""Steps after which the case may be none of one's own any more."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def step(request: ClerkRequest, part_id: UUID, verb: str) -> HttpResponse:
    """Show what the step asks, or take it."""
    wanted = _known(verb)
    try:
        if request.method == "POST" and desk_forms.asks_nothing(wanted) and not _to_check(request, wanted):
            # The action looks at all that matters under its lock: the page's file needn't be read for that.
            return _take(request, wanted, part_id, desk_forms.NOTHING)
        file = queries.load(part_id, request.clerk, at=timezone.now())
        if file.watching:
            raise NotAllowed
        if request.method == "POST":
            return _sent(request, file, wanted)
        _require_open(wanted, file)
        return _asked(request, file, wanted)
    except Invalid:
        raise
    except Refused as refused:
        return moved_on(request, part_id, refused)


def _known(verb: str) -> Step | Move:
    found = lifecycle.BY_VERB.get(verb) or custody.BY_VERB.get(verb)
    if found is None or (isinstance(found, Step) and found.side is Side.SYSTEM):
        raise Missing
    return found


def _require_open(wanted: Step | Move, file: CaseFile) -> None:
    """Let through to its page only a step that can be taken now.

    :raises Refused: if the part stands elsewhere
    :raises NotAllowed: if it's somebody else's to take
    """
    if wanted in (*file.steps, *file.moves):
        return
    if isinstance(wanted, Step):
        lifecycle.take(wanted, file.standing)
    elif wanted.ends and not file.offer:
        raise Refused("custody.no-offer", move=wanted.verb)
    elif not wanted.ends and file.offer:
        raise Refused("custody.offered-already", to=str(file.offer.taker))
    raise NotAllowed


def _form(request: ClerkRequest, file: CaseFile, wanted: Step | Move) -> forms.Form:
    given = parts_choices.given(wanted, file, request.GET.get("place", "") or request.POST.get("place", ""))
    if request.method == "POST":
        return desk_forms.form_for(wanted, given, request.POST, request.FILES)
    return desk_forms.form_for(wanted, given)


def _asked(request: ClerkRequest, file: CaseFile, wanted: Step | Move) -> HttpResponse:
    form = _form(request, file, wanted)
    if form.fields or not _issues(wanted):
        return _show(request, file, wanted, form)
    # Nothing is asked: the document can be shown at once.
    bare = desk_forms.form_for(wanted, parts_choices.given(wanted, file, ""), {})
    bare.is_valid()
    taking = Taking(file.part.id, request.clerk, timezone.now(), file.part.version, bare)
    return _show(request, file, wanted, form, draft=rehearse(wanted.verb, taking))


def _sent(request: ClerkRequest, file: CaseFile, wanted: Step | Move) -> HttpResponse:
    form = _form(request, file, wanted)
    if not form.is_valid():
        return _show(request, file, wanted, form, status=422)
    try:
        if _to_check(request, wanted):
            taking = Taking(file.part.id, request.clerk, timezone.now(), seen_version(request), form)
            return _show(request, file, wanted, form, draft=rehearse(wanted.verb, taking))
        return _take(request, wanted, file.part.id, form)
    except Invalid as invalid:
        if isinstance(form, CompleteForm) and "lacking" in invalid.params:
            form.name_lacking(cast("Iterable[Defect]", invalid.params["lacking"]))
        form.add_error(invalid.field if invalid.field in form.fields else None, words.say(invalid))
        return _show(request, file, wanted, form, status=422)


def _take(request: ClerkRequest, wanted: Step | Move, part_id: UUID, form: forms.Form) -> HttpResponse:
    part = take(wanted.verb, Taking(part_id, request.clerk, timezone.now(), seen_version(request), form))
    said = {"what": vocabulary.HAPPENED[wanted.verb], "reference": part.case.reference}
    messages.success(request, _("%(what)s: %(reference)s") % said)
    if wanted.verb in LEAVES:
        return redirect("workbench:desk", "incoming")
    return redirect("workbench:part", part.id)


def _issues(wanted: Step | Move) -> bool:
    """Return whether the step's document can be shown first: not where a file is sent with it, which would be lost."""
    return isinstance(wanted, Step) and bool(wanted.paper) and wanted.verb not in UPLOADS


def _to_check(request: ClerkRequest, wanted: Step | Move) -> bool:
    """Return whether the document is shown before the step is taken: if asked for, and always where it's grave."""
    if not isinstance(wanted, Step) or "sure" in request.POST:
        return False
    return wanted.danger or (_issues(wanted) and "preview" in request.POST)


def _show(
    request: ClerkRequest,
    file: CaseFile,
    wanted: Step | Move,
    form: forms.Form,
    *,
    status: int = 200,
    draft: Draft | None = None,
) -> HttpResponse:
    called, means = parts_words.step_words(wanted)
    more: dict[str, Any] = parts_choices.places_for(wanted, file, request)
    return page(
        request,
        "workbench/desk/step.html",
        status=status,
        file=file,
        practice=file.case.practice,
        step=wanted,
        words=called,
        means=means,
        approval=parts_limits.approval(wanted.verb, file.edition.rule),
        icon_name=vocabulary.ICONS[wanted.verb],
        danger=getattr(wanted, "danger", False),
        issues=_issues(wanted),
        form=form,
        rows=list(form.rows()) if isinstance(form, AskForm | CompleteForm) else (),
        draft=draft,
        uploads=wanted.verb in UPLOADS,
        sent=_sent_words(request) if draft else (),
        state=state_tag(file.state),
        lacking=[(parts_words.named(each.material, file), each) for each in file.lacking],
        left=parts_words.left(form.lacking, file) if isinstance(form, CompleteForm) else (),
        **more,
    )


def _sent_words(request: ClerkRequest) -> list[tuple[str, str]]:
    """Return what was typed, to be sent once more with the confirmation."""
    left_out = {"csrfmiddlewaretoken", "sure", "preview", "seen"}
    return [
        (name, value) for name, values in request.POST.lists() for value in values if name not in left_out
    ]
