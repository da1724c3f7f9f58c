"""Several do the same at the same moment: one wins, the others are told what happened."""

from __future__ import annotations

from functools import partial

import pytest

from tests.bad_days import harm
from tongban.cases import actions
from tongban.cases.models import Act, Case, Copying, Part, Transfer
from tongban.cases.tests import make
from tongban.catalogue import queries as catalogue
from tongban.lib.refusals import Refused
from tongban.trail import actions as trail
from tongban.trail import queries as trails

MONDAY = make.MONDAY
ROUNDS = 4


def told(results: list[object]) -> Refused:
    """Return what the one who came second was told; nobody else failed."""
    (failure,) = harm.failures(results)
    assert isinstance(failure, Refused)
    return failure


@pytest.fixture
def colleague(town):
    return make.clerk(make.MARKET, "handle", name="colleague")


def test_two_clerks_take_the_same_file_over(window, inspector, colleague):
    for _ in range(ROUNDS):
        part = make.received(window, make.FOOD)

        second = told(
            harm.at_once(
                partial(actions.take_over, part.id, by=inspector, at=MONDAY, seen=part.version),
                partial(actions.take_over, part.id, by=colleague, at=MONDAY, seen=part.version),
            )
        )

        assert (second.code, second.params["step"], second.params["at"]) == (
            "part.moved-on",
            "take-over",
            MONDAY,
        )
        assert Act.objects.filter(part=part, verb="take-over").count() == 1


def test_two_clerks_accept_the_same_file_without_a_page_before_them(window, inspector, colleague):
    for _ in range(ROUNDS):
        part = make.take_over(make.received(window, make.FOOD), inspector)

        second = told(
            harm.at_once(
                partial(actions.accept, part.id, by=inspector, at=MONDAY),
                partial(actions.accept, part.id, by=colleague, at=MONDAY),
            )
        )

        assert (second.code, second.params["state"]) == ("part.wrong-step", "accepted")
        assert [kind for kind, _, _ in make.papers_of(part)] == ["receipt", "acceptance"]


def test_one_takes_over_while_the_other_recalls(window, inspector):
    for _ in range(ROUNDS):
        part = make.received(window, make.FOOD)

        second = told(
            harm.at_once(
                partial(actions.take_over, part.id, by=inspector, at=MONDAY, seen=part.version),
                partial(actions.recall, part.id, "示例", by=window, at=MONDAY, seen=part.version),
            )
        )

        assert second.code == "part.moved-on"
        assert Transfer.objects.get(part=part).state in {"taken", "recalled"}


def test_a_form_sent_twice_is_received_once(window):
    for _ in range(ROUNDS):
        before = Case.objects.count()
        draft = actions.start(
            catalogue.in_force(make.FOOD, MONDAY.date()), by=window, at=MONDAY, data=make.typed(make.FOOD)
        )

        first, second = harm.at_once(*[partial(actions.receive, draft.id, by=window, at=MONDAY)] * 2)

        assert isinstance(first, actions.Received)
        assert isinstance(second, actions.Received)
        assert first.reference == second.reference
        assert Case.objects.count() == before + 1


def test_a_draft_saved_from_two_windows_keeps_what_was_saved_first(window):
    edition = catalogue.in_force(make.FOOD, MONDAY.date())
    draft = actions.start(edition, by=window, at=MONDAY)

    second = told(
        harm.at_once(
            lambda: actions.save(draft.id, {"place": "360702"}, by=window, at=MONDAY, seen=0),
            lambda: actions.save(draft.id, {"place": "360402"}, by=window, at=MONDAY, seen=0),
        )
    )

    assert second.code == "draft.saved-elsewhere"


def test_a_case_is_copied_once_however_often_the_button_is_pressed(window, town):
    officer = make.clerk("360702-police", "handle")
    part = make.take_over(make.received(window), officer)

    told(harm.at_once(*[lambda: actions.copied(part.id, "SYS-1", by=officer, at=MONDAY)] * 2))

    assert Copying.objects.count() == 1


def test_steps_on_many_files_in_any_order_never_wait_for_each_other(window, inspector, colleague):
    parts = [make.received(window, make.FOOD).id for _ in range(8)]
    for _ in range(ROUNDS):
        results = harm.at_once(
            lambda: actions.take_over_all(parts[:6], by=inspector, at=MONDAY),
            lambda: actions.take_over_all(reversed(parts[2:]), by=colleague, at=MONDAY),
        )

        assert told(results).code == "custody.no-offer"
        held = Part.objects.filter(holder=make.MARKET).values_list("id", flat=True)
        assert len(held) == 6
        for part in held:
            actions.offer(part, window.body, by=inspector, at=MONDAY)
            actions.take_over(part, by=window, at=MONDAY)
            actions.offer(part, by=window, at=MONDAY)


def test_a_new_code_and_a_step_do_not_wait_for_each_other(window, inspector):
    for _ in range(ROUNDS):
        part = make.received(window, make.FOOD)

        results = harm.at_once(
            partial(actions.renew_code, part.case_id, by=window, at=MONDAY),
            partial(actions.take_over, part.id, by=inspector, at=MONDAY),
        )

        assert harm.failures(results) == []
        assert list(Act.objects.filter(part=part).order_by("version").values_list("version", flat=True)) == [
            1,
            2,
            3,
        ]


def test_sweeps_at_the_same_moment_do_everything_once(window):
    part = make.received(window, make.FOOD)
    other = make.received(window)

    results = harm.at_once(*[lambda: actions.sweep(make.day(30))] * 3)
    while actions.sweep(make.day(30)).total:
        pass

    assert harm.failures(results) == []
    assert sorted(make.events(part)) == ["clock.overdue", "custody.reminded", "part.deem", "receive"]
    assert make.events(other).count("clock.overdue") == 1
    assert [kind for kind, _, _ in make.papers_of(part)].count("deemed-acceptance") == 1


def test_sealing_goes_on_while_everybody_works(window, inspector):
    parts = [make.received(window, make.FOOD) for _ in range(6)]

    def work(mine):
        for part in mine:
            actions.take_over(part.id, by=inspector, at=MONDAY)
            actions.accept(part.id, by=inspector, at=MONDAY)

    def seal():
        for _ in range(10):
            trail.seal(MONDAY)

    results = harm.at_once(lambda: work(parts[:3]), lambda: work(parts[3:]), seal, seal)
    trail.seal(MONDAY)

    assert harm.failures(results) == []
    assert trails.audit() == trails.Audit(trails.count(), "")


def test_attempts_from_many_sides_are_all_counted(town):
    results = harm.at_once(*[lambda: actions.attempt("case:1", at=MONDAY)] * 6)

    assert harm.failures(results) == []
    for _ in range(4):
        actions.attempt("case:1", at=MONDAY)
    with pytest.raises(Refused):
        actions.attempt("case:1", at=MONDAY)
