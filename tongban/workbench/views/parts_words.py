"""A case's file in the words of its page, so that the template only sets them out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tongban.cases.queries import CaseFile, Enclosed, Happened
from tongban.cases.rules.custody import Move
from tongban.cases.rules.enclosures import Defect, unscanned
from tongban.cases.rules.lifecycle import FINAL, State, Step
from tongban.catalogue.rules import Material, asked
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Refused
from tongban.places.rules import Directory
from tongban.workbench import vocabulary, words
from tongban.workbench.views.parts_limits import waits_for_approval

DIRECT = frozenset({"accept", "resume", "take-over"})
"""Steps that ask nothing and are done by one key from the case's page."""


@dataclass(frozen=True, slots=True)
class Button:
    """A step that can be taken now."""

    verb: str
    words: str
    means: str
    icon: str
    key: str
    url: str
    direct: bool
    danger: bool


def buttons(file: CaseFile) -> list[Button]:
    """Return what can be done now: custody first, then the table of steps; what can't be undone stands last.

    What is seldom right stands after what usually comes next: handing the file on, sending what was sent already.
    """
    seldom = {"offer", "recall", *({"send"} if file.state is State.SENT else ())}
    moves = [each for each in file.moves if each.ends or file.state not in FINAL]
    found = [_button(file, each.verb, danger=each.verb == "decline") for each in moves]
    found += [_button(file, each.verb, danger=each.danger) for each in file.steps]
    return sorted(found, key=lambda each: (each.danger, each.verb in seldom))


def _button(file: CaseFile, verb: str, *, danger: bool) -> Button:
    return Button(
        verb=verb,
        words=str(vocabulary.STEPS[verb]),
        means=str(vocabulary.MEANS[verb]),
        icon=vocabulary.ICONS[verb],
        key=vocabulary.KEYS.get(verb, ""),
        url=reverse("workbench:part-step", args=[file.part.id, verb]),
        direct=verb in DIRECT,
        danger=danger,
    )


def waits_for(file: CaseFile) -> list[str]:
    """Return for whom or what the case waits, and what time has closed, where no button says so."""
    found, verbs = [], {step.verb for step in file.steps}
    if since := file.standing.silent_since:
        found.append(words.say(Refused("part.silent", until=since)))
    if file.edition.rule.review and file.state is State.ACCEPTED and "review" not in verbs:
        found.append(_("A second person has to review it before it can be decided."))
    asked_for = bool(file.part.extension_asked_by)
    if asked_for and (since := file.standing.over_since):
        found.append(words.say(Refused("part.limit-over", until=since)))
    elif asked_for and "extend" not in verbs:
        found.append(waits_for_approval(file.edition.rule))
    return found


def step_words(step: Step | Move) -> tuple[str, str]:
    """Return what a step is called, and what it does."""
    return str(vocabulary.STEPS[step.verb]), str(vocabulary.MEANS[step.verb])


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the history: what, who, when, and the words that belong to it."""

    what: str
    who: str
    at: datetime
    state: str
    words: list[tuple[str, str]]
    paper: UUID | None


def history(file: CaseFile) -> list[Told]:
    """Return what happened, oldest first."""
    return [_told(each, file) for each in file.history]


def _told(happened: Happened, file: CaseFile) -> Told:
    who = [happened.who or _("Tongban, by itself"), str(happened.body)]
    return Told(
        what=str(vocabulary.HAPPENED.get(happened.verb, happened.verb)),
        who=" · ".join(filter(None, who)),
        at=happened.at,
        state="bad" if happened.verb in vocabulary.BAD else "done",
        words=list(_said(happened.words, file)),
        paper=happened.paper,
    )


def _said(words: Mapping[str, Any], file: CaseFile) -> Iterable[tuple[str, str]]:
    for name, said in words.items():
        if name in {"defects", "lacking"}:
            yield from _defects(name, said, file)
        elif name == "answer_by":
            yield str(vocabulary.WORDS[name]), _day(said)
        elif said:
            yield str(vocabulary.WORDS.get(name, name)), str(said)


def _defects(name: str, said: Iterable[Mapping[str, str]], file: CaseFile) -> Iterable[tuple[str, str]]:
    lead = _("Still lacking: %(name)s") if name == "lacking" else "%(name)s"
    for each in said:
        yield lead % {"name": named(each["material"], file)}, _defect(each)


def left(lacking: Iterable[Defect], file: CaseFile) -> list[tuple[str, str, str]]:
    """Return what is still lacking: its code, what it's called, and what is wrong."""
    return [
        (each.material, named(each.material, file), _defect({"kind": each.kind, "note": each.note}))
        for each in lacking
    ]


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), pgettext("a day on a mark", "j M Y"))


def _defect(defect: Mapping[str, str]) -> str:
    kind = str(vocabulary.DEFECTS[defect["kind"]])
    return _("%(kind)s: %(note)s") % {"kind": kind, "note": defect["note"]} if defect.get("note") else kind


def named(code: str, file: CaseFile) -> str:
    """Return what a material or a field of the form is called."""
    rule = file.edition.rule
    if material := rule.material(code):
        return str(material.name)
    return next((str(field.label) for field in rule.fields if field.code == code), _("Applicant's details"))


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a material: its address, and whether it's shown as a picture."""

    url: str
    picture: bool
    title: str


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about a material in one round."""

    how: str
    tone: str
    trust: str
    who: str
    at: datetime
    revision: str
    reason: str
    leaves: list[Leaf]
    bare: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A material asked for, with all that was done about it."""

    material: Material
    form: str
    rounds: list[Done]
    lacks: list[str]


def materials(file: CaseFile, pictures: Collection[str]) -> list[Paper]:
    """Return every material that this case needs or has, with what was done about it.

    :param pictures: hashes of those pages that a browser shows as a picture
    """
    rounds: dict[str, list[Enclosed]] = {}
    for each in file.enclosed:
        rounds.setdefault(each.material.code, []).append(each)
    wanted = {each.code: each for each in asked(file.edition.rule, file.case.answers)}
    wanted |= {each.material.code: each.material for each in file.enclosed}
    lacks: dict[str, list[str]] = {}
    for defect in file.lacking:
        said = {"kind": defect.kind, "note": defect.note}
        lacks.setdefault(defect.material, []).append(_defect(said))
    return [
        Paper(
            material=each,
            form=str(vocabulary.FORMS.get(each.form, each.form)),
            rounds=[_done(done, file, pictures) for done in rounds.get(code, [])],
            lacks=lacks.get(code, []),
        )
        for code, each in wanted.items()
    ]


def _done(each: Enclosed, file: CaseFile, pictures: Collection[str]) -> Done:
    return Done(
        how=str(vocabulary.HOW[each.how]),
        tone={"missing": "red", "promised": "amber"}.get(each.how, "line"),
        trust=str(each.trust),
        who=each.who,
        at=each.at,
        revision=each.revision,
        reason=each.reason,
        leaves=[
            Leaf(
                url=reverse("workbench:page-copy", args=[file.part.id, sha]),
                picture=sha in pictures,
                title=_("%(material)s, page %(number)d") % {"material": each.material.name, "number": number},
            )
            for number, sha in enumerate(each.pages, start=1)
        ],
        bare=unscanned(each.material, each.how, len(each.pages)),
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """One offer of custody in words."""

    giver: str
    taker: str
    answer: SafeString | str
    open: bool
    offered_by: str
    offered_at: datetime
    answered_by: str
    answered_at: datetime | None
    reason: str
    slip: str


def transfers(file: CaseFile, directory: Directory, names: Mapping[str, str], by: Clerk) -> list[Moved]:
    """Return every offer of the part and how it was answered, the last first."""
    return [
        Moved(
            giver=str(directory.body(row.giver_id).name),
            taker=str(directory.body(row.taker_id).name),
            answer=str(vocabulary.OFFERS[row.state]),
            open=row.state == "open",
            offered_by=names.get(row.offered_by, ""),
            offered_at=row.offered_at,
            answered_by=names.get(row.answered_by, ""),
            answered_at=row.answered_at,
            reason=(row.reason or {}).get("text", ""),
            slip=_slip(row, by),
        )
        for row in reversed(file.transfers)
    ]


def _slip(row: Any, by: Clerk) -> str:
    """Return where the slip of a handover is made or shown: once it was taken over, for both sides."""
    both = by.practice or by.bodies & {row.giver_id, row.taker_id}
    return reverse("workbench:custody-slip", args=[row.id]) if row.state == "taken" and both else ""
