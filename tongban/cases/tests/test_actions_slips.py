"""Slips: what a handover and what could not be done leave on paper."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tongban.cases import actions
from tongban.cases.models import Transfer
from tongban.cases.tests import make
from tongban.lib.refusals import Missing, NotAllowed, Refused
from tongban.papers import queries as papers


def test_an_answer_s_day_that_may_still_move_is_not_printed_as_settled(window, licence):
    december = datetime(2026, 12, 22, 2, 0, tzinfo=UTC)
    settled, moving = (
        actions.obstruct("other", "示例", by=window, at=at, part=licence.id) for at in (make.MONDAY, december)
    )

    words = [str(papers.html_context(each.slip or each.id).blocks) for each in (settled, moving)]

    assert ["暂定" in each for each in words] == [False, True]


@pytest.fixture
def taken(part, officer):
    make.take_over(part, officer, at=make.day(1))
    return Transfer.objects.get(part=part)


def test_a_handover_s_slip_says_who_gave_who_took_when_and_what(part, taken, officer):
    found = papers.paper(actions.custody_slip(taken.id, by=officer, at=make.day(2)))

    assert (found.kind, found.body, found.subject, found.part) == (
        "custody-slip",
        "360702-police",
        part.case_id,
        part.id,
    )
    said = found.content
    assert (said["giver"], said["taker"]) == ("青山湖区政务服务中心", "章贡区公安局")
    assert said["giver_person"] == said["taker_person"] == "员工甲"
    assert (said["given_at"], said["taken_at"]) == ("2026年6月1日 10:00", "2026年6月2日 10:00")
    assert [each["check"] for each in said["materials"]] == ["已核对原件"] * len(said["materials"])
    assert said["materials"]
    assert said["basis"] == []
    assert make.events(part)[-1] == "custody.slip"


def test_it_is_made_once_and_both_sides_get_the_same(part, taken, officer, window):
    first = actions.custody_slip(taken.id, by=officer, at=make.day(2))

    assert actions.custody_slip(taken.id, by=window, at=make.day(3)) == first
    assert [kind for kind, *_ in make.papers_of(part)].count("custody-slip") == 1


def test_taking_over_makes_none_and_so_costs_nothing_for_it(part, officer, cost):
    assert cost(lambda: make.take_over(part, officer)) <= 4
    assert [kind for kind, *_ in make.papers_of(part)] == ["receipt"]


def test_there_is_none_before_somebody_took_over_nor_for_others(part, officer, window):
    row = Transfer.objects.get(part=part)
    with pytest.raises(Refused, match=r"slip\.not-taken"):
        actions.custody_slip(row.id, by=officer, at=make.MONDAY)
    make.take_over(part, officer)
    with pytest.raises(Missing):
        actions.custody_slip(row.id, by=make.clerk("360703-police"), at=make.MONDAY)
    supervisor = make.clerk("360702-service-centre", "supervise")
    with pytest.raises(NotAllowed):
        actions.custody_slip(row.id, by=supervisor, at=make.MONDAY)


def test_it_goes_from_body_to_body_and_not_to_the_applicant(part, taken, officer):
    actions.custody_slip(taken.id, by=officer, at=make.day(2))

    assert "custody-slip" not in {each.kind for each in papers.papers_for_applicant(part.case_id)}


def test_a_learner_s_slip_is_marked_and_leaves_no_trace(world):
    learner = make.clerk("360111-service-centre", "receive", practice=True)
    part = make.received(learner)
    actions.take_over(part.id, by=learner, at=make.MONDAY)

    found = papers.paper(actions.custody_slip(Transfer.objects.get().id, by=learner, at=make.MONDAY))
    assert found.practice
    assert make.events(part) == []


def test_what_could_not_be_done_gives_a_slip_to_take_along(window):
    row = actions.obstruct(
        "system-down", "系统停用", by=window, at=make.MONDAY, item=make.RENEW, owner="360702-police"
    )

    assert row.slip
    found = papers.paper(row.slip)
    said = found.content
    assert (found.kind, found.subject, found.part) == ("obstacle", row.id, None)
    assert (said["problem"], said["owner"]) == ("系统停用", "章贡区公安局")
    assert (said["item"], said["item_code"]) == ("居民身份证换领", make.RENEW)
    assert (said["reported_on"], said["answer_by"]) == ("2026-06-01", row.due_on.isoformat())
    assert "系统故障" in said["cause"]


def test_about_a_case_it_names_the_applicant_and_lies_with_the_case(part, window):
    row = actions.obstruct("other", "等了两周", by=window, at=make.MONDAY, part=part.id)

    assert row.slip
    found = papers.paper(row.slip)
    assert (found.subject, found.part) == (part.case_id, part.id)
    assert found.content["applicant"] == "申请人甲"
    assert ("obstacle", "360111-service-centre", make.MONDAY.date()) in make.papers_of(part)
