"""Urging a body that is late, and answering it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tongban.cases import actions, queries
from tongban.cases.queries import watch as watched
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid, NotAllowed
from tongban.places import queries as places
from tongban.workbench import words
from tongban.workbench.forms import UrgeForm
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views import parts


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def urge(request: ClerkRequest, part_id: UUID) -> HttpResponse:
    """Ask what a body is urged to do about a case and by when, and record it."""
    file = queries.load(part_id, request.clerk, at=timezone.now())
    part, directory = file.part, places.directory_now()
    bodies = queries.may_urge(request.clerk, (part.offered_to_id, part.holder_id, part.decider_id))
    choices = [(body, str(directory.body(body).name)) for body in bodies]
    about = {"title": file.edition.rule.name, "reference": file.case.reference}

    def record(said: dict[str, Any]) -> HttpResponse:
        actions.urge(
            part_id, said["body"], said["text"], said["answer_by"], by=request.clerk, at=timezone.now()
        )
        return redirect("workbench:part", part_id)

    return _ask(request, choices, about, record)


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def urge_about(request: ClerkRequest, obstacle_id: UUID) -> HttpResponse:
    """The same about something that could not be done: its owner has to answer it."""
    row = queries.obstacle(obstacle_id, request.clerk)
    bodies = queries.may_urge(request.clerk, [row.owner_id])
    about = {"title": _("Could not be done"), "reference": row.case.reference if row.case else ""}

    def record(said: dict[str, Any]) -> HttpResponse:
        actions.urge_about(obstacle_id, said["text"], said["answer_by"], by=request.clerk, at=timezone.now())
        return redirect("workbench:obstacle", obstacle_id)

    return _ask(request, [(row.owner_id, str(row.owner.name))] if bodies else [], about, record)


def _ask(
    request: ClerkRequest,
    bodies: list[tuple[str, str]],
    about: dict[str, Any],
    record: Callable[[dict[str, Any]], HttpResponse],
) -> HttpResponse:
    if not bodies:
        raise NotAllowed
    first = {"body": bodies[0][0], "answer_by": actions.proposed_answer(timezone.now())}
    form = UrgeForm(request.POST or None, bodies=bodies, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            answer = record(form.cleaned_data)
        except Invalid as invalid:
            form.add_error(invalid.field, words.say(invalid))
        else:
            messages.success(request, _("Urged. An answer is due, and you see here when it comes."))
            return answer
    status = 422 if form.errors else 200
    return page(request, "workbench/watch/urge.html", section="watch", form=form, about=about, status=status)


@require_POST
@for_clerks
def answer(request: ClerkRequest, urging_id: UUID) -> HttpResponse:
    """Answer what one's body was urged to do."""
    text = request.POST.get("text", "")
    try:
        row = actions.answer_urging(urging_id, text, by=request.clerk, at=timezone.now())
    except Invalid as invalid:
        part = watched.urgings([urging_id])[urging_id].part_id
        assert part  # only what was urged about a case is answered here
        file = queries.load(part, request.clerk, at=timezone.now())
        return parts.show(
            request,
            file,
            status=422,
            urging_error=words.say(invalid),
            urging_id=urging_id,
            urging_text=text[:2000],
        )
    messages.success(request, _("The answer is recorded."))
    return redirect("workbench:part", row.part_id)
