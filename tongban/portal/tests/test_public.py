"""Public pages are kept as they were rendered, say who may keep them too, and bear no cookie."""

from __future__ import annotations

import gzip
import time
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tongban.cases.tests import make
from tongban.catalogue.models import Item
from tongban.portal import kept

pytestmark = pytest.mark.usefixtures("world")
ITEM = f"/items/{make.RENEW}/"
KEPT = [
    "/",
    "/items/",
    "/items/?theme=identity",
    ITEM,
    f"{ITEM}revisions/",
    f"{ITEM}revisions/1/",
    f"{ITEM}guides/window/",
    f"{ITEM}feed.atom",
    f"{ITEM}at/360702/feed.atom",
    "/halls/",
    "/halls/360702-hall/",
    "/halls/360702-hall/board/",
    "/board/",
    "/data/",
    "/data/items/",
    "/embed/",
    f"/embed{ITEM}",
]
PLAIN = [
    f"{ITEM}message.en.txt",
    f"{ITEM}guides/window.zh.svg",
    "/data/catalog.jsonld",
    "/data/items.zh.csv",
    "/feed.en.atom",
    "/sitemap.xml",
    "/robots.txt",
]


@pytest.fixture
def keeping(settings, monkeypatch):
    settings.PAGES_KEPT_SECONDS = 60
    monkeypatch.setattr(kept.shelf, "looked", time.monotonic() + 3600)
    kept.shelf.clear()
    yield
    kept.shelf.clear()


@pytest.mark.usefixtures("keeping")
@pytest.mark.parametrize("address", KEPT + PLAIN)
def test_a_public_page_may_be_kept_by_anybody_and_bears_no_cookie(client, address):
    answer = client.get(address)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"
    assert "Set-Cookie" not in answer
    assert not answer.cookies
    assert ("Cookie" in answer["Vary"]) is (address in KEPT)
    assert "Accept-Encoding" in answer["Vary"]


@pytest.mark.usefixtures("keeping")
@pytest.mark.parametrize("address", KEPT + PLAIN)
def test_a_kept_page_is_answered_without_a_statement_and_the_same(client, cost, address):
    first = client.get(address)
    second: list[bytes] = []

    assert cost(lambda: second.append(client.get(address).content)) == 0
    assert second == [first.content]


@pytest.mark.usefixtures("keeping")
def test_who_has_the_page_gets_nothing_again(client, cost):
    tag = client.get(ITEM)["ETag"]
    same = client.get(ITEM, headers={"If-None-Match": tag})
    other = client.get(ITEM, headers={"If-None-Match": '"other"'})

    assert same.status_code == 304
    assert same.content == b""
    assert same["ETag"] == tag
    assert same["Cache-Control"].startswith("public")
    assert other.status_code == 200


@pytest.mark.usefixtures("keeping")
def test_the_first_answer_says_unchanged_as_well_as_the_next(client):
    tag = client.get(ITEM)["ETag"]
    kept.shelf.clear()

    assert client.get(ITEM, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.usefixtures("keeping")
def test_languages_and_looks_are_kept_apart(client):
    chinese = client.get(ITEM).content.decode()
    english = client.get(ITEM, headers={"Accept-Language": "en"}).content.decode()
    client.cookies["look-type"] = "large"
    large = client.get(ITEM).content.decode()

    assert 'lang="zh-Hans"' in chinese
    assert 'lang="en"' in english
    assert 'data-type="large"' in large
    assert client.get(ITEM).content.decode() == large


@pytest.mark.usefixtures("keeping")
def test_a_language_in_the_address_is_spoken_whatever_the_reader_chose(client):
    client.cookies["django_language"] = "zh-hans"
    english = client.get(f"{ITEM}?lang=en")

    assert 'lang="en"' in english.content.decode()
    assert "Accept-Language" not in english["Vary"]
    assert 'lang="zh-Hans"' in client.get(f"{ITEM}?lang=xx").content.decode()


@pytest.mark.usefixtures("keeping")
def test_pages_are_compressed_for_those_who_take_it(client):
    plain = client.get(ITEM)
    packed = client.get(ITEM, headers={"Accept-Encoding": "gzip, br"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert len(packed.content) < len(plain.content) / 2


@pytest.mark.usefixtures("keeping")
@pytest.mark.parametrize(
    "address", ["/items/?q=身份证", f"{ITEM}?utm=x", f"{ITEM}mine/?s-agent=self", "/follow/", "/nowhere/"]
)
def test_what_people_typed_and_what_is_theirs_is_never_kept(client, address):
    answer = client.get(address)

    assert "public" not in answer.get("Cache-Control", "")
    assert not kept.shelf.pages


@pytest.mark.parametrize("asked", ["9" * 5000, "-1", "²", "0", "a"])
def test_a_board_shows_a_page_whatever_is_asked(client, asked):
    assert client.get("/board/", {"page": asked}).status_code == 200


@pytest.mark.usefixtures("keeping")
def test_a_page_with_a_message_for_one_person_is_not_kept(client):
    client.cookies["messages"] = "x"

    assert "public" not in client.get(ITEM).get("Cache-Control", "")


def test_nothing_is_kept_where_the_settings_say_so(client):
    assert "Cache-Control" not in client.get(ITEM)


def test_the_shelf_gives_up_the_oldest_when_it_is_full(monkeypatch):
    monkeypatch.setattr(kept, "MOST_BYTES", 25)
    shelf = kept.Shelf()
    for name in "abc":
        shelf.put(name, kept.Answer(b"0123456789", b"", name, {}, None, time.monotonic() + 60), shelf.cleared)

    assert list(shelf.pages) == ["b", "c"]
    assert shelf.size == 20


def test_the_shelf_holds_no_more_small_pages_than_it_has_room_for_what_is_around_them(monkeypatch):
    monkeypatch.setattr(kept, "MOST_PAGES", 2)
    shelf = kept.Shelf()
    for name in "abc":
        shelf.put(name, kept.Answer(b"", b"", name, {}, None, time.monotonic() + 60), shelf.cleared)

    assert list(shelf.pages) == ["b", "c"]


@pytest.mark.usefixtures("keeping")
def test_nobody_fills_the_shelf_with_one_page_under_names_of_their_own(client):
    for made_up in ("a" * 3000, "b" * 3000):
        client.cookies["look-theme"] = client.cookies["look-type"] = made_up
        client.get(ITEM)
        client.get(f"{ITEM}?lang={made_up[:20]}")

    assert len(kept.shelf.pages) == 1


def test_a_page_is_not_kept_for_ever():
    shelf = kept.Shelf()
    shelf.put("a", kept.Answer(b"x", b"", "a", {}, None, time.monotonic() - 1), shelf.cleared)

    assert shelf.find("a") is None


@pytest.mark.django_db(transaction=True)
def test_a_change_of_what_is_shown_is_seen(client, settings):
    settings.PAGES_KEPT_SECONDS = 60
    shelf = kept.shelf
    make.data()
    shelf.clear()
    try:
        before = _seen(client)
        Item.objects.filter(pk=make.RENEW).update(illustrative=False)
        after = _seen(client)
    finally:
        shelf.clear()

    assert "本指南为示例" in before
    assert _seen(client) == after


def _seen(client: Client) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
    kept.shelf.looked = -1e9
    return client.get(ITEM).content.decode()


@pytest.mark.usefixtures("keeping")
def test_a_page_that_was_being_made_while_something_changed_is_not_kept(client, monkeypatch):
    made = kept._made

    def slowly(*args):
        kept.shelf.clear()
        return made(*args)

    monkeypatch.setattr(kept, "_made", slowly)

    assert client.get(ITEM).status_code == 200
    assert not kept.shelf.pages


def test_a_new_day_begins_with_an_empty_shelf(monkeypatch):
    shelf = kept.Shelf()
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 1, 1))
    shelf.fresh()
    shelf.put("a", kept.Answer(b"x", b"", "a", {}, None, time.monotonic() + 60), shelf.cleared)
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 1, 2))
    shelf.looked = -1e9
    shelf.fresh()

    assert not shelf.pages


def test_language_and_look_are_chosen_without_a_token_but_not_by_other_sites():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/design/look", {"language": "en", "next": f"{ITEM}?lang=zh"})

    assert answer["Location"] == ITEM
    assert client.cookies["django_language"].value == "en"
    forged = client.post("/design/look", {"language": "en"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert forged.status_code == 403


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("/x/?lang=en", "/x/"),
        ("/x/?lang=en&a=1", "/x/?a=1"),
        ("/x/?a=1&lang=en", "/x/?a=1"),
        ("/x/?a=1&lang=zh&b=2", "/x/?a=1&b=2"),
    ],
)
def test_a_choice_of_language_outdoes_the_address(client, asked, left):
    assert client.post("/design/look", {"next": asked})["Location"] == left


def test_only_named_hosts_may_frame_and_only_the_embeddable_pages(client, settings):
    closed = client.get("/embed/")
    settings.EMBED_ANCESTORS = ["https://app.example"]
    opened, other = client.get("/embed/"), client.get(ITEM)

    assert closed["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in closed["Content-Security-Policy"]
    assert "X-Frame-Options" not in opened
    assert "frame-ancestors https://app.example" in opened["Content-Security-Policy"]
    assert other["X-Frame-Options"] == "DENY"
    assert "<form" not in opened.content.decode()
