"""A running case goes over to a newer revision of its item: rarely, with a reason, and told in its history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tongban.cases import access
from tongban.cases.actions import _moves
from tongban.cases.models import Part
from tongban.cases.queries.running import said
from tongban.cases.rules.lifecycle import State
from tongban.cases.rules.rebasing import OPEN, rebased
from tongban.catalogue import queries as catalogue
from tongban.lib import writes
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Invalid, NotAllowed, Refused
from tongban.lib.words import clean


@transaction.atomic
def rebase(
    part: UUID,
    revision: str,
    reason: str,
    *,
    by: Clerk,
    at: datetime,
    seen: int | None = None,
    answers: Mapping[str, str] | None = None,
) -> Part:
    """Handle the case under a newer revision that is in force, and set its due days anew.

    :param revision: the key of the revision that was previewed
    :param answers: to situations that only the newer one knows
    :raises NotAllowed: if the actor doesn't approve at the deciding body
    :raises Refused: if it's decided, or the newer revision would ask for more than was told
    """
    (move,) = _moves.lock([part], by=by, at=at, seen=seen)
    row, case = move.part, move.case
    if not access.may_rebase(by, row, case):
        raise NotAllowed
    if State(row.state) not in OPEN:
        raise Refused("rebase.decided", state=row.state)
    text = clean(reason, field="reason", limit=500, lines=True)
    if not text:
        raise Invalid("words.missing", field="reason")
    before, to = catalogue.edition(case.revision_id), catalogue.in_force(_item(revision), move.today)
    if to.key != revision or to.item != before.item or to.number <= before.number:
        raise Refused("rebase.newest")
    change = rebased(
        before.rule,
        to.rule,
        answers=case.answers,
        given=answers or {},
        enclosed=said(row),
        notices=row.notices,
        state=State(row.state),
    )
    if change.obstacle:
        raise Refused(change.obstacle)
    case.revision_id, case.answers, move.rule = to.key, dict(change.answers), to.rule
    _moves.rewind(move)
    _moves.note(
        move,
        "rebase",
        "case.rebase",
        words={"reason": text, "from": before.number, "to": to.number},
        before=before.key,
        revision=to.key,
    )
    _moves.write([move], writes.Update([case], ("revision", "answers")))
    return row


def _item(revision: str) -> str:
    return revision.rpartition("@")[0]
