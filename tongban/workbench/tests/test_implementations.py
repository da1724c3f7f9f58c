"""The pages of local implementations: who may bring lists in, what they say, what comes out as files."""

from __future__ import annotations

import io
import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from tongban.cases.tests import make
from tongban.catalogue.actions import importing
from tongban.catalogue.models import Comparison, ImportedList, Item
from tongban.catalogue.queries import implementations as queries
from tongban.catalogue.queries import packages
from tongban.catalogue.rules import package, table_out
from tongban.catalogue.tests import make_lists as lists
from tongban.workbench.tests.desk_world import MARKET, browser

HOME = "/desk/implementations/"


@pytest.fixture(autouse=True)
def data(db):
    make.data()


@pytest.fixture
def clerk():
    return make.clerk(MARKET, "approve")


@pytest.fixture
def client(clerk):
    return browser(clerk)


def file(content: bytes, name: str = "list.csv") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def test_where_no_list_came_in_it_says_what_to_do(client):
    assert "No local list has come in yet" in client.get(HOME).content.decode()


def test_a_list_goes_through_its_steps(client):
    one = client.post(f"{HOME}lists", file(lists.as_csv(lists.row(), lists.row(type="许可"))))["Location"]
    page = client.get(one).content.decode()
    assert "What each column holds" in page
    assert '<option value="1" selected>A · 事项名称</option>' in page

    said = {"origin": "甲县", "profile": "gb39554", "valid_from": "2026-06-01", "name": "1", "base_code": "2"}
    said |= {"code": "3", "type": "4", "level": "6", "body_code": "8"}
    assert client.post(f"{one}/columns", said).status_code == 302
    page = client.get(one).content.decode()
    assert "the same implementation code stands above" in page
    assert "Nothing is imported yet" in page

    assert "1 rows have errors" in client.post(f"{one}/confirm").content.decode()
    assert client.post(f"{one}/confirm", {"partly": "on"}).status_code == 302
    assert "The list is imported" in client.get(one).content.decode()
    report = client.get(f"{one}/report.csv").content.decode("utf-8-sig").splitlines()
    assert report[1].startswith("3,C,Implementation code,Error,")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04nothing", "damaged or incomplete"),
        (b"a,b\n1,\x00\n", "Line 2 holds NUL bytes"),
        (b'a,b\n"x', "Record 2 has a quotation mark"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old kind"),
        (b" ", "nothing in this file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(client, content, words):
    answer = client.post(f"{HOME}lists", file(content))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert queries.imported_lists(lists.BY) == []


def test_a_list_with_heads_only_or_heads_twice_is_refused_at_its_columns(client):
    said = {
        "origin": "甲县",
        "profile": "local",
        "valid_from": "2026-06-01",
        "name": "1",
        "code": "2",
        "body_code": "3",
    }
    for content, words in ((b"a,b,c\n", "heads only"), (b"a,a,c\n1,2,3\n", "stand more than once: a")):
        one = client.post(f"{HOME}lists", file(content))["Location"]
        answer = client.post(f"{one}/columns", said)

        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_another_sheet_can_be_read_and_a_hidden_one_cannot(client):
    def spoil(book, _):
        book.add_worksheet("第二").write_row(0, 0, ["只有", "表头"])
        book.add_worksheet("暗").hide()

    one = client.post(f"{HOME}lists", file(lists.as_xlsx(lists.row(), spoil=spoil), "list.xlsx"))["Location"]
    assert "暗" in client.get(one).content.decode()
    assert "heads only" in client.post(f"{one}/sheet", {"sheet": "第二", "head": "1"}).content.decode()
    assert client.post(f"{one}/sheet", {"sheet": "暗", "head": "1"}).status_code == 422


def test_a_list_that_was_read_in_the_wrong_way_is_read_as_the_clerk_says(client):
    traditional = ["居民身份證換領", "公安機關辦理", "實施機構", "戶籍遷移申請", "營業執照變更"]
    text = "事項名稱/基本編碼;實施編碼\n" + "".join(f"{each}/一;{each}\n" for each in traditional)
    content = text.replace(";", "|").replace("/", ";").encode("big5")
    one = client.post(f"{HOME}lists", file(content))["Location"]
    page = client.get(one).content.decode()
    assert "Is this the right encoding?" in page
    assert "居民身份證換領" not in page

    said = {"head": "1", "encoding": "big5", "separator": "bar"}
    assert client.post(f"{one}/sheet", said).status_code == 302
    page = client.get(one).content.decode()
    assert "居民身份證換領;一" in page
    assert '<option value="big5" selected>' in page
    assert "B · 實施編碼" in page
    assert client.post(f"{one}/sheet", {**said, "encoding": "utf-8"}).status_code == 422
    assert client.post(f"{one}/sheet", {**said, "encoding": "rot13"}).status_code == 422


def test_a_readable_list_raises_no_doubt_and_a_workbook_asks_for_no_encoding(client):
    for content, name in ((lists.as_csv(lists.row()), "a.csv"), (lists.as_xlsx(lists.row()), "a.xlsx")):
        page = client.get(client.post(f"{HOME}lists", file(content, name))["Location"]).content.decode()
        assert "Is this the right encoding?" not in page
        assert ('name="encoding"' in page) == (name == "a.csv")


def test_a_window_clerk_sees_sameness_and_brings_nothing_in():
    client = browser(make.clerk("360111-service-centre", "receive"))

    assert client.get(HOME).status_code == 200
    assert client.get(f"{HOME}lists").status_code == 403
    assert client.post(f"{HOME}lists", file(lists.as_csv(lists.row()))).status_code == 403
    for step in ("sheet", "columns", "confirm"):
        # Not 404: whether there is such a list is nothing to tell.
        assert client.post(f"{HOME}lists/{uuid4()}/{step}").status_code == 403


def test_a_list_of_another_body_is_not_found(client):
    listed = lists.checked(lists.as_csv(lists.row()))
    one = f"{HOME}lists/{listed.id}"

    assert {client.get(one).status_code, client.get(f"{one}/report.csv").status_code} == {404}
    for step in ("sheet", "columns", "confirm"):
        assert client.post(f"{one}/{step}", {"head": "1"}).status_code == 404
    assert listed.file_name not in client.get(f"{HOME}lists").content.decode()


def test_a_long_list_shows_how_far_it_is(client, clerk, monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 0)
    listed = lists.checked(lists.as_csv(lists.row()), by=clerk)
    answer = client.get(f"{HOME}lists/{listed.id}")

    assert "0 of 1 rows" in answer.content.decode()
    assert answer["Refresh"] == "10"


def test_nothing_that_comes_out_is_taken_for_a_formula(client):
    lists.imported(lists.as_csv(lists.row(body="=HYPERLINK(1)", type="+1")))

    text = client.get(f"{HOME}export.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "'+1" in text
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{HOME}export.xlsx").content))
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert "'=HYPERLINK(1)" in cells


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_what_begins_like_a_formula_is_made_inert(text):
    assert table_out.inert(text) == f"'{text}"


def test_the_pages_cost_the_same_for_one_row_and_for_many(client, cost):
    lists.imported(lists.as_csv(lists.row()))
    for address in ("", "bodies", "rows"):
        client.get(HOME + address)
    few = [cost(lambda address=address: client.get(HOME + address)) for address in ("", "bodies", "rows")]
    many = [lists.row(code=f"{lists.OTHER}{number:013d}") for number in range(60)]
    lists.imported(lists.as_csv(*many), origin="乙县")

    assert [
        cost(lambda address=address: client.get(HOME + address)) for address in ("", "bodies", "rows")
    ] == few
    assert "Next page" in client.get(f"{HOME}rows").content.decode()


def test_what_is_typed_into_the_address_narrows_or_does_nothing(client):
    lists.imported(lists.as_csv(lists.row()))

    for query in ("region=3607", "severity=x", "after=x", "kind=07", "item=JX-P-0001", "region=%00"):
        assert client.get(f"{HOME}rows?{query}").status_code == 200
    assert "Nothing fits" in client.get(f"{HOME}?region=99").content.decode()


def test_a_package_goes_out_and_what_one_would_bring_is_shown(client):
    content = client.get(f"{HOME}packages/JX-P-0001.json").content
    assert json.loads(content)["format"] == "tongban-package/1"

    answer = client.post(f"{HOME}packages", file(content, "x.json"))
    assert "revisions that are here already 1" in answer.content.decode()
    altered = client.post(f"{HOME}packages", file(content.replace(b"07", b"08"), "x.json"))
    assert altered.status_code == 422
    assert "altered" in altered.content.decode()
    assert client.get(f"{HOME}packages/nowhere.json").status_code == 404


def test_no_single_member_of_staff_publishes_by_a_package(client):
    whole = packages.pack(["JX-P-0001"])
    whole["items"][0] = {**whole["items"][0], "code": "JX-P-9999", "revisions": []}
    content = package.written(package.sealed(whole["themes"], whole["items"]))

    answer = client.post(f"{HOME}packages", {**file(content, "x.json"), "step": "import"})

    assert "Items that are new here 1" in answer.content.decode()
    assert not Item.objects.filter(pk="JX-P-9999").exists()


def test_deviations_that_the_base_has_outrun_are_not_shown_as_current(client, clerk):
    listed = lists.imported(lists.as_csv(lists.row(type="许可", body="甲单位")), by=clerk)
    Comparison.objects.update(mark="other")
    ImportedList.objects.filter(pk=listed.id).update(base="other")

    for address in ("", "bodies"):
        page = client.get(HOME + address).content.decode()
        assert "1 implementations are being compared with the base anew" in page
        assert "deviates much" not in page
    rows = client.get(f"{HOME}rows").content.decode()
    assert "being compared anew" in rows
    assert "another type than the base" not in rows
    text = client.get(f"{HOME}export.csv").content.decode("utf-8-sig")
    assert "being compared anew: the base has changed" in text
    assert "another type than the base" not in text
    assert "The base has changed since" in client.get(f"{HOME}lists/{listed.id}").content.decode()
