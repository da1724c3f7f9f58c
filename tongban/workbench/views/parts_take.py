"""Which action each step's form leads to; a step that isn't named here can't be taken on a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from tongban.cases import actions
from tongban.cases.rules.enclosures import Enclosed
from tongban.files import actions as files
from tongban.lib.actors import Clerk
from tongban.papers import queries as papers
from tongban.workbench.desk_checklists import AskForm, CompleteForm


@dataclass(frozen=True, slots=True)
class Taking:
    """A step as it was sent: by whom, when, what was seen before, and what was said with it."""

    part: UUID
    by: Clerk
    at: datetime
    seen: int | None
    form: forms.Form

    @property
    def said(self) -> dict[str, Any]:
        """Return what was typed."""
        return self.form.cleaned_data

    @property
    def who(self) -> dict[str, Any]:
        """Return what every action is given."""
        return {"by": self.by, "at": self.at, "seen": self.seen}


def _ask(step: Taking) -> Any:
    assert isinstance(step.form, AskForm)
    return actions.ask(step.part, step.form.defects(), again=step.said.get("again", ""), **step.who)


def _complete(step: Taking) -> Any:
    assert isinstance(step.form, CompleteForm)
    brought = [
        Enclosed(each.material, each.how, tuple(_stored(page, step) for page in each.pages))
        for each in step.form.brought()
    ]
    said = step.said
    return actions.complete(
        step.part, brought, put_right=said["put_right"], known=said["known"].split(), **step.who
    )


def _make(step: Taking) -> Any:
    return actions.make(step.part, step.said["result_number"], file=_result(step), **step.who)


def _settle(step: Taking) -> Any:
    said = step.said
    return actions.settle(step.part, said["result_number"], way=said["way"], file=_result(step), **step.who)


def _result(step: Taking) -> str:
    upload = step.said["file"]
    return _stored(upload, step) if upload else ""


def _stored(upload: UploadedFile[Any], step: Taking) -> str:
    found = files.store(
        upload,
        declared_name=upload.name or "",
        declared_type=upload.content_type or "",
        by=step.by,
        at=step.at,
    )
    return found.sha256


def _send(step: Taking) -> Any:
    said = step.said
    way = said["way"]
    return actions.send(
        step.part,
        way,
        carrier=said["carrier"] if way == "post" else "",
        waybill=said["waybill"] if way == "post" else "",
        window=said["window"] if way == "window" else "",
        **step.who,
    )


TAKE: Mapping[str, Callable[[Taking], Any]] = {
    "accept": lambda step: actions.accept(step.part, **step.who),
    "correct": lambda step: actions.correct(step.part, step.said["what"], **step.who),
    "ask": _ask,
    "complete": _complete,
    "dismiss": lambda step: actions.dismiss(step.part, step.said["reason"], **step.who),
    "refuse": lambda step: actions.refuse(
        step.part,
        step.said["reason"],
        step.said["competent"],
        elsewhere=step.said["elsewhere"],
        **step.who,
    ),
    "pause": lambda step: actions.pause(
        step.part, step.said["ground"], step.said["expected"], step.said["reason"], **step.who
    ),
    "resume": lambda step: actions.resume(step.part, **step.who),
    "propose": lambda step: actions.propose_extension(step.part, step.said["reason"], **step.who),
    "extend": lambda step: actions.extend(step.part, step.said["reason"], **step.who),
    "review": lambda step: actions.review(step.part, step.said["opinion"], **step.who),
    "grant": lambda step: actions.grant(step.part, **step.who),
    "reject": lambda step: actions.reject(step.part, step.said["reason"], **step.who),
    "make": _make,
    "send": _send,
    "close": lambda step: actions.close(step.part, step.said["proof"], **step.who),
    "withdraw": lambda step: actions.withdraw(step.part, step.said["reason"], **step.who),
    "settle": _settle,
    "offer": lambda step: actions.offer(step.part, step.said["to"], **step.who),
    "take-over": lambda step: actions.take_over(step.part, **step.who),
    "return": lambda step: actions.give_back(step.part, step.said["reason"], **step.who),
    "decline": lambda step: actions.decline(step.part, step.said["reason"], **step.who),
    "recall": lambda step: actions.recall(step.part, step.said["reason"], **step.who),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as it would be issued: its title and its words, block by block; no number was given yet."""

    title: str
    body: str
    blocks: tuple[Mapping[str, Any], ...]


def take(verb: str, step: Taking) -> Any:
    """Take the step, files that come with it included, wholly or not at all."""
    if not step.form.files:
        return TAKE[verb](step)
    with transaction.atomic():
        return TAKE[verb](step)


def rehearse(verb: str, step: Taking) -> Draft:
    """Return the document that the step would issue: the step is taken and undone, so that both can't differ."""
    with transaction.atomic():
        part = TAKE[verb](step)
        found = papers.paper(papers.papers_of(part.case_id)[-1].id)
        transaction.set_rollback(True)
    return Draft(found.content["title"], found.content["body"], papers.blocks(found))
