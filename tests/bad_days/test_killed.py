"""The process is killed after statement n of an action, for every n, and between commit and seal."""

from __future__ import annotations

from functools import partial

import pytest

from tests.bad_days import harm
from tongban.cases import actions
from tongban.cases.models import Act, Attempt, Case, Draft, Part
from tongban.cases.rules.enclosures import Defect
from tongban.cases.rules.lifecycle import State
from tongban.cases.tests import make
from tongban.catalogue import queries as catalogue
from tongban.lib.refusals import Refused
from tongban.papers import queries as papers
from tongban.trail import actions as trail
from tongban.trail import queries as trails
from tongban.trail.models import Entry

MONDAY = make.MONDAY
MANY = 40
FORM = Defect("application-form", "unsigned")


def killed_everywhere(act) -> int:
    """Kill the action after every statement until it's written; return after how many that was.

    However far it came, everything is as it was before, until everything is as it should be after.
    """
    before = harm.fingerprint()
    for number in range(MANY):
        assert harm.killed(act, number)
        if harm.fingerprint() != before:
            return number
    raise AssertionError("it never comes to an end")


def whole(part: Part) -> None:
    """Check that the part, its history and the trail tell the same story."""
    part = make.again(part)
    acts = list(Act.objects.filter(part=part).order_by("version"))
    assert [act.version for act in acts] == list(range(1, part.version + 1))
    assert {act.pk for act in acts} == set(
        Entry.objects.filter(case=part.case_id).values_list("pk", flat=True)
    )
    assert (acts[-1].verb, acts[-1].state) == (part.last_step, part.state)


def test_receiving(window):
    edition = catalogue.in_force(make.FOOD, MONDAY.date())
    draft = actions.start(edition, by=window, at=MONDAY, data=make.typed(make.FOOD))

    assert killed_everywhere(lambda: actions.receive(draft.id, by=window, at=MONDAY)) > 1
    whole(make.part_of(Case.objects.get().pk))

    again = actions.receive(draft.id, by=window, at=MONDAY)
    assert (Case.objects.count(), again.case) == (1, draft.id)
    assert Draft.objects.get().data is None


@pytest.fixture
def steps(licence, inspector):
    """Return the steps of a licence's way, in their order, each as a function of the part's id."""
    second = make.clerk(make.MARKET, "review", name="second")
    return {
        "take-over": lambda part: actions.take_over(part, by=inspector, at=MONDAY),
        "accept": lambda part: actions.accept(part, by=inspector, at=MONDAY),
        "pause": lambda part: actions.pause(part, "hearing", "十日", "示例", by=inspector, at=MONDAY),
        "resume": lambda part: actions.resume(part, by=inspector, at=MONDAY),
        "review": lambda part: actions.review(part, "示例", by=second, at=MONDAY),
        "grant": lambda part: actions.grant(part, by=inspector, at=MONDAY),
        "make": lambda part: actions.make(part, "示例1号", by=inspector, at=MONDAY),
        "send": lambda part: actions.send(part, "electronic", by=inspector, at=MONDAY),
    }


def test_every_step_on_the_way_of_a_licence(licence, steps):
    for verb, step in steps.items():
        assert killed_everywhere(partial(step, licence.id)) > 1, verb
        whole(licence)
        with pytest.raises(Refused):  # pressed once more, it says what happened
            step(licence.id)

    assert make.again(licence).state == State.CLOSED


def test_asking(licence, inspector):
    actions.take_over(licence.id, by=inspector, at=MONDAY)

    killed_everywhere(lambda: actions.ask(licence.id, [FORM], by=inspector, at=MONDAY))

    whole(licence)
    assert make.again(licence).notices == 1


def test_a_step_that_died_with_the_process_succeeds_when_it_is_repeated(licence, inspector):
    for number in range(3):
        assert harm.killed(lambda: actions.take_over(licence.id, by=inspector, at=MONDAY), number)

    assert actions.take_over(licence.id, by=inspector, at=MONDAY).holder_id == make.MARKET


def test_sweeping(window):
    """A sweep takes many transactions: whatever it did before it died is done, and only once."""
    licence, other = make.received(window, make.FOOD), make.received(window)
    later = make.day(30)
    for number in range(200):
        if not harm.killed(lambda: actions.sweep(later), number, at_commit=False):
            break
    else:
        raise AssertionError("it never comes to an end")

    while actions.sweep(later).total:
        pass

    events = [event for part in (licence, other) for event in make.events(part)]
    assert sorted(events) == sorted(
        [
            "receive",
            "custody.reminded",
            "clock.overdue",
            "receive",
            "part.deem",
            "custody.reminded",
            "clock.overdue",
        ]
    )


def test_between_commit_and_seal(licence, inspector):
    trail.seal(MONDAY)
    killed_everywhere(lambda: actions.take_over(licence.id, by=inspector, at=MONDAY))
    assert trails.standing().unsealed == 1

    assert trail.seal(MONDAY) == 1

    assert trails.audit() == trails.Audit(Entry.objects.count(), "")


def test_sealing(licence):
    waiting = trails.standing().unsealed

    killed_everywhere(lambda: trail.seal(MONDAY))

    assert (trails.size(), trail.seal(MONDAY)) == (waiting, 0)
    assert trails.audit() == trails.Audit(waiting, "")


def test_following(licence):
    trail.seal(MONDAY)

    def handle(entry: Entry) -> None:
        actions.attempt(str(entry.pk), at=MONDAY)

    killed_everywhere(lambda: trail.advance("test", handle, MONDAY))

    assert trail.advance("test", handle, MONDAY) == 0
    assert trails.standing().cursors["test"] == trails.size()
    assert set(Attempt.objects.values_list("count", flat=True)) == {1}


def test_numbers_of_documents_have_no_gap_where_a_process_died(window, inspector):
    parts = [make.received(window, make.FOOD) for _ in range(3)]
    actions.take_over_all([part.id for part in parts], by=inspector, at=MONDAY)
    for part in parts:
        killed_everywhere(partial(actions.accept, part.id, by=inspector, at=MONDAY))

    numbers = {papers.papers_of(part.case_id)[-1].number for part in parts}
    assert {int(number[-2]) for number in numbers} == {1, 2, 3}
