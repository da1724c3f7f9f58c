"""Saying how it was."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tongban.cases import queries as cases
from tongban.feedback import access
from tongban.feedback.models import Rating
from tongban.feedback.rules import WORDS_LIMIT, read
from tongban.lib import writes
from tongban.lib.actors import Citizen
from tongban.lib.refusals import Refused
from tongban.lib.words import clean
from tongban.trail import actions as trail


def rate(case: UUID, level: str, words: str, *, by: Citizen, at: datetime) -> Rating:
    """Keep how an applicant found the handling of their case, once it's closed (好差评).

    The trail learns the level, never the words; practice stays out of it.

    :raises Missing: if it isn't the applicant's own case
    :raises Invalid: if there is no such level, or the words can't be kept
    :raises Refused: before the case is closed, and the second time
    """
    access.require_own(by, case)
    said = clean(words, field="words", limit=WORDS_LIMIT, lines=True)
    tracked = cases.track(case, at=at)
    if not tracked.final:
        raise Refused("rating.too-early")
    row = Rating(
        case_id=case,
        body_id=tracked.decider.code,
        level=read(level),
        words={"text": said} if said else None,
        at=at,
        practice=tracked.practice,
    )
    _write(row, by)
    return row


def _write(row: Rating, by: Citizen) -> None:
    """Write the rating with its entry; that there is only one for a case, the database sees to."""
    entry = trail.entry(
        "feedback.rating.give",
        f"rating:{row.id}",
        actor=str(by),
        at=row.at,
        case=row.case_id,
        level=str(row.level),
        body=row.body_id,
    )
    try:
        with transaction.atomic():
            trail.record([] if row.practice else [entry], writes.Insert([row]))
    except IntegrityError as error:
        raise Refused("rating.given") from error
