"""Pages from a mould say what the template would say, to each reader their own."""

from __future__ import annotations

import re
from itertools import product

import pytest
from django.utils import timezone

from tongban.cases.queries import TABS
from tongban.cases.tests import make
from tongban.lib import moulds
from tongban.people.models import Account
from tongban.workbench import casting
from tongban.workbench.tests.desk_world import Cast, browser

_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')


@pytest.fixture
def cast(db):
    make.data()
    return Cast()


@pytest.fixture
def read(monkeypatch):
    """Return what a page says, poured (with all moulds kept), or rendered as any other."""

    def said(here, url, poured):
        with monkeypatch.context() as patch:
            if not poured:
                begin = casting.Casting.__init__
                patch.setattr(
                    casting.Casting, "__init__", lambda self, *a, **k: begin(self, *a, **{**k, "plain": True})
                )
            text = here.get(url).content.decode()
        return _TOKEN.sub(r"\1…", text)

    moulds.forget()
    return said


def _readers(cast):
    parts = [make.received(cast.window, make.RENEW, at=timezone.now()) for _ in range(27)]
    officer = cast.officer(parts[0])
    return [
        browser(officer),
        browser(cast.window),
        browser(cast("360402-police", "handle")),
        browser(cast("360402-police", "handle", "supervise")),
        browser(cast("360402-police", "receive")),
    ]


def test_poured_pages_are_those_that_the_template_makes(cast, read):
    readers = _readers(cast)
    looks = [
        {},
        {"look-theme": "dark", "look-type": "large", "look-keys": "off"},
        {"django_language": "zh-hans"},
    ]
    for look, tab, asked, here in product(looks, TABS, ("", "?after=2026-01-01.x", '?"><b>'), readers):
        here.cookies.load(look)
        url = f"/desk/cases/{tab}{asked}"
        assert read(here, url, poured=True) == read(here, url, poured=False), (look, url)


def test_each_reader_finds_their_own_name_place_and_token(cast):
    moulds.forget()
    clerks = [cast("360402-police", "handle"), cast("360702-police", "handle")]
    for clerk, name in zip(clerks, ("员工丙", "员工<丁>"), strict=True):
        Account.objects.filter(id=clerk.account).update(name=name)
    one, other = [browser(clerk) for clerk in clerks]

    pages = [here.get("/desk/cases/sent").content.decode() for here in (one, other, one)]

    assert ["员工丙" in page for page in pages] == [True, False, True]
    assert ["员工&lt;丁&gt;" in page for page in pages] == [False, True, False]
    places = [re.findall(r'class="mark__place">([^<]+)', page) for page in pages]
    assert places[0] == places[2] != places[1]
    assert (
        len({token for page in pages for token in re.findall(r'middlewaretoken" value="([^"]+)', page)}) == 3
    )


def test_a_message_is_shown_once_and_to_its_reader_alone(cast):
    first, second, *_ = _readers(cast)
    first.get("/desk/cases/in-hand")
    answer = first.post("/desk/cases/many", {"verb": "accept", "tab": "in-hand"})
    assert answer.status_code == 302

    told = first.get("/desk/cases/in-hand").content.decode()

    assert 'class="messages"' in told
    for page in (first, second):
        assert 'class="messages"' not in page.get("/desk/cases/in-hand").content.decode()
