"""Urging (督办): who may, about what, what is recorded, and how it is answered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tongban.cases import actions, queries
from tongban.cases.models import Act, Urging
from tongban.cases.tests import make
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.trail import queries as trail

POLICE = "360702-police"
DUE = make.day(3).date()


@pytest.fixture
def supervisor(world):
    return make.clerk("360700-service-centre", "supervise")


def urge(part, by, body=POLICE, due=DUE):
    return actions.urge(part.id, body, "请尽快签收", due, by=by, at=make.day(1))


def test_a_supervisor_sees_their_region_and_below_and_nothing_else(world, part):
    city = make.clerk("360700-service-centre", "supervise", name="city")
    county = make.clerk("360702-service-centre", "supervise", name="county")
    other = make.clerk("360703-service-centre", "supervise", name="other")
    giver = make.clerk("361100-service-centre", "supervise", name="far")
    nobody = make.clerk("360702-service-centre", "handle", name="no-supervisor")

    for sees in (city, county):
        assert queries.load(part.id, sees, at=make.MONDAY).watching
    for blind in (other, giver, nobody):
        with pytest.raises(Missing):
            queries.load(part.id, blind, at=make.MONDAY)


def test_a_supervisor_sees_but_takes_no_step(part, supervisor):
    file = queries.load(part.id, supervisor, at=make.MONDAY)

    assert (file.steps, file.moves) == ([], [])
    for step in (
        lambda: actions.take_over(part.id, by=supervisor, at=make.MONDAY),
        lambda: actions.offer(part.id, by=supervisor, at=make.MONDAY),
        lambda: actions.accept(part.id, by=supervisor, at=make.MONDAY),
        lambda: actions.withdraw(part.id, "x", by=supervisor, at=make.MONDAY),
        lambda: actions.copied(part.id, "1", by=supervisor, at=make.MONDAY),
        lambda: actions.obstruct("other", "x", by=supervisor, at=make.MONDAY, part=part.id),
        lambda: actions.renew_code(part.case_id, by=supervisor, at=make.MONDAY),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_it_is_kept_with_its_words_and_recorded_without_them(part, supervisor):
    row = urge(part, supervisor)

    assert (row.body_id, row.due_on, row.words) == (POLICE, DUE, {"text": "请尽快签收"})
    act = Act.objects.get(case=part.case, verb="urge")
    assert act.words == {"urge": "请尽快签收", "to": "章贡区公安局", "answer_by": DUE.isoformat()}
    (entry,) = [each for each in trail.of_case(part.case_id) if each.event == "case.urging.record"]
    assert entry.facts["answer_by"] == DUE.isoformat()
    assert entry.facts["body"] == POLICE
    assert "签收" not in str(entry.facts)
    assert make.again(part).state == part.state


def test_the_body_that_was_urged_answers_once(part, supervisor, officer, window):
    row = urge(part, supervisor)
    for other in (window, supervisor):
        with pytest.raises(NotAllowed):
            actions.answer_urging(row.id, "不是我们", by=other, at=make.day(2))
    with pytest.raises(Missing):
        actions.answer_urging(row.id, "x", by=make.clerk("360703-police"), at=make.day(2))
    with pytest.raises(Invalid):
        actions.answer_urging(row.id, "  ", by=officer, at=make.day(2))

    actions.answer_urging(row.id, "今天签收", by=officer, at=make.day(2))

    kept = Urging.objects.get()
    assert (kept.answer, kept.answered_by) == ({"text": "今天签收"}, str(officer))
    assert make.events(part)[-2:] == ["urging.record", "urging.answer"]
    with pytest.raises(Refused, match=r"urging\.answered"):
        actions.answer_urging(row.id, "再答", by=officer, at=make.day(2))
    urge(part, supervisor)


def test_a_body_is_urged_again_only_once_it_has_answered(part, supervisor):
    urge(part, supervisor)

    with pytest.raises(Refused, match=r"urging\.open"):
        urge(part, supervisor)


@pytest.mark.parametrize("days", [-1, 32])
def test_an_answer_is_due_from_today_to_in_a_month(part, supervisor, days):
    with pytest.raises(Invalid, match=r"urging\.day"):
        urge(part, supervisor, due=make.day(1).date() + timedelta(days=days))


def test_only_who_is_supervised_and_concerned_is_urged(part, supervisor):
    with pytest.raises(NotAllowed):
        urge(part, supervisor, body=part.holder_id)
    with pytest.raises(Invalid, match=r"urging\.body"):
        urge(part, supervisor, body="360702-civil-affairs")
    with pytest.raises(Missing):
        urge(part, make.clerk("360702-service-centre", "supervise", practice=True))
    assert not Urging.objects.exists()


def test_what_could_not_be_done_is_urged_and_its_answer_answers_that(window, officer, supervisor):
    about = actions.obstruct("other", "等了两周", by=window, at=make.MONDAY, owner=POLICE, item=make.RENEW)
    row = actions.urge_about(about.id, "请答复", DUE, by=supervisor, at=make.day(1))
    assert (row.body_id, row.case_id) == (POLICE, None)
    with pytest.raises(Refused, match=r"urging\.open"):
        actions.urge_about(about.id, "请答复", DUE, by=supervisor, at=make.day(1))
    with pytest.raises(Missing):
        actions.answer_urging(row.id, "x", by=officer, at=make.day(2))

    actions.answer(about.id, "已办理", by=officer, at=make.day(2))

    assert Urging.objects.get().answer == {"text": "已办理"}
    with pytest.raises(Refused, match=r"obstacle\.answered"):
        actions.urge_about(about.id, "请答复", DUE, by=supervisor, at=make.day(2))


def test_what_could_not_be_done_elsewhere_is_not_there(window, world):
    about = actions.obstruct("other", "等了两周", by=window, at=make.MONDAY, owner=POLICE)
    far = make.clerk("361100-service-centre", "supervise", name="far")

    with pytest.raises(Missing):
        actions.urge_about(about.id, "请答复", DUE, by=far, at=make.day(1))
    with pytest.raises(Missing):
        queries.obstacle(about.id, far)


def test_the_applicant_reads_nothing_of_it(part, supervisor, officer):
    row = urge(part, supervisor)
    actions.answer_urging(row.id, "今天签收", by=officer, at=make.day(2))

    steps = [line.verb for line in queries.track(part.case_id, at=make.day(3)).steps]
    assert not {"urge", "answer-urging"} & set(steps)


def test_a_supervisor_finds_a_case_by_its_reference_and_nobody_by_a_number(part, supervisor):
    assert [row.id for row in queries.search(supervisor, part.case.reference, at=make.MONDAY)] == [part.id]
    assert queries.search(supervisor, make.NUMBER, at=make.MONDAY) == []
