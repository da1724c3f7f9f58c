"""Asking to be told, on pages: the same answer to everybody, links that open and press nothing, words for every no."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tongban.cases.tests import make
from tongban.lib.actors import System
from tongban.lists import actions as lists
from tongban.notices import actions
from tongban.notices.models import Watcher
from tongban.notices.rules import LIMITS

ITEM, FORM, ASKED = make.RENEW, f"/tell/?item={make.RENEW}", "/tell/asked/"
WHO = "applicant.a@example.cn"


@pytest.fixture
def offered(db, settings):
    make.data()
    lists.load(make.DATA / "lists", by=System("test"), at=make.MONDAY)
    settings.EMAIL_URL = "smtp://mail.example"
    settings.PUBLIC_URL = "https://tongban.example/"
    settings.DEFAULT_FROM_EMAIL = "notices@tongban.example"


def ask(client: Client, address: str = WHO, **said: str):
    return client.post(FORM, {"address": address, "here": "", "power": "", **said})


def post() -> None:
    while actions.send_next(timezone.now()):
        pass


def link() -> str:
    found = re.search(r"https://tongban\.example(/tell/link/[0-9A-Z-]+/)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def english_left(html: str) -> str:
    """Return words of a Chinese page that nobody translated."""
    main = re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main")])
    return " ".join(re.findall(r"[A-Za-z]{4,}(?: [a-z]+){2,}", main))


def test_the_way_from_the_form_to_the_mail_that_tells(client, offered):
    page = client.get(FORM).content.decode()
    assert "开通后告诉我" in page
    assert english_left(page) == ""
    assert ask(client, here="360111", power="360702")["Location"] == ASKED
    assert english_left(client.get(ASKED).content.decode()) == ""
    post()
    shown = client.get(link())
    assert (shown.status_code, shown["Cache-Control"], shown["X-Robots-Tag"]) == (200, "no-store", "noindex")
    assert "青山湖区" in shown.content.decode()
    assert english_left(shown.content.decode()) == ""
    confirmed = client.post(link(), {"do": "confirm"}, follow=True).content.decode()
    assert "开通后会通知您" in confirmed
    assert english_left(confirmed) == ""
    opened = link()
    assert lists.prove(ITEM, "360111-service-centre", "360702-police", at=timezone.now())
    actions.tell(ITEM, timezone.now())
    post()
    assert len(mail.outbox) == 2
    assert f"https://tongban.example/items/{ITEM}/?lang=zh" in mail.outbox[1].body
    assert "已经通知您" in client.get(opened).content.decode()


def test_looking_at_a_link_confirms_nothing(client, offered):
    ask(client)
    post()
    for method in (client.get, client.head, client.options):
        method(link())
    assert Watcher.objects.get().state == "unconfirmed"

    careful = Client(enforce_csrf_checks=True)
    assert careful.post(link(), {"do": "confirm"}).status_code == 403
    assert Watcher.objects.get().state == "unconfirmed"


def test_a_link_stops_it_too(client, offered):
    ask(client)
    post()
    page = client.post(link(), {"do": "stop"}, follow=True).content.decode()

    assert "已取消" in page
    assert english_left(page) == ""
    assert Watcher.objects.get().contact is None


def test_the_answer_is_the_same_whether_or_not_an_address_is_known(client, offered):
    first = ask(client)
    post()
    client.post(link(), {"do": "confirm"})
    answers = [ask(client), ask(client, "nobody.else@example.cn"), ask(client), ask(client)]

    for answer in answers:
        assert (answer.status_code, answer["Location"], answer.content) == (302, ASKED, first.content)
        assert not answer.cookies
    post()
    assert [each.to for each in mail.outbox].count([WHO]) == LIMITS.mails


@pytest.mark.parametrize("code", ["x", "asked", "0000-0000-00000", "%00", "a" * 5000, "..", "é" * 13])
def test_a_link_that_is_none_is_told_so_in_words(client, offered, code):
    answer = client.get(f"/tell/link/{code}/")

    assert answer.status_code == 404
    if len(code) < 20 and code not in {"..", "%00"}:
        assert "这个链接无效" in answer.content.decode()


def test_an_edited_and_an_expired_link_are_told_so_and_do_nothing(client, offered):
    ask(client)
    post()
    good = link()
    edited = good[:-2] + ("0" if good[-2] != "0" else "1") + "/"
    for method in (client.get, client.post):
        assert method(edited, {"do": "confirm"}).status_code == 404
    Watcher.objects.update(asked_at=timezone.now() - LIMITS.unconfirmed - timedelta(minutes=1))
    answer = client.post(good, {"do": "confirm"})

    assert answer.status_code == 404
    assert english_left(answer.content.decode()) == ""
    assert Watcher.objects.get().state == "unconfirmed"


def test_guessing_links_is_slowed_down(client, offered):
    for number in range(10):
        assert client.get(f"/tell/link/0000-0000-0000{number}/").status_code == 404

    answer = client.get("/tell/link/0000-0000-00000/")
    assert answer.status_code == 429
    assert answer["Retry-After"]


def test_one_connection_asks_only_so_often(client, offered):
    for number in range(10):
        assert ask(client, f"a{number}@example.cn").status_code == 302
    answer = ask(client)

    assert answer.status_code == 429
    assert "次数太多" in answer.content.decode()
    assert english_left(answer.content.decode()) == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "填写"),
        ("nobody", "这不是邮箱地址"),
        ("a@example.cn\r\nBcc: b@example.cn", "这不是邮箱地址"),
        ("申请人@example.cn", "英文字母"),
        ("a" * 100_000, "254"),
        ("a\x00@example.cn", ""),
    ],
)
def test_what_is_no_address_is_put_right_in_words(client, offered, typed, words):
    answer = ask(client, typed)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Watcher.objects.exists()


def test_a_place_that_is_none_is_refused(client, offered):
    assert ask(client, here="999999").status_code == 422
    assert client.get("/tell/?item=no-such").status_code == 404
    assert client.get("/tell/?item=%00").status_code == 404
    assert client.get(f"{FORM}&here=999999&power=%00").status_code == 200


def test_what_is_open_already_is_said_and_no_address_kept(client, offered):
    lists.prove(ITEM, "360111-service-centre", "360702-police", at=timezone.now())
    answer = ask(client, here="360111", power="360702")

    assert answer.status_code == 409
    assert "那里已经开通了" in answer.content.decode()
    assert f"/where/?item={ITEM}&amp;here=360111&amp;power=360702" in answer.content.decode()
    assert not Watcher.objects.exists()


def test_links_lead_to_the_form_from_the_item_its_zone_and_the_ways(client, offered):
    assert f'href="/tell/?item={ITEM}"' in client.get(f"/items/{ITEM}/").content.decode()
    assert 'href="/tell/?item=QG-001"' in client.get("/items/QG-001/").content.decode()
    zone = client.get("/zones/national/?place=360111").content.decode()
    assert "&amp;here=360111" in zone
    ways = client.get(f"/where/?item={ITEM}&here=360111&power=360702").content.decode()
    assert f"/tell/?item={ITEM}&amp;here=360111&amp;power=360702" in ways
    lists.prove(ITEM, "360111-service-centre", "360702-police", at=timezone.now())
    assert "/tell/" not in client.get(f"/where/?item={ITEM}&here=360111&power=360702").content.decode()


def test_without_a_mail_server_nothing_is_offered_and_the_page_says_what_there_is_instead(
    client, offered, settings
):
    settings.EMAIL_URL = ""
    for address in (f"/items/{ITEM}/", "/items/QG-001/", "/zones/national/"):
        assert "/tell/" not in client.get(address).content.decode()
    page = client.get(FORM)
    assert "本系统不发送邮件" in page.content.decode()
    assert f"/items/{ITEM}/feed.atom" in page.content.decode()
    assert 'type="email"' not in page.content.decode()
    assert english_left(page.content.decode()) == ""
    assert ask(client).status_code == 409
    assert not Watcher.objects.exists()


def test_pages_cost_the_same_whoever_waits(client, offered, cost):
    ask(client)
    post()
    few = cost(lambda: client.get(link()))
    for number in range(5):
        ask(client, f"a{number}@example.cn")
    assert cost(lambda: client.get(link())) == few <= 8
