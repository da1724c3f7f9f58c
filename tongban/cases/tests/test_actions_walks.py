"""Random clerks do random things to one case, on the real tables: whatever they try, these hold."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tongban.cases import actions, queries
from tongban.cases.models import NEVER, Act, Part, Transfer
from tongban.cases.rules.enclosures import Defect, Enclosed, How
from tongban.cases.rules.lifecycle import FINAL, State
from tongban.cases.tests import make
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Missing, NotAllowed, Refused
from tongban.papers import queries as papers
from tongban.trail import queries as trails

FORM = "application-form"
DO: dict[str, Any] = {
    "offer": actions.offer,
    "offer-aside": lambda part, **how: actions.offer(part, "360702-health", **how),
    "take-over": actions.take_over,
    "return": lambda part, **how: actions.give_back(part, "示例", **how),
    "decline": lambda part, **how: actions.decline(part, "示例", **how),
    "recall": lambda part, **how: actions.recall(part, "示例", **how),
    "accept": actions.accept,
    "correct": lambda part, **how: actions.correct(part, "示例", **how),
    "ask": lambda part, **how: actions.ask(part, [Defect(FORM, "missing")], again="示例", **how),
    "complete": lambda part, **how: actions.complete(part, [Enclosed(FORM, How.SEEN)], **how),
    "dismiss": lambda part, **how: actions.dismiss(part, "示例", **how),
    "refuse": lambda part, **how: actions.refuse(part, "示例", "360402-health", **how),
    "pause": lambda part, **how: actions.pause(part, "hearing", "十日", "示例", **how),
    "resume": actions.resume,
    "propose": lambda part, **how: actions.propose_extension(part, "示例", **how),
    "extend": lambda part, **how: actions.extend(part, "示例", **how),
    "review": lambda part, **how: actions.review(part, "示例", **how),
    "grant": actions.grant,
    "reject": lambda part, **how: actions.reject(part, "示例", **how),
    "make": lambda part, **how: actions.make(part, "示例1号", **how),
    "send": lambda part, **how: actions.send(part, "post", waybill="E1", **how),
    "close": lambda part, **how: actions.close(part, "示例", **how),
    "withdraw": lambda part, **how: actions.withdraw(part, "示例", **how),
}
WHO = ("window", "inspector", "second", "head", "health")
ONWARD = {"take-over", "accept", "complete", "resume", "review", "grant", "reject", "make", "send", "close"}
SAID_BY_THE_CLOCK = {
    "case.clock.soon",
    "case.clock.overdue",
    "case.clock.recomputed",
    "case.custody.reminded",
    "case.custody.escalated",
}
verbs = st.sampled_from(sorted(DO))


class Walk(RuleBasedStateMachine):
    """One case and the people around it; all of it is undone after the walk."""

    clerks: dict[str, Clerk]

    @initialize(lacking=st.booleans())
    def begin(self, lacking: bool) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.at = make.MONDAY
        self.part = (make.lacking if lacking else make.received)(self.clerks["window"], make.FOOD)

    @rule(verb=verbs, who=st.sampled_from(WHO))
    def somebody_does_something(self, verb: str, who: str) -> None:
        self._try(verb, who)

    @rule(choice=st.integers(0, 999))
    def somebody_presses_a_button_that_is_shown(self, choice: int) -> None:
        self._press([(verb, who) for who in WHO for verb in self._shown(who)], choice)

    @rule(choices=st.lists(st.integers(0, 999), min_size=1, max_size=5))
    def it_goes_on(self, choices: list[int]) -> None:
        for choice in choices:
            self._press([(verb, who) for who in WHO for verb in self._shown(who) if verb in ONWARD], choice)

    def _press(self, buttons: list[tuple[str, str]], choice: int) -> None:
        """Press one of the buttons, which nobody may be refused."""
        if buttons:
            verb, who = buttons[choice % len(buttons)]
            DO[verb](self.part.id, by=self.clerks[who], at=self.at)

    def _shown(self, who: str) -> list[str]:
        """Return the buttons of the clerk's page; the deciding body offers to another, since it can't to itself."""
        try:
            page = queries.load(self.part.id, self.clerks[who], at=self.at)
        except Missing:
            return []
        own = page.part.holder_id == page.part.decider_id
        moves = ["offer-aside" if own and move.verb == "offer" else move.verb for move in page.moves]
        ended = page.state in FINAL
        return [step.verb for step in page.steps if step.verb != "withdraw"] + ([] if ended else moves)

    def _try(self, verb: str, who: str) -> None:
        before = make.again(self.part)
        with suppress(Refused, NotAllowed, Missing), transaction.atomic():
            DO[verb](self.part.id, by=self.clerks[who], at=self.at)
        after = make.again(self.part)
        assert after.version - before.version in {0, 1, 2}
        if after.holder_id != before.holder_id:
            assert (verb, after.holder_id) == ("take-over", before.offered_to_id)
        if before.state in FINAL:
            assert after.state == before.state

    @rule(days=st.integers(0, 4))
    def time_passes(self, days: int) -> None:
        self.at += timedelta(days=days)
        actions.sweep(self.at)

    @invariant()
    def one_offer_at_most_and_it_is_the_one_the_part_points_to(self) -> None:
        part = make.again(self.part)
        offers = list(Transfer.objects.filter(part=part, state="open").values_list("id", "taker_id"))
        assert offers == ([(part.offer_id, part.offered_to_id)] if part.offer_id else [])
        assert part.offered_to_id != part.holder_id

    @invariant()
    def it_stands_where_the_table_says_and_is_ranked_by_its_due_day(self) -> None:
        part = make.again(self.part)
        assert State(part.state)
        assert part.rank_on == (part.due_on or NEVER)
        running = State(part.state) not in FINAL and part.state != State.PAUSED
        assert (part.due_on is not None) == running
        assert (part.closed_on is not None) == (State(part.state) in FINAL)

    @invariant()
    def every_act_has_its_entry_and_every_document_its_act(self) -> None:
        part = make.again(self.part)
        acts = list(Act.objects.filter(part=part).order_by("version"))
        assert [act.version for act in acts] == list(range(1, part.version + 1))
        entries = {entry.id for entry in trails.of_case(part.case_id) if entry.event not in SAID_BY_THE_CLOCK}
        assert {act.id for act in acts} == entries
        assert {act.paper for act in acts if act.paper} == {
            each.id for each in papers.papers_of(part.case_id)
        }

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)


@pytest.fixture
def people(window, inspector, second, head):
    health = make.clerk("360702-health", "handle")
    return {"window": window, "inspector": inspector, "second": second, "head": head, "health": health}


def test_whatever_is_tried_one_holder_one_offer_one_history(people):
    walk = type("Walk", (Walk,), {"clerks": people})
    quiet = settings(
        max_examples=20, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
    )

    run_state_machine_as_test(walk, settings=quiet)

    assert Part.objects.count() == 0
