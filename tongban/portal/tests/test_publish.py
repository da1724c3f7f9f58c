"""What is published can be read by machines, executes nothing, and says where it comes from."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tongban.cases.tests import make
from tongban.catalogue import queries as catalogue
from tongban.lib.actors import System
from tongban.lists import actions as lists
from tongban.lists.actions import proofs
from tongban.portal import published, tables
from tongban.portal.tables import Dataset

pytestmark = pytest.mark.usefixtures("listed")
TODAY = make.MONDAY.date()
ATOM = {"a": "http://www.w3.org/2005/Atom"}
NAMES = ["items", "halls", "national", "province"]
NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "平常的字", ""]


@pytest.fixture
def listed(world):
    lists.load(make.DATA / "lists", by=System("test"), at=timezone.now())


def nasty() -> Dataset:
    columns = {"code": "Code", "name": "Name"}
    rows = [{"code": str(number), "name": text} for number, text in enumerate(NASTY)]
    return Dataset("nasty", "Nasty", "", columns, ["code", "name"], rows, TODAY)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_csv_xlsx_and_json_say_the_same(client, name, language):
    rows = list(
        csv.DictReader(io.StringIO(client.get(f"/data/{name}.{language}.csv").content.decode("utf-8-sig")))
    )
    data = json.loads(client.get(f"/data/{name}.{language}.json").content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"/data/{name}.{language}.xlsx").content))
    head, *cells = book.get_sheet_by_name(name).to_python()

    assert rows
    assert [list(row) for row in rows[:1]] == [list(data["columns"])] == [head]
    assert [[str(row[key]) for key in data["columns"]] for row in data["rows"]] == [
        list(row.values()) for row in rows
    ]
    assert len(cells) == len(rows)
    assert [row[0] for row in cells] == [next(iter(row.values())) for row in rows]
    assert len(book.get_sheet_by_name("columns").to_python()) == len(head) + 1


@pytest.mark.parametrize("name", NAMES)
def test_a_table_as_pdf_can_be_opened_and_read_aloud(client, name):
    answer = client.get(f"/data/{name}.en.pdf")

    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.open_metadata()["pdfuaid:part"] == "1"


def test_no_cell_can_be_executed():
    rows = list(csv.reader(io.StringIO(tables.as_csv(nasty()).decode("utf-8-sig"))))[1:]
    book = CalamineWorkbook.from_filelike(io.BytesIO(tables.as_xlsx(nasty())))
    cells = [row[1] for row in book.get_sheet_by_name("nasty").to_python()[1:]]

    assert not [text for _code, text in rows if text.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert not [text for text in cells if str(text).startswith(("=", "+", "-", "@"))]
    assert rows[7][1] == cells[7] == "平常的字"


def test_the_same_content_is_the_same_workbook():
    assert tables.as_xlsx(nasty()) == tables.as_xlsx(nasty())


def test_the_description_of_the_data_leads_to_every_file(client):
    found = client.get("/data/catalog.jsonld")
    described = json.loads(found.content)
    files = [
        each["dcat:downloadURL"]["@id"]
        for table in described["dcat:dataset"]
        for each in table["dcat:distribution"]
    ]

    assert found["Content-Type"] == "application/ld+json"
    assert described["@type"] == "dcat:Catalog"
    assert len(files) == len(NAMES) * 4
    assert {client.get(each).status_code for each in files if not each.endswith("pdf")} == {200}
    assert {title["@language"] for title in described["dct:title"]} == {"zh-Hans", "en"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_feed_is_valid_and_each_entry_has_an_address_that_stays(client, language):
    root = ET.fromstring(client.get(f"/feed.{language}.atom").content)
    entries = root.findall("a:entry", ATOM)
    addresses = [entry.findtext("a:id", "", ATOM) for entry in entries]

    assert root.findtext("a:title", "", ATOM)
    assert root.find("a:updated", ATOM) is not None
    assert len(entries) == 21
    assert len(set(addresses)) == 21
    assert all(entry.findtext("a:updated", "", ATOM) for entry in entries)
    assert client.get(addresses[0]).status_code == 200


def test_who_asked_for_an_item_at_a_place_is_told_by_its_feed(client):
    address = f"/items/{make.RENEW}/at/360702/feed.atom"
    assert "已开通" not in client.get(address).content.decode()
    proofs.prove(make.RENEW, "360111-service-centre", "360702-police", at=timezone.now())

    entry = ET.fromstring(client.get(address).content).findall("a:entry", ATOM)[0]
    assert entry.findtext("a:title", "", ATOM) == "已开通：在青山湖区递交，由章贡区决定"
    leads = entry.findtext("a:id", "", ATOM).removeprefix("http://testserver")
    assert "已开通" in client.get(leads).content.decode()
    assert "已开通" in client.get(address.replace("360702", "360111")).content.decode()
    assert "已开通" not in client.get(address.replace("360702", "360102")).content.decode()
    listed = next(each.code for each in catalogue.everything(TODAY) if not each.number)
    quiet = ET.fromstring(client.get(f"/items/{listed}/at/360702/feed.atom").content)
    assert quiet.findall("a:entry", ATOM) == []


@pytest.mark.parametrize(
    "address",
    [
        "/data/nothing/",
        "/data/items.zh.exe",
        "/data/nothing.zh.csv",
        "/items/nothing/feed.atom",
        f"/items/{make.RENEW}/at/999999/feed.atom",
        "/halls/nothing/",
        "/halls/360702-hall/signs/plate.exe",
        "/halls/360702-hall/signs/banner.pdf",
        "/halls/nothing/board/",
        f"/items/{make.RENEW}/guides/several/",
        f"/items/{make.RENEW}/guides/window.fr.normal.pdf",
        f"/items/{make.RENEW}/guides/window.zh.huge.pdf",
        f"/items/{make.RENEW}/message.fr.txt",
        "/data/items.fr.csv",
        "/feed.fr.atom",
        f"/items/{make.RENEW}/revisions/2/",
        "/items/nothing/revisions/",
        "/embed/items/nothing/",
    ],
)
def test_what_is_not_published_is_missing(client, address):
    assert client.get(address).status_code == 404


def test_the_map_of_the_site_has_every_item_and_hall_in_both_languages(client):
    text = client.get("/sitemap.xml").content.decode()
    ET.fromstring(text)

    assert all(f"/items/{each.code}/</loc>" in text for each in catalogue.everything(TODAY))
    assert text.count("/halls/") > 3 * 100
    assert "?lang=en" in text
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert "/desk/" in client.get("/robots.txt").content.decode()


def test_the_board_turns_through_all_pages_and_back(client):
    seen, address, page = [], "/halls/360702-hall/board/", ""
    for _ in range(4):
        page = client.get(address).content.decode()
        seen.append(address)
        address = page.split('data-board="')[1].split('"')[0]

    assert address == "/halls/360702-hall/board/?page=1"
    assert len(set(seen)) == 4
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "<form" not in page


@pytest.mark.parametrize("number", ["0", "-1", "999", "x", ""])
def test_a_board_never_ends(client, number):
    assert client.get(f"/board/?page={number}").status_code == 200


def test_a_hall_gives_its_signs(client):
    page = client.get("/halls/360702-hall/").content.decode()
    plate = client.get("/halls/360702-hall/signs/plate.pdf")

    assert "720 × 300 mm" in page
    assert plate["Content-Type"] == "application/pdf"
    assert client.get("/halls/360702-hall/signs/door-cut.svg").content.startswith(b"<svg")


def test_a_list_is_published_as_it_stands_on_the_day():
    today = timezone.localdate()
    rows = published.dataset("province", today).rows
    assert {"JX-P-0001", "JX-P-0018"} <= {row["item"] for row in rows}
    assert {row["item"] for row in published.dataset("national", today).rows} < {row["item"] for row in rows}

    at, centre = timezone.now(), "360000-service-centre"
    keeper, reviewer = (make.clerk(centre, f"{verb}-lists", name=verb) for verb in ("propose", "review"))
    change = lists.propose("province", "JX-P-0018", "withdraw", None, "示例", by=keeper, at=at)
    lists.review(change.id, "同意", by=reviewer, at=at)
    lists.publish(change.id, today, by=reviewer, at=at)
    assert "JX-P-0018" not in {row["item"] for row in published.dataset("province", today).rows}


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/data/", 5),
        ("/data/items/", 2),
        ("/data/province/", 1),
        ("/halls/360702-hall/", 6),
        ("/board/", 2),
        ("/feed.zh.atom", 2),
        (f"/items/{make.RENEW}/feed.atom", 3),
        ("/sitemap.xml", 12),
        (f"/items/{make.RENEW}/guides/window/", 3),
        (f"/items/{make.RENEW}/revisions/", 1),
        ("/embed/", 2),
    ],
)
def test_published_pages_cost_little_and_always_the_same(client, cost, address, most):
    client.get(address)

    assert cost(lambda: client.get(address)) <= most


@pytest.mark.parametrize(
    "address", ["/data/items.zh.json", "/data/items.zh.csv", "/data/catalog.jsonld", "/feed.zh.atom"]
)
def test_pages_elsewhere_may_read_open_data(client, address):
    assert client.get(address)["Access-Control-Allow-Origin"] == "*"
    # From what is kept, too.
    assert client.get(address)["Access-Control-Allow-Origin"] == "*"


def test_the_catalogue_of_data_says_what_it_is_and_who_publishes_it(client):
    described = client.get("/data/catalog.jsonld").json()

    assert {each["@language"] for each in described["dct:description"]} == {"zh-Hans", "en"}
    assert described["dct:publisher"]["foaf:name"]
    assert all(
        table["dct:publisher"] == {"@id": described["dct:publisher"]["@id"]}
        for table in described["dcat:dataset"]
    )
    files = [each for table in described["dcat:dataset"] for each in table["dcat:distribution"]]
    assert all(client.get(each["dcat:downloadURL"]["@id"]).status_code == 200 for each in files)
    assert all(each["dcat:accessURL"] for each in files)


@pytest.mark.parametrize(
    ("language", "theme", "mode"),
    [("zh-hans", "户籍与身份", "异地代收代办"), ("en", "Household and identity", "Received at a window")],
)
def test_tables_that_people_read_show_names_and_lead_on(client, language, theme, mode):
    client.cookies["django_language"] = language
    items, listed = (client.get(f"/data/{name}/").content.decode() for name in ("items", "province"))

    assert theme in items
    assert '<td data-label="主题（中文）">identity' not in items
    assert mode in listed
    assert "counter|online" not in listed
    assert f'href="/items/{make.RENEW}/"' in items
    assert f'href="/items/{make.RENEW}/"' in listed
    assert 'href="/halls/360702-hall/"' in client.get("/data/halls/").content.decode()


def test_the_map_names_every_kind_of_page_and_each_of_them_answers(client):
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ET.fromstring(client.get("/sitemap.xml").content)
    paths = [each.text.removeprefix("http://testserver") for each in root.iter(f"{space}loc") if each.text]

    assert len(paths) == len(set(paths))
    assert {"/zones/", "/zones/national/", "/where/", "/register/", "/data/halls/"} <= set(paths)
    assert {f"/items/{make.RENEW}/revisions/1/", "/items/JX-P-0020/guides/several/"} <= set(paths)
    assert all(
        client.get(path).status_code == 200 for path in paths if "/JX-P-00" in path or "/halls/" not in path
    )
