"""Beside the lifecycle: what could not be done, the second system, a new query code."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tongban.cases import actions, queries
from tongban.cases.models import Attempt, Case, Copying
from tongban.cases.rules.lifecycle import State
from tongban.cases.tests import make
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.lists.queries import demand

MONDAY = make.MONDAY


def test_what_could_not_be_done_has_an_owner_and_a_day(window, licence):
    found = actions.obstruct("system-down", "系统打不开", by=window, at=MONDAY, part=licence.id)

    assert (found.owner_id, found.due_on, found.provisional) == (make.MARKET, date(2026, 6, 8), False)
    assert make.events(licence)[-1] == "obstacle.record"


def test_it_can_be_recorded_where_nothing_could_even_be_received(window):
    found = actions.obstruct(
        "no-rule", "没有这个事项", by=window, at=MONDAY, item="JX-P-0099", owner="360100-health"
    )

    assert (found.case_id, found.owner_id) == (None, "360100-health")
    assert [each.id for each in queries.obstacles(window)] == [found.id]


@pytest.mark.parametrize(
    ("cause", "text", "owner", "error"),
    [
        ("bad-luck", "示例", "", Invalid),
        ("other", " ", "", Invalid),
        ("other", "示例", "nowhere", Missing),
    ],
)
def test_an_obstacle_needs_a_cause_words_and_an_owner_that_exists(window, cause, text, owner, error):
    with pytest.raises(error):
        actions.obstruct(cause, text, by=window, at=MONDAY, owner=owner)


def test_its_owner_answers_it_once(window, licence, inspector):
    found = actions.obstruct("other", "示例", by=window, at=MONDAY, part=licence.id)
    with pytest.raises(NotAllowed):
        actions.answer(found.id, "示例", by=window, at=MONDAY)

    actions.answer(found.id, "已恢复", by=inspector, at=make.day(1))

    assert queries.obstacle(found.id, window).answer == {"text": "已恢复"}
    assert queries.obstacles(inspector) == []
    with pytest.raises(Refused, match=r"obstacle\.answered"):
        actions.answer(found.id, "再答", by=inspector, at=make.day(1))


def test_others_do_not_know_of_it(window, licence):
    found = actions.obstruct("other", "示例", by=window, at=MONDAY, part=licence.id)
    stranger = make.clerk("360402-police", "handle")

    assert queries.obstacles(stranger) == []
    with pytest.raises(Missing):
        queries.obstacle(found.id, stranger)
    with pytest.raises(Missing):
        actions.answer(found.id, "示例", by=stranger, at=MONDAY)
    with pytest.raises(Missing):
        actions.obstruct("other", "示例", by=stranger, at=MONDAY, part=licence.id)


def test_an_obstacle_outlives_the_case_and_is_still_to_be_answered(window, licence, inspector):
    """The applicant may withdraw whatever stands in the way; that doesn't rid its owner of the answer."""
    found = actions.obstruct("other", "示例", by=window, at=MONDAY, part=licence.id)
    actions.withdraw(licence.id, "不办了", by=window, at=MONDAY)

    assert [each.id for each in queries.obstacles(inspector)] == [found.id]
    assert make.again(licence).state == State.WITHDRAWN


def test_a_case_is_typed_into_the_other_system_once_under_its_number(part, officer):
    make.take_over(part, officer)
    with pytest.raises(Invalid):
        actions.copied(part.id, " ", by=officer, at=MONDAY)

    actions.copied(part.id, "SYS-1", by=officer, at=MONDAY)

    with pytest.raises(Refused, match=r"copying\.done-already"):
        actions.copied(part.id, "SYS-2", by=officer, at=MONDAY)
    assert Copying.objects.get(part=part).number == "SYS-1"
    assert make.events(part)[-1] == "copied"


def test_an_item_without_another_system_is_not_copied(in_hand, inspector):
    with pytest.raises(Refused, match=r"copying\.no-system"):
        actions.copied(in_hand.id, "SYS-1", by=inspector, at=MONDAY)


def code_of(window) -> actions.Received:
    from tongban.catalogue import queries as catalogue

    edition = catalogue.in_force(make.RENEW, MONDAY.date())
    draft = actions.start(edition, by=window, at=MONDAY, data=make.typed())
    return actions.receive(draft.id, by=window, at=MONDAY)


def test_the_code_opens_its_case_and_is_kept_as_a_hash_only(window):
    done = code_of(window)

    assert queries.opened(done.reference.lower(), done.code.lower().replace("-", " ")) == done.case
    assert done.code.replace("-", "").encode() not in bytes(Case.objects.get(pk=done.case).code)
    assert len(Case.objects.get(pk=done.case).code) == 32


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAAA", "' OR 1=1 --"])
def test_a_wrong_code_or_reference_opens_nothing(window, code):
    done = code_of(window)

    with pytest.raises(Missing):
        queries.opened(done.reference, code)
    with pytest.raises(Missing):
        queries.opened("360111-20260601-AAAAAAAA0", done.code)


def test_a_new_code_ends_the_old_one(window):
    first = code_of(window)
    second = actions.renew_code(first.case, by=window, at=MONDAY)

    assert queries.opened(first.reference, second.code) == first.case
    with pytest.raises(Missing):
        queries.opened(first.reference, first.code)


def test_only_the_receiving_body_gives_a_new_code(window, officer):
    first = code_of(window)

    with pytest.raises(Missing):
        actions.renew_code(first.case, by=officer, at=MONDAY)


def test_the_proof_is_the_end_of_the_identity_number(window):
    done = code_of(window)

    assert queries.proved(done.case, make.NUMBER[-4:])
    assert not queries.proved(done.case, "0000")


def test_after_ten_wrong_codes_nobody_looks_for_a_quarter_of_an_hour(db):
    for _ in range(10):
        actions.attempt("case:1", "address:1", at=MONDAY)

    with pytest.raises(Refused, match=r"query\.too-often") as refused:
        actions.attempt("case:1", "address:2", at=MONDAY)
    assert refused.value.params["until"] == MONDAY + timedelta(minutes=15)
    with pytest.raises(Refused):
        actions.require_patience("case:1", "address:2", at=MONDAY + timedelta(minutes=14))

    actions.require_patience("case:2", "address:2", at=MONDAY)
    actions.require_patience("case:1", "address:1", at=MONDAY + timedelta(minutes=16))
    actions.attempt("case:1", at=MONDAY + timedelta(minutes=16))


@pytest.mark.parametrize("shared", ["address", "sign-in-address"])
def test_a_whole_hall_comes_from_one_address_and_is_not_shut_out_by_ten_slips(db, shared):
    for each in range(100):
        actions.attempt(f"case:{each}", f"{shared}:1", at=MONDAY)
        if each == 50:
            actions.require_patience("case:mine", f"{shared}:1", at=MONDAY)

    with pytest.raises(Refused):
        actions.require_patience("case:mine", f"{shared}:1", at=MONDAY + timedelta(minutes=14))
    with pytest.raises(Refused):
        actions.attempt("case:mine", f"{shared}:1", at=MONDAY + timedelta(minutes=14))
    actions.require_patience("case:mine", f"{shared}:1", at=MONDAY + timedelta(minutes=16))


def test_attempts_do_not_tell_whose_they_were(db):
    actions.attempt("address:192.0.2.1", at=MONDAY)
    import hashlib

    assert bytes(Attempt.objects.get().key) != hashlib.sha256(b"address:192.0.2.1").digest()


def test_who_was_turned_away_is_counted_as_demand_at_their_city_and_practice_is_not(world):
    learner = make.clerk(name="practising", practice=True)
    actions.obstruct("other", "窗口不收", by=make.clerk(), at=MONDAY, item="QG-008")
    actions.obstruct("other", "练习", by=learner, at=MONDAY, item="QG-008")

    items, _queries = demand.ranking(MONDAY.date(), MONDAY.date(), "360100")
    assert [(line.item, line.points) for line in items] == [("QG-008", 10)]
