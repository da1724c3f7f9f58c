"""The clocks on real rows: what happens because time passes, once, even after a long standstill."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tongban.cases import actions, queries
from tongban.cases.actions import attempts, clocks
from tongban.cases.models import Part, Transfer
from tongban.cases.rules.enclosures import Defect, Enclosed, How
from tongban.cases.rules.lifecycle import State
from tongban.cases.tests import make
from tongban.lib.actors import System
from tongban.lib.refusals import Refused
from tongban.papers import queries as papers
from tongban.places import actions as places
from tongban.trail.models import Entry

MONDAY = make.MONDAY
FORM = Defect("application-form", "missing")
AFTER_NOTICE = make.day(8)
"""Tuesday the week after: the five working days ended on the Monday."""


def test_silence_for_five_working_days_accepts_a_licence_from_the_day_of_its_receipt(licence):
    assert actions.sweep(make.day(7)).deemed == 0

    assert actions.sweep(AFTER_NOTICE).deemed == 1

    part = make.again(licence)
    assert (part.state, part.deemed, part.accepted_on) == (State.ACCEPTED, True, MONDAY.date())
    assert make.papers_of(part)[-1] == ("deemed-acceptance", make.MARKET, AFTER_NOTICE.date())
    assert make.said(part, "deemed-acceptance")["notice_until"] == "2026-06-08"


def test_what_silence_accepted_is_not_asked_refused_or_accepted_late_while_nobody_swept(window, inspector):
    """The background work may stand still: the law doesn't wait for it."""
    part = make.take_over(make.received(window, make.FOOD), inspector)
    tell = (
        lambda at: actions.accept(part.id, by=inspector, at=at),
        lambda at: actions.ask(part.id, [FORM], by=inspector, at=at),
        lambda at: actions.dismiss(part.id, "示例", by=inspector, at=at),
        lambda at: actions.refuse(part.id, "示例", "360402-health", by=inspector, at=at),
    )
    for each in tell:
        with pytest.raises(Refused, match=r"part\.silent"):
            each(AFTER_NOTICE)

    assert actions.sweep(AFTER_NOTICE).deemed == 1
    assert make.again(part).accepted_on == MONDAY.date()


def test_on_the_last_day_there_is_still_time_and_other_items_are_told_late(window, inspector, part, officer):
    in_time = make.take_over(make.received(window, make.FOOD), inspector)
    assert actions.accept(in_time.id, by=inspector, at=make.day(7)).state == State.ACCEPTED

    make.take_over(part, officer)
    assert actions.accept(part.id, by=officer, at=make.day(30)).state == State.ACCEPTED


def test_other_items_know_no_deemed_acceptance_and_are_shown_as_overdue(part, cost):
    assert actions.sweep(AFTER_NOTICE).deemed == 0
    assert (make.again(part).state, make.again(part).warned) == (State.RECEIVED, "overdue")

    with pytest.raises(Refused, match=r"part\.not-deemed"):
        actions.deem_accepted(part.id, by=System("test"), at=AFTER_NOTICE)


def test_what_cannot_be_deemed_does_not_keep_licences_from_it(window, part, licence):
    """However many others are overdue, and for longer."""
    older = make.received(window, at=MONDAY - timedelta(days=7))
    del older

    assert actions.sweep(AFTER_NOTICE, limit=1).deemed == 1
    assert make.again(licence).deemed


def test_a_case_that_breaks_does_not_keep_the_others_from_it(window, monkeypatch):
    first, second = make.received(window, make.FOOD), make.received(window, make.FOOD)
    really = actions.deem_accepted

    def breaks_on_the_first(part, **how):
        if part == first.id:
            raise RuntimeError
        return really(part, **how)

    monkeypatch.setattr(clocks, "deem_accepted", breaks_on_the_first)

    assert actions.sweep(AFTER_NOTICE).deemed == 1
    assert (make.again(first).state, make.again(second).state) == (State.RECEIVED, State.ACCEPTED)


def test_deemed_acceptance_binds_the_deciding_body_though_the_window_still_holds_the_file(
    licence, inspector, second
):
    actions.sweep(AFTER_NOTICE)
    part = make.again(licence)
    assert (part.holder_id, part.offered_to_id) == ("360111-service-centre", make.MARKET)
    assert (part.due_kind, part.due_on) == ("promised", date(2026, 6, 15))
    with pytest.raises(Refused, match=r"part\.not-held"):
        actions.review(part.id, "示例", by=second, at=AFTER_NOTICE)

    actions.take_over(part.id, by=inspector, at=AFTER_NOTICE)
    actions.review(part.id, "符合要求", by=second, at=AFTER_NOTICE)
    part = actions.grant(part.id, by=inspector, at=AFTER_NOTICE)

    assert part.state == State.GRANTED


def test_once_it_is_deemed_accepted_nobody_can_ask_for_more(licence, inspector):
    actions.sweep(AFTER_NOTICE)
    actions.take_over(licence.id, by=inspector, at=AFTER_NOTICE)

    with pytest.raises(Refused, match=r"part\.wrong-step"):
        actions.ask(licence.id, [FORM], by=inspector, at=AFTER_NOTICE)


def test_a_file_completed_and_then_met_with_silence_is_accepted_from_the_day_it_was_complete(window):
    part = make.lacking(window)
    actions.ask(part.id, [FORM], by=window, at=MONDAY)
    actions.complete(part.id, [Enclosed("application-form", How.SEEN)], by=window, at=make.day(2))

    actions.sweep(make.day(20))

    part = make.again(part)
    assert (part.deemed, part.accepted_on) == (True, date(2026, 6, 3))
    assert make.said(part, "deemed-acceptance")["received_on"] == "2026-06-03"


def test_what_is_not_supplied_in_time_lapses_and_the_offer_ends(window, in_hand, inspector):
    actions.ask(in_hand.id, [FORM], by=inspector, at=MONDAY)
    actions.offer(in_hand.id, "360702-health", by=inspector, at=MONDAY)

    assert actions.sweep(make.day(22)).lapsed == 0
    assert actions.sweep(make.day(23)).lapsed == 1

    part = make.again(in_hand)
    assert (part.state, part.outcome, part.offer_id, part.closed_on) == (
        State.LAPSED,
        "lapsed",
        None,
        make.day(23).date(),
    )
    assert Transfer.objects.filter(part=part, state="open").count() == 0


def test_the_applicant_is_told_in_writing_that_the_application_lapsed(window, in_hand, inspector):
    actions.ask(in_hand.id, [FORM], by=inspector, at=MONDAY)
    actions.sweep(make.day(23))

    part = make.again(in_hand)
    assert make.papers_of(part)[-1] == ("lapse", make.MARKET, make.day(23).date())
    issued = papers.papers_for_applicant(part.case_id)[-1]
    assert (issued.kind, "逾字〔2026〕第00001号" in issued.number) == ("lapse", True)
    said = make.said(part, "lapse")
    assert (said["asked_on"], said["supply_until"], said["lapsed_on"]) == (
        "2026-06-01",
        "2026-06-23",
        "2026-06-24",
    )
    # No law was read that gives this: the paper names none, and says that it's illustrative.
    assert said["basis"] == []
    assert "示例" in said["notes"][0]
    assert queries.load(part.id, window, at=make.day(23)).history[-1].paper == issued.id


def test_what_could_not_be_done_is_answered_before_a_case_can_lapse(window):
    part = make.lacking(window)
    actions.ask(part.id, [FORM], by=window, at=MONDAY)
    obstacle = actions.obstruct("paper-impossible", "单位已不存在", by=window, at=MONDAY, part=part.id)

    assert actions.sweep(make.day(60)).lapsed == 0
    owner = make.clerk(make.MARKET, "handle", name="owner")
    actions.answer(obstacle.id, "可以用承诺代替", by=owner, at=make.day(60))

    assert actions.sweep(make.day(60)).lapsed == 1


def test_one_warning_before_the_due_day_and_one_after(licence):
    done = [actions.sweep(make.day(number)).warned for number in range(7)]

    assert done == [0, 0, 0, 1, 0, 0, 0]
    assert [event for event in make.events(licence) if event.startswith("clock.")] == ["clock.soon"]


def test_an_overdue_part_is_warned_of_once(part):
    for number in range(3, 20):
        actions.sweep(make.day(number))

    assert [event for event in make.events(part) if event.startswith("clock.")] == [
        "clock.soon",
        "clock.overdue",
    ]


def test_an_unanswered_offer_is_reminded_of_and_then_escalated_and_custody_stays(licence):
    words = [actions.sweep(make.day(number)).reminded for number in range(8)]

    assert words == [0, 0, 1, 0, 1, 0, 0, 0]
    assert [each for each in make.events(licence) if "custody" in each] == [
        "custody.reminded",
        "custody.escalated",
    ]
    assert make.again(licence).holder_id == "360111-service-centre"


def test_offers_reminded_of_already_do_not_keep_others_from_it(window):
    make.received(window, make.FOOD)
    make.received(window, make.FOOD, at=make.day(0, hour=3))

    assert [actions.sweep(make.day(2), limit=1).reminded for _ in range(3)] == [1, 1, 0]


def test_an_answered_offer_is_not_reminded_of(in_hand):
    assert actions.sweep(make.day(3)).reminded == 0


def quiet(swept: actions.Swept) -> bool:
    return swept.total == 0


def test_after_a_long_standstill_a_sweep_does_everything_once(window, licence, part):
    lacking = make.lacking(window)
    actions.ask(lacking.id, [FORM], by=window, at=MONDAY)
    later = make.day(120)

    rounds = [actions.sweep(later) for _ in range(4)]

    assert (rounds[0].deemed, rounds[0].lapsed, rounds[0].reminded) == (1, 1, 2)
    assert quiet(rounds[-1])
    assert Part.objects.filter(warned="overdue").count() == 2
    assert quiet(actions.sweep(later + timedelta(hours=1)))


def ended(parts) -> list[tuple[object, ...]]:
    rows = [make.again(part) for part in parts]
    return [(row.state, row.accepted_on, row.deemed, row.due_on, row.warned, row.outcome) for row in rows]


def test_day_by_day_or_once_at_the_end_the_states_agree(window):
    def three() -> list[Part]:
        lacking = make.lacking(window)
        actions.ask(lacking.id, [FORM], by=window, at=MONDAY)
        return [make.received(window, make.FOOD), make.received(window), lacking]

    daily = three()
    for number in range(60):
        actions.sweep(make.day(number))
    at_once = three()
    for _ in range(3):
        actions.sweep(make.day(59))

    assert ended(daily) == ended(at_once)


def test_the_sweep_never_ends_what_is_only_practised(world):
    learner = make.clerk("360111-service-centre", "receive", name="learner", practice=True)
    part = make.received(learner, make.FOOD)

    actions.sweep(make.day(120))

    assert (make.again(part).state, make.again(part).warned) == (State.RECEIVED, "")


def test_attempts_are_forgotten_after_a_day(db):
    actions.attempt("case:1", at=MONDAY)

    assert attempts.forget_attempts(make.day(1)) == 0
    assert attempts.forget_attempts(make.day(2)) == 1


DECEMBER = make.MONDAY.replace(month=12, day=21)
NOTICE_2027 = """day,kind,name_zh,name_en,year,source
2027-01-01,off,元旦,New Year's Day,2027,test
2027-01-04,off,元旦,New Year's Day,2027,test
"""


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "2027.csv"
    path.write_text(NOTICE_2027, encoding="utf-8")
    return path


def test_a_due_day_beyond_the_calendar_is_provisional_and_moves_when_the_year_is_loaded(window, notice):
    part = make.received(window, make.FOOD, at=DECEMBER)
    assert (part.due_on, part.provisional) == (date(2026, 12, 28), True)

    final = make.received(window, make.FOOD, at=DECEMBER.replace(day=1))
    inspector = make.clerk(make.MARKET, "handle")
    actions.take_over(part.id, by=inspector, at=DECEMBER)
    part = actions.accept(part.id, by=inspector, at=DECEMBER)
    assert (part.due_on, part.provisional) == (date(2027, 1, 4), True)
    places.load_calendar(notice, by=System("test"), at=DECEMBER)

    assert actions.recompute(DECEMBER) == 1

    part = make.again(part)
    assert (part.due_on, part.provisional, part.rank_on) == (date(2027, 1, 6), False, date(2027, 1, 6))
    (entry,) = Entry.objects.filter(event="case.clock.recomputed")
    assert (entry.facts["before"], entry.facts["due_on"]) == ("2027-01-04", "2027-01-06")
    assert make.again(final).calendar == final.calendar
    assert actions.recompute(DECEMBER) == 0


def test_the_laws_day_moves_with_the_calendar_even_where_the_promised_one_was_settled(window, notice):
    part = make.received(window, make.FOOD, at=DECEMBER.replace(day=4))
    inspector = make.clerk(make.MARKET, "handle")
    actions.take_over(part.id, by=inspector, at=DECEMBER.replace(day=4))
    before = actions.accept(part.id, by=inspector, at=DECEMBER.replace(day=4))
    assert (before.due_on, before.provisional) == (date(2026, 12, 18), False)
    assert (before.law_due_on, before.law_provisional) == (date(2027, 1, 1), True)
    places.load_calendar(notice, by=System("test"), at=DECEMBER)

    assert actions.recompute(DECEMBER) == 1

    after = make.again(part)
    assert (after.due_on, after.due_kind) == (before.due_on, before.due_kind)
    assert (after.law_due_on, after.law_provisional) == (date(2027, 1, 5), False)
    (entry,) = Entry.objects.filter(event="case.clock.recomputed")
    assert (entry.facts["law_before"], entry.facts["law_due_on"]) == ("2027-01-01", "2027-01-05")
    assert actions.recompute(DECEMBER) == 0


def test_nothing_ends_by_a_day_that_is_not_settled_yet(window, notice):
    part = make.received(window, make.FOOD, at=DECEMBER)
    january = DECEMBER + timedelta(days=30)
    assert actions.sweep(january).deemed == 0

    places.load_calendar(notice, by=System("test"), at=january)
    actions.sweep(january)

    assert make.again(part).deemed


@pytest.mark.parametrize(
    ("kind", "key"), [("receipt", "next_provisional"), ("acceptance", "due_provisional")]
)
def test_a_provisional_day_is_never_printed_as_final(window, kind, key):
    part = make.received(window, make.FOOD, at=DECEMBER)
    inspector = make.clerk(make.MARKET, "handle")
    actions.take_over(part.id, by=inspector, at=DECEMBER)
    actions.accept(part.id, by=inspector, at=DECEMBER)

    assert make.said(part, kind)[key] is True


def test_a_notice_names_no_last_day_that_may_still_move(window):
    part = make.lacking(window)
    early = actions.ask(part.id, [FORM], by=window, at=MONDAY)
    assert make.said(early, "supplement")["supply_by"] == str(early.due_on)

    enclosed = make.typed(make.FOOD)["enclosed"] | {"application-form": {"how": "missing", "reason": "没带"}}
    late = make.received(window, make.FOOD, at=DECEMBER, enclosed=enclosed)
    late = actions.ask(late.id, [FORM], by=window, at=DECEMBER)
    assert late.provisional
    assert make.said(late, "supplement")["supply_by"] is None
