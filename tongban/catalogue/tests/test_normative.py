"""The register of documents that stand in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tongban.catalogue import actions as catalogue
from tongban.catalogue.actions import normative as actions
from tongban.catalogue.actions.normative import Entered
from tongban.catalogue.queries import normative as queries
from tongban.catalogue.tests.make import DATA
from tongban.lib.actors import Clerk, System
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.lib.texts import Text

AT = datetime(2026, 6, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = AT.date()
KEEPER = Clerk(
    account=UUID(int=1), post=UUID(int=2), body="x", bodies=frozenset("x"), region="360000",
    roles=frozenset({"propose-lists"}),
)  # fmt: skip
SAYS = Entered(
    title=Text("（示例）某细则"),
    unit=Text("江西省示范厅"),
    level="province",
    conflict=Text("只许在户籍地办理"),
    action="amend",
    items=("JX-P-0001", "QG-028"),
    due=date(2026, 5, 1),
)


@pytest.fixture
def register(db):
    catalogue.load(DATA / "items")
    actions.load_normative(DATA / "lists" / "normative.csv", by=System("test"), at=AT)


def test_the_data_is_loaded_once_and_marked(register):
    found = queries.register(DAY)

    assert len(found.rows) == 8 == found.open + found.done
    assert all(row.document.illustrative and row.items for row in found.rows)
    assert actions.load_normative(DATA / "lists" / "normative.csv", by=System("test"), at=AT) == 0


def test_what_is_past_its_day_is_late_until_it_is_settled(register):
    actions.enter("NORM-90", SAYS, by=KEEPER, at=AT)
    assert queries.normative("NORM-90", DAY).late

    actions.settle("NORM-90", "已修改，自5月20日起施行", date(2026, 5, 20), by=KEEPER, at=AT)

    row = queries.normative("NORM-90", DAY)
    assert (row.late, row.document.state) == (False, "done")
    with pytest.raises(Refused):
        actions.edit("NORM-90", SAYS, by=KEEPER, at=AT)


def test_two_editors_do_not_overwrite_each_other(register):
    row = actions.enter("NORM-90", SAYS, by=KEEPER, at=AT)
    actions.edit("NORM-90", replace(SAYS, state="review"), by=KEEPER, at=AT, seen=row.version)

    with pytest.raises(Refused) as refused:
        actions.edit("NORM-90", SAYS, by=KEEPER, at=AT, seen=row.version)
    assert refused.value.code == "normative.moved-on"


def test_the_register_is_read_page_by_page_and_by_item(register):
    first = queries.register(DAY, limit=3)
    second = queries.register(DAY, limit=10, after=first.after)

    codes = [row.document.code for row in [*first.rows, *second.rows]]
    assert codes == [row.document.code for row in queries.register(DAY).rows]
    assert {row.document.code for row in queries.register(DAY, item="JX-P-0001").rows} == {"NORM-03"}
    assert queries.register(DAY, after="nonsense").rows


@pytest.mark.parametrize(
    "wrong",
    [{"title": Text("")}, {"items": ("nothing",)}, {"items": ()}, {"action": "burn"}, {"state": "done"}],
)
def test_what_cannot_be_is_refused(register, wrong):
    with pytest.raises(Invalid):
        actions.enter("NORM-90", replace(SAYS, **wrong), by=KEEPER, at=AT)


def test_only_keepers_write(register):
    for by in (System("x"), replace(KEEPER, roles=frozenset({"handle"})), replace(KEEPER, practice=True)):
        with pytest.raises(NotAllowed):
            actions.enter("NORM-90", SAYS, by=by, at=AT)
    with pytest.raises(Invalid):
        actions.enter("NORM-01", SAYS, by=KEEPER, at=AT)
    with pytest.raises(Missing):
        actions.settle("NORM-99", "x", DAY, by=KEEPER, at=AT)
