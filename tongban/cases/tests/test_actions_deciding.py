"""Between acceptance and decision: pauses, extension, the second person."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tongban.cases import actions
from tongban.cases.models import Part
from tongban.cases.rules.lifecycle import State
from tongban.cases.tests import make
from tongban.lib.actors import System
from tongban.lib.refusals import Invalid, NotAllowed, Refused
from tongban.papers import queries as issued
from tongban.people.models import Account
from tongban.places import actions as places_actions
from tongban.places import queries as places

MONDAY = make.MONDAY


def moved(part: Part) -> int:
    """Return by how many working days the due day has moved since."""
    now = make.again(part).due_on
    assert now
    assert part.due_on
    return places.calendar_now().between(part.due_on, now)


@pytest.mark.parametrize(("stops", "goes_on"), [(1, 3), (2, 2), (4, 7), (5, 6), (8, 22)])
def test_a_pause_moves_the_due_day_by_exactly_the_working_days_for_which_the_clock_stood(
    accepted, inspector, stops, goes_on
):
    calendar, before = places.calendar_now(), accepted.due_on
    paused = actions.pause(accepted.id, "hearing", "十日", "听证", by=inspector, at=make.day(stops))
    assert (paused.state, paused.due_on) == (State.PAUSED, None)

    part = actions.resume(accepted.id, by=inspector, at=make.day(goes_on))

    stood = [n for n in range(stops, goes_on + 1) if calendar.works(make.day(n).date())]
    assert calendar.between(before, part.due_on or before) == len(stood)
    assert make.said(part, "resume")["uncounted"].startswith(f"{len(stood)}")


def test_the_notice_of_a_pause_says_how_much_time_was_used(accepted, inspector):
    actions.pause(accepted.id, "hearing", "十日", "听证", by=inspector, at=make.day(3))

    assert make.said(accepted, "pause")["used"].startswith("2")
    assert make.said(accepted, "pause")["basis"]


def test_the_notice_of_a_pause_tells_the_time_that_is_needed(accepted, inspector):
    """The law lets the clock stand only if the applicant is told in writing for how long (Art. 45)."""
    with pytest.raises(Invalid, match=r"words\.missing"):
        actions.pause(accepted.id, "inspection", " ", "冷藏设备检验合格", by=inspector, at=MONDAY)

    actions.pause(accepted.id, "inspection", "5个工作日", "冷藏设备检验合格", by=inspector, at=MONDAY)

    said = make.said(accepted, "pause")
    assert (said["expected"], said["until"], said["wanted"]) == ("5个工作日", "冷藏设备检验合格", "")


def test_two_pauses_add_up(accepted, inspector):
    for stops, goes_on in ((1, 2), (3, 4)):
        actions.pause(accepted.id, "hearing", "十日", "示例", by=inspector, at=make.day(stops))
        actions.resume(accepted.id, by=inspector, at=make.day(goes_on))

    assert moved(accepted) == 4


@pytest.mark.parametrize("ground", ["", "lunch", "publicity"])
def test_only_a_ground_that_the_procedure_knows_stops_the_clock(accepted, inspector, ground):
    with pytest.raises(Invalid):
        actions.pause(accepted.id, ground, "十日", "示例", by=inspector, at=MONDAY)


def test_an_extension_is_proposed_by_one_and_approved_by_another(accepted, inspector, head):
    actions.propose_extension(accepted.id, "现场核查需要时间", by=inspector, at=make.day(1))

    part = actions.extend(accepted.id, "同意延期", by=head, at=make.day(2))

    assert (part.extension, moved(accepted)) == (10, 10)
    said = make.said(part, "extension")
    assert (said["old_due_on"], said["due_on"]) == (str(accepted.due_on), str(part.due_on))


def test_the_notice_of_an_extension_says_that_the_old_day_was_not_settled_either(window, inspector, head):
    december = datetime(2026, 12, 14, 2, 0, tzinfo=UTC)
    licence = make.received(window, make.FOOD, at=december)
    actions.take_over(licence.id, by=inspector, at=december)
    actions.accept(licence.id, by=inspector, at=december)
    actions.propose_extension(licence.id, "现场核查需要时间", by=inspector, at=december)

    part = actions.extend(licence.id, "同意延期", by=head, at=december)

    said = make.said(part, "extension")
    assert (said["old_due_provisional"], said["due_provisional"]) == (True, True)
    number = next(row for row in issued.papers_of(part.case_id) if row.kind == "extension").id
    words = [str(block) for block in issued.html_context(number).blocks]
    assert sum("暂定" in each for each in words) == 2


def test_once_the_limit_has_ended_no_more_time_is_proposed_or_approved(accepted, window, inspector, head):
    """The law lets it be extended where no decision can be taken within it (Art. 42): not afterwards."""
    last = accepted.law_due_on
    assert last > accepted.due_on
    by_law, late = (last - MONDAY.date()).days, (last - MONDAY.date()).days + 1
    other = make.take_over(make.received(window, make.FOOD), inspector)
    actions.accept(other.id, by=inspector, at=MONDAY)
    actions.propose_extension(other.id, "示例", by=inspector, at=make.day(by_law))

    with pytest.raises(Refused, match=r"part\.limit-over") as refused:
        actions.propose_extension(accepted.id, "示例", by=inspector, at=make.day(late))
    assert refused.value.params["until"] == last
    with pytest.raises(Refused, match=r"part\.limit-over"):
        actions.extend(other.id, "示例", by=head, at=make.day(late))

    assert make.again(other).extension == 0
    assert actions.extend(other.id, "示例", by=head, at=make.day(by_law)).extension == 10


def test_nothing_is_extended_without_a_proposal_or_twice(accepted, inspector, head):
    with pytest.raises(Refused, match=r"part\.no-proposal"):
        actions.extend(accepted.id, "示例", by=head, at=MONDAY)
    actions.propose_extension(accepted.id, "示例", by=inspector, at=MONDAY)
    with pytest.raises(Refused, match=r"part\.proposed"):
        actions.propose_extension(accepted.id, "示例", by=inspector, at=MONDAY)
    actions.extend(accepted.id, "示例", by=head, at=MONDAY)
    with pytest.raises(Refused, match=r"part\.no-proposal"):
        actions.extend(accepted.id, "示例", by=head, at=MONDAY)
    with pytest.raises(Refused, match=r"part\.extended-once"):
        actions.propose_extension(accepted.id, "示例", by=inspector, at=MONDAY)


def test_approving_needs_the_role(accepted, inspector, second):
    actions.propose_extension(accepted.id, "示例", by=inspector, at=MONDAY)

    with pytest.raises(NotAllowed):
        actions.extend(accepted.id, "示例", by=second, at=MONDAY)


def test_an_item_whose_procedure_knows_no_extension_is_not_extended(part, officer):
    make.take_over(part, officer)
    actions.accept(part.id, by=officer, at=MONDAY)

    with pytest.raises(Refused, match=r"part\.not-extendable"):
        actions.propose_extension(part.id, "示例", by=officer, at=MONDAY)


def another_post(username: str, *roles: str):
    """Return the same account at work at another post of the same body."""
    account = Account.objects.get(username=username)
    post = places_actions.appoint(account.id, make.MARKET, roles, MONDAY.date(), by=System("test"), at=MONDAY)
    return places.post(post.id, MONDAY.date()).clerk


def test_the_second_person_is_somebody_else_whatever_posts_they_have(accepted, inspector, second):
    same = another_post(f"{make.MARKET}-handle", "review")
    assert same.post != inspector.post

    with pytest.raises(Refused, match=r"part\.second-person"):
        actions.review(accepted.id, "同意", by=same, at=MONDAY)

    assert actions.review(accepted.id, "同意", by=second, at=MONDAY).state == State.REVIEWED


def test_who_proposed_does_not_approve_whatever_posts_they_have(accepted, inspector):
    actions.propose_extension(accepted.id, "示例", by=inspector, at=MONDAY)
    same = another_post(f"{make.MARKET}-handle", "approve")

    with pytest.raises(Refused, match=r"part\.second-person"):
        actions.extend(accepted.id, "示例", by=same, at=MONDAY)


def test_nothing_is_decided_before_the_second_person_has_seen_it(accepted, inspector):
    with pytest.raises(Refused, match=r"part\.review-first"):
        actions.grant(accepted.id, by=inspector, at=MONDAY)
    with pytest.raises(Refused, match=r"part\.review-first"):
        actions.reject(accepted.id, "示例", by=inspector, at=MONDAY)


def test_where_silence_accepted_two_people_still_decide(in_hand, inspector, second):
    actions.sweep(make.day(8))
    actions.review(in_hand.id, "同意", by=second, at=make.day(8))

    for decide in (actions.grant, lambda part, **how: actions.reject(part, "示例", **how)):
        with pytest.raises(Refused, match=r"part\.second-person"):
            decide(in_hand.id, by=second, at=make.day(8))

    assert actions.grant(in_hand.id, by=inspector, at=make.day(8)).state == State.GRANTED


def test_rejecting_gives_reasons_and_remedies(accepted, inspector, second):
    actions.review(accepted.id, "不符合", by=second, at=MONDAY)

    part = actions.reject(accepted.id, "经营场所不符合要求", by=inspector, at=make.day(1))

    said = make.said(part, "reject")
    assert (part.outcome, part.decided_on) == ("rejected", date(2026, 6, 2))
    assert said["reasons"] == ["经营场所不符合要求"]
    assert len(said["remedies"]) == 2


def test_granting_says_by_when_the_result_is_delivered(accepted, inspector, second):
    actions.review(accepted.id, "同意", by=second, at=MONDAY)

    part = actions.grant(accepted.id, by=inspector, at=make.day(1))

    assert (part.due_kind, make.said(part, "grant")["deliver_by"]) == ("deliver", str(part.due_on))
