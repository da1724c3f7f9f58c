"""From the decision to the applicant's hands."""

from __future__ import annotations

import pytest

from tongban.cases import actions
from tongban.cases.models import Delivery
from tongban.cases.rules.lifecycle import State
from tongban.cases.tests import make
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.places import queries as places

MONDAY = make.MONDAY
HERE, ELSEWHERE = "360111-service-centre", "360402-service-centre"


@pytest.fixture
def made(part, officer):
    """Return an identity card that was granted and made."""
    make.take_over(part, officer)
    actions.accept(part.id, by=officer, at=MONDAY)
    actions.grant(part.id, by=officer, at=MONDAY)
    return actions.make(part.id, "示例证1号", by=officer, at=MONDAY)


def window_of(body: str) -> str:
    hall = places.halls_in(body.split("-", 1)[0])[0]
    return places.windows_of(hall.code)[0].code


def test_the_post_needs_a_waybill_and_closes_once_it_arrived(made, officer):
    with pytest.raises(Invalid, match=r"delivery\.waybill"):
        actions.send(made.id, "post", by=officer, at=MONDAY, carrier="EMS")
    part = actions.send(made.id, "post", by=officer, at=MONDAY, carrier="EMS", waybill="E123")
    assert part.state == State.SENT

    part = actions.close(part.id, "邮政回执", by=officer, at=make.day(3))

    note = make.said(part, "delivery-note")
    assert (part.state, part.closed_on) == (State.CLOSED, make.day(3).date())
    assert (note["courier"], note["documents"][0]["title"].endswith("示例证1号")) == ("EMS E123", True)


def test_a_result_sent_to_another_hall_is_taken_over_there_and_closed_there(made, officer):
    there = make.clerk(ELSEWHERE, "receive")
    part = actions.send(made.id, "window", by=officer, at=MONDAY, window=window_of(ELSEWHERE))
    assert (part.holder_id, part.offered_to_id) == (officer.body, ELSEWHERE)
    with pytest.raises(NotAllowed):
        actions.close(part.id, "本人领取", by=there, at=MONDAY)
    with pytest.raises(Refused, match=r"part\.on-its-way"):
        actions.close(part.id, "本人领取", by=officer, at=MONDAY)

    actions.take_over(part.id, by=there, at=make.day(1))
    part = actions.close(part.id, "本人领取", by=there, at=make.day(1))

    assert (part.state, part.holder_id) == (State.CLOSED, ELSEWHERE)


def test_what_is_on_its_way_to_a_window_can_be_declined_there_and_sent_again(made, officer):
    there = make.clerk(ELSEWHERE, "receive")
    actions.send(made.id, "window", by=officer, at=MONDAY, window=window_of(ELSEWHERE))
    actions.decline(made.id, "封套破损", by=there, at=MONDAY)

    part = actions.offer(made.id, ELSEWHERE, by=officer, at=MONDAY)

    assert part.offered_to_id == ELSEWHERE


def test_a_result_that_the_post_brought_back_is_sent_again_another_way(made, officer, window):
    actions.send(made.id, "post", by=officer, at=MONDAY, carrier="EMS", waybill="E123")

    part = actions.send(made.id, "window", by=officer, at=make.day(4), window=window.window)

    row = Delivery.objects.get(part=part)
    assert (row.way, row.waybill, row.carrier, row.window_id) == ("window", "", "", window.window)
    assert (row.result_number, row.sent_at) == ("示例证1号", make.day(4))
    assert (part.state, part.offered_to_id) == (State.SENT, window.body)
    assert make.events(part).count("part.send") == 2


def test_what_a_window_declined_goes_elsewhere_and_what_is_on_its_way_stays_so(made, officer):
    there = make.clerk(ELSEWHERE, "receive")
    actions.send(made.id, "window", by=officer, at=MONDAY, window=window_of(ELSEWHERE))
    with pytest.raises(Refused, match=r"part\.on-its-way"):
        actions.send(made.id, "post", by=officer, at=MONDAY, waybill="E1")
    actions.decline(made.id, "窗口装修", by=there, at=MONDAY)

    part = actions.send(made.id, "post", by=officer, at=MONDAY, waybill="E1")

    assert (part.state, part.offered_to_id, Delivery.objects.get(part=part).way) == (State.SENT, None, "post")
    assert actions.close(part.id, "本人签收", by=officer, at=MONDAY).state == State.CLOSED


def test_the_receiving_hall_hands_out_a_result_that_was_sent_back_to_it(made, officer, window):
    actions.send(made.id, "window", by=officer, at=MONDAY, window=window.window)
    actions.take_over(made.id, by=window, at=MONDAY)

    assert actions.close(made.id, "本人领取", by=window, at=MONDAY).state == State.CLOSED


@pytest.mark.parametrize(("way", "error"), [("pigeon", Invalid), ("window", Invalid)])
def test_a_way_is_one_of_three_and_a_window_is_named(made, officer, way, error):
    with pytest.raises(error):
        actions.send(made.id, way, by=officer, at=MONDAY)


def test_a_window_that_does_not_exist_is_missing(made, officer):
    with pytest.raises(Missing):
        actions.send(made.id, "window", by=officer, at=MONDAY, window="nowhere-1")


def test_what_goes_electronically_has_arrived_at_once(made, officer):
    part = actions.send(made.id, "electronic", by=officer, at=MONDAY)

    assert part.state == State.CLOSED
    assert make.events(part)[-2:] == ["part.send", "part.close"]
    assert Delivery.objects.get(part=part).delivered_at == MONDAY


def test_a_rejection_is_delivered_like_a_result(part, officer):
    make.take_over(part, officer)
    actions.accept(part.id, by=officer, at=MONDAY)
    actions.reject(part.id, "照片不符", by=officer, at=MONDAY)

    part = actions.send(part.id, "post", by=officer, at=MONDAY, waybill="E1")

    assert (part.state, Delivery.objects.get(part=part).result_number) == (State.SENT, "")


def test_the_delivery_note_of_a_refusal_names_the_decision_and_never_a_licence(
    part, in_hand, officer, inspector
):
    """Nobody signs for having received what was refused to them."""
    make.take_over(part, officer)
    actions.accept(part.id, by=officer, at=MONDAY)
    actions.reject(part.id, "照片不符", by=officer, at=MONDAY)
    actions.refuse(in_hand.id, "经营场所不在本县", "360402-market-supervision", by=inspector, at=MONDAY)
    for each, by in ((part, officer), (in_hand, inspector)):
        actions.send(each.id, "electronic", by=by, at=MONDAY)

    ((rejected,), (refused,)) = (make.said(each, "delivery-note")["documents"] for each in (part, in_hand))

    assert (rejected["title"], refused["title"]) == ("不予办理决定书", "不予受理决定书")
    assert "不准字" in rejected["number"]
    assert "不予受字" in refused["number"]


def test_closing_says_how_it_is_known_that_it_arrived(made, officer):
    actions.send(made.id, "post", by=officer, at=MONDAY, waybill="E1")

    with pytest.raises(Invalid):
        actions.close(made.id, " ", by=officer, at=MONDAY)


def test_a_result_has_a_number(part, officer):
    make.take_over(part, officer)
    actions.accept(part.id, by=officer, at=MONDAY)
    actions.grant(part.id, by=officer, at=MONDAY)

    with pytest.raises(Invalid):
        actions.make(part.id, " ", by=officer, at=MONDAY)


@pytest.fixture
def desk_officer(world):
    return make.clerk("360700-human-resources", "handle")


def test_an_instant_item_is_settled_in_one_act_out_of_an_open_offer(window, desk_officer):
    part = make.received(window, make.PROOF)
    assert part.offered_to_id == desk_officer.body

    part = actions.settle(part.id, "示例2026-1", by=desk_officer, at=MONDAY)

    assert (part.state, part.holder_id, part.offer_id) == (State.CLOSED, desk_officer.body, None)
    assert make.events(part) == ["receive", "custody.take-over", "part.settle"]
    assert make.said(part, "grant")["result_number"] == "示例2026-1"


def test_an_instant_item_is_settled_only_by_who_decides_it(window, desk_officer):
    part = make.received(window, make.PROOF)

    with pytest.raises((NotAllowed, Refused)):
        actions.settle(part.id, "示例2026-1", by=window, at=MONDAY)
    actions.recall(part.id, "示例", by=window, at=MONDAY)
    with pytest.raises(Refused, match=r"part\.not-held"):
        actions.settle(part.id, "示例2026-1", by=desk_officer, at=MONDAY)


def test_what_takes_longer_is_not_settled_at_once(in_hand, inspector):
    with pytest.raises(Refused, match=r"part\.not-instant"):
        actions.settle(in_hand.id, "示例", by=inspector, at=MONDAY)


def test_settling_knows_the_three_ways_only(window, desk_officer):
    part = make.received(window, make.PROOF)

    with pytest.raises(Invalid, match=r"delivery\.way"):
        actions.settle(part.id, "示例", by=desk_officer, at=MONDAY, way="pigeon-and-more")
