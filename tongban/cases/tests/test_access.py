"""Who may see a case, and who may do what with it."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tongban.cases import access, actions, queries
from tongban.cases.rules.lifecycle import STEPS, Side
from tongban.cases.tests import make
from tongban.catalogue import queries as catalogue
from tongban.lib.actors import Citizen, System
from tongban.lib.refusals import Missing, NotAllowed

MONDAY = make.MONDAY


def test_the_receiver_the_holder_the_decider_and_who_it_is_offered_to_see_it(window, inspector, in_hand):
    other = make.clerk("360702-health", "handle")
    assert not access.may_see(other, in_hand, in_hand.case)

    part = actions.offer(in_hand.id, other.body, by=inspector, at=MONDAY)

    for somebody in (window, inspector, other, System("test")):
        assert access.may_see(somebody, part, part.case)


def test_who_declined_it_sees_it_no_longer(inspector, in_hand):
    other = make.clerk("360702-health", "handle")
    actions.offer(in_hand.id, other.body, by=inspector, at=MONDAY)
    part = actions.decline(in_hand.id, "示例", by=other, at=MONDAY)

    assert not access.may_see(other, part, part.case)


def test_an_applicant_sees_their_own_case_and_takes_no_step_in_it(licence):
    own, another = Citizen(licence.case_id), Citizen(uuid4())

    assert access.may_see(own, licence, licence.case)
    with pytest.raises(NotAllowed):
        actions.withdraw(licence.id, "示例", by=own, at=MONDAY)
    with pytest.raises(NotAllowed):
        actions.recall(licence.id, "示例", by=own, at=MONDAY)
    with pytest.raises(Missing):
        actions.withdraw(licence.id, "示例", by=another, at=MONDAY)


@pytest.mark.parametrize("step", [step for step in STEPS if step.side is Side.SYSTEM], ids=str)
def test_nobody_takes_the_clocks_steps(inspector, in_hand, step):
    with pytest.raises(NotAllowed):
        access.require_step(inspector, step, in_hand, in_hand.case, held=True)


@pytest.mark.parametrize("step", [step for step in STEPS if step.role], ids=str)
def test_a_step_needs_its_role_at_the_body_whose_step_it_is(in_hand, step):
    supervisor = make.clerk(make.MARKET, "supervise")

    with pytest.raises(NotAllowed):
        access.require_step(supervisor, step, in_hand, in_hand.case, held=True)


def test_a_draft_is_its_writers_own(window):
    edition = catalogue.in_force(make.FOOD, MONDAY.date())
    draft = actions.start(edition, by=window, at=MONDAY, data=make.typed(make.FOOD))
    colleague = make.clerk("360111-service-centre", "receive", name="colleague")

    with pytest.raises(Missing):
        queries.draft(draft.id, colleague)
    with pytest.raises(Missing):
        actions.save(draft.id, {}, by=colleague, at=MONDAY)
    with pytest.raises(Missing):
        actions.receive(draft.id, by=colleague, at=MONDAY)
    with pytest.raises(Missing):
        actions.discard(draft.id, by=colleague)
    assert queries.drafts(colleague) == []
    assert [each.id for each in queries.drafts(window)] == [draft.id]
