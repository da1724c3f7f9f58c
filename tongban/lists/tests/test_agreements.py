"""Agreements: written, signed by others, in force by date, ended; every revision kept; and what they open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tongban.lib.refusals import Invalid, NotAllowed, Refused
from tongban.lib.texts import Text
from tongban.lists import actions
from tongban.lists.actions import Paragraphs
from tongban.lists.models import Agreement, Covered, Party, Terms
from tongban.lists.queries import agreements as queries
from tongban.lists.queries import places
from tongban.lists.queries.where import where
from tongban.lists.tests import make

DAY, MONDAY, ITEM = make.DAY, make.MONDAY, make.UNLISTED
ABROAD, GANZHOU, ZHANGGONG, QINGSHANHU = "440200", "360700", "360702", "360111"
LAST = DAY + timedelta(days=365)
SAYS = Paragraphs(
    name=Text("示例协议", "Example agreement"),
    parties=((GANZHOU, Text("")), (ABROAD, Text("广东省韶关市", "Shaoguan, Guangdong"))),
    items=((ITEM, "both"),),
    since=DAY,
    until=LAST,
    postal=Text("寄递费由收件地承担", "The receiving place pays"),
)


@pytest.fixture
def signed(keeper, reviewer):
    terms = actions.draft("gz-sg", "agreement", SAYS, by=keeper, at=MONDAY)
    return actions.sign(terms.id, DAY, by=reviewer, at=MONDAY)


def ways(here, power, day=DAY, item=ITEM):
    return {way.scope: way for way in reversed(where(item, here, power, day).answer.ways)}


def test_a_signed_agreement_opens_the_item_between_its_places(signed):
    make.unlist(ITEM)
    out, home = ways(ABROAD, ZHANGGONG), ways(ZHANGGONG, ABROAD)

    assert (out["agreement"].reason.code, out["agreement"].place.zh) == ("gz-sg", "广东省韶关市")
    assert out["agreement"].pact.postal.zh == "寄递费由收件地承担"
    assert home["agreement"].spot.region == ZHANGGONG
    assert "agreement" not in ways(QINGSHANHU, ABROAD)
    assert "agreement" in ways("440203", ZHANGGONG)  # a district of the party
    assert "agreement" not in ways("440300", ZHANGGONG)


def test_a_draft_opens_nothing(keeper):
    actions.draft("gz-sg", "agreement", SAYS, by=keeper, at=MONDAY)
    make.unlist(ITEM)

    assert "agreement" not in ways(ABROAD, ZHANGGONG)


def test_it_holds_from_its_first_to_its_last_day(signed):
    make.unlist(ITEM)

    assert "agreement" not in ways(ABROAD, ZHANGGONG, DAY - timedelta(days=1))
    assert "agreement" in ways(ABROAD, ZHANGGONG, LAST)
    assert "agreement" not in ways(ABROAD, ZHANGGONG, LAST + timedelta(days=1))


def test_directions_are_kept(keeper, reviewer):
    make.unlist(ITEM)
    terms = actions.draft("gz-sg", "cooperation", replace(SAYS, items=((ITEM, "in"),)), by=keeper, at=MONDAY)
    actions.sign(terms.id, DAY, by=reviewer, at=MONDAY)

    assert "cooperation" in ways(ZHANGGONG, ABROAD)
    assert "cooperation" not in ways(ABROAD, ZHANGGONG)


def test_a_new_revision_holds_from_its_day_and_the_old_one_is_kept(signed, keeper, reviewer):
    later = DAY + timedelta(days=30)
    says = replace(SAYS, items=(("JX-P-0001", "both"),), since=later)
    second = actions.draft("gz-sg", "agreement", says, by=keeper, at=MONDAY)
    actions.sign(second.id, DAY, by=reviewer, at=MONDAY)

    assert [row.number for row in places.terms_on(later - timedelta(days=1))] == [1]
    assert [row.number for row in places.terms_on(later)] == [2]
    assert places.pacts(ITEM, later) == ()
    file = queries.agreement(signed.agreement_id, later)
    assert [each.stands for each in file.revisions] == ["in-force", "replaced"]


def test_when_the_newest_terms_are_over_no_older_ones_come_back(keeper, reviewer):
    later, last = DAY + timedelta(days=30), DAY + timedelta(days=60)
    for says in (replace(SAYS, until=None), replace(SAYS, since=later, until=last)):
        terms = actions.draft("gz-sg", "agreement", says, by=keeper, at=MONDAY)
        actions.sign(terms.id, DAY, by=reviewer, at=MONDAY)

    assert [row.number for row in places.terms_on(last)] == [2]
    assert places.terms_on(last + timedelta(days=1)) == []
    assert places.pacts(ITEM, last + timedelta(days=1)) == ()


def test_who_wrote_first_does_not_sign_what_another_wrote_on(keeper):
    both = make.clerk(make.CENTRE, "propose-lists", "review-lists", name="both")
    terms = actions.draft("gz-sg", "agreement", SAYS, by=both, at=MONDAY)
    actions.redraft(terms.id, replace(SAYS, until=None), by=keeper, at=MONDAY)

    with pytest.raises(Refused) as refused:
        actions.sign(terms.id, DAY, by=both, at=MONDAY)
    assert refused.value.code == "lists.second-person"


def test_nothing_is_signed_into_an_agreement_that_has_ended(signed, keeper, reviewer):
    terms = actions.draft("gz-sg", "agreement", SAYS, by=keeper, at=MONDAY)
    actions.propose_end(signed.agreement_id, DAY, "双方另行约定", by=keeper, at=MONDAY)
    actions.end(signed.agreement_id, by=reviewer, at=MONDAY)

    with pytest.raises(Refused) as refused:
        actions.sign(terms.id, DAY, by=reviewer, at=MONDAY)
    assert refused.value.code == "agreements.ended"


@pytest.mark.parametrize(
    "change",
    [
        lambda terms: Terms.objects.filter(pk=terms.pk).update(valid_until=None),
        lambda terms: Terms.objects.filter(pk=terms.pk).update(state="draft"),
        lambda terms: Covered.objects.filter(terms=terms).update(direction="in"),
        lambda terms: Covered.objects.filter(terms=terms).delete(),
        lambda terms: Covered.objects.create(terms=terms, item_id="JX-P-0001", direction="both"),
        lambda terms: Party.objects.filter(terms=terms, code=ABROAD).update(code="440300"),
        lambda terms: terms.delete(),
    ],
)
def test_the_database_keeps_signed_terms(signed, change):
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        change(signed)


def test_an_agreement_ends_on_its_day(signed, keeper, reviewer):
    day = DAY + timedelta(days=10)
    actions.propose_end(signed.agreement_id, day, "双方另行约定", by=keeper, at=MONDAY)
    assert places.terms_on(day)

    actions.end(signed.agreement_id, by=reviewer, at=MONDAY)
    assert places.terms_on(day - timedelta(days=1))
    assert not places.terms_on(day)
    with pytest.raises(Refused):
        actions.propose_end(signed.agreement_id, day, "再次", by=keeper, at=MONDAY)
    with pytest.raises(Refused):
        actions.end(signed.agreement_id, by=reviewer, at=MONDAY)


def test_nobody_ends_an_agreement_alone(signed, keeper, reviewer):
    alone = make.clerk(make.CENTRE, "propose-lists", "review-lists", name="alone")
    with pytest.raises(NotAllowed):
        actions.propose_end(signed.agreement_id, DAY, "理由", by=reviewer, at=MONDAY)
    with pytest.raises(Refused) as refused:
        actions.end(signed.agreement_id, by=reviewer, at=MONDAY)
    assert refused.value.code == "agreements.no-end-proposed"

    actions.propose_end(signed.agreement_id, DAY, "理由", by=alone, at=MONDAY)
    with pytest.raises(NotAllowed):
        actions.end(signed.agreement_id, by=keeper, at=MONDAY)
    with pytest.raises(Refused) as refused:
        actions.end(signed.agreement_id, by=alone, at=MONDAY)
    assert refused.value.code == "lists.second-person"
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        Agreement.objects.update(ended_on=DAY, ended_by=str(alone.account))


def test_a_proposed_end_is_dropped_and_not_signed_after_its_day(signed, keeper, reviewer):
    actions.propose_end(signed.agreement_id, DAY, "理由", by=keeper, at=MONDAY)
    with pytest.raises(Refused) as refused:
        actions.propose_end(signed.agreement_id, LAST, "另一理由", by=keeper, at=MONDAY)
    assert refused.value.code == "agreements.end-waits"
    with pytest.raises(Refused) as refused:
        actions.end(signed.agreement_id, by=reviewer, at=MONDAY + timedelta(days=1))
    assert refused.value.code == "lists.day-past"

    actions.drop_end(signed.agreement_id, by=reviewer, at=MONDAY)
    actions.propose_end(signed.agreement_id, LAST, "另一理由", by=keeper, at=MONDAY)
    actions.end(signed.agreement_id, by=reviewer, at=MONDAY)
    assert places.terms_on(LAST - timedelta(days=1))


def test_who_writes_does_not_sign_and_only_the_province_does(keeper):
    terms = actions.draft("gz-sg", "agreement", SAYS, by=keeper, at=MONDAY)
    alone = make.clerk(make.CENTRE, "propose-lists", "review-lists", name="alone")
    own = actions.draft("own", "agreement", SAYS, by=alone, at=MONDAY)

    with pytest.raises(NotAllowed):
        actions.sign(terms.id, DAY, by=keeper, at=MONDAY)
    with pytest.raises(Refused) as refused:
        actions.sign(own.id, DAY, by=alone, at=MONDAY)
    assert refused.value.code == "lists.second-person"


def test_signed_terms_are_not_written_anew(signed, keeper):
    with pytest.raises(Refused):
        actions.redraft(signed.id, SAYS, by=keeper, at=MONDAY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"parties": ((GANZHOU, Text("")),)},
        {"parties": ((GANZHOU, Text("")), (ABROAD, Text("")))},
        {"parties": ((GANZHOU, Text("")), ("360100", Text("")))},
        {"items": ()},
        {"items": (("nothing", "both"),)},
        {"items": ((ITEM, "sideways"),)},
        {"until": DAY - timedelta(days=1)},
        {"name": Text(" ")},
    ],
)
def test_what_cannot_be_is_refused(keeper, wrong):
    with pytest.raises(Invalid):
        actions.draft("gz-sg", "agreement", replace(SAYS, **wrong), by=keeper, at=MONDAY)


def test_a_draft_is_written_anew(keeper):
    terms = actions.draft("gz-sg", "agreement", SAYS, by=keeper, at=MONDAY)
    actions.redraft(terms.id, replace(SAYS, items=(("JX-P-0001", "out"),)), by=keeper, at=MONDAY)
    with pytest.raises(Refused):
        actions.draft("gz-sg", "agreement", SAYS, by=keeper, at=MONDAY)

    (written,) = queries.agreement(terms.agreement_id, DAY).revisions
    assert [(code, way) for code, _name, way in written.items] == [("JX-P-0001", "out")]


def test_listing_agreements_costs_the_same_for_many(signed, keeper, cost):
    one = cost(lambda: queries.agreements(DAY))
    for number in range(4):
        actions.draft(f"more-{number}", "agreement", SAYS, by=keeper, at=MONDAY)

    assert cost(lambda: queries.agreements(DAY)) == one
    rows, after = queries.agreements(DAY, limit=2)
    assert (len(rows), after) == (2, "more-0")
