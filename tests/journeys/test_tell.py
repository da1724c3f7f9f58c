"""Somebody asks on a phone to be told when it opens, answers the mail, and is told once it has opened."""

from __future__ import annotations

import re
import time

import pytest
from django.utils import timezone

from tests.journeys import steps
from tests.journeys.installation import Installation
from tests.journeys.ports import PATIENCE
from tongban.cases.tests import make
from tongban.lib.actors import System
from tongban.lists import actions as lists

ITEM, WHO = "JX-P-0003", "applicant.on.the.phone@example.cn"


@pytest.fixture
def listed(house):
    lists.load(make.DATA / "lists", by=System("test"), at=timezone.now())
    return house


def mail(house: Installation, number: int) -> str:
    """Wait for somebody's next mail, which the background work sends by itself."""
    deadline = time.monotonic() + PATIENCE
    while len(found := house.mails(WHO)) < number:
        assert time.monotonic() < deadline, house.log[-2000:]
        time.sleep(0.3)
    assert len(found) == number
    return found[-1]


def test_who_asked_is_told_when_it_opens(listed, hold_phone, sit_down):
    phone = hold_phone(java_script_enabled=False)
    phone.goto("/zones/province/?place=360111&department=")
    steps.fits(phone)
    phone.locator(f'a[href^="/tell/?item={ITEM}"]').click()
    steps.says(phone, "开通后告诉我", "只是列入清单，不算开通")
    assert phone.locator("[name=here]").input_value() == "360111"
    phone.locator("[name=address]").fill("nobody")
    phone.get_by_role("button", name="登记").click()
    steps.says(phone, "这不是邮箱地址")
    steps.fits(phone)
    phone.locator("[name=address]").fill(WHO)
    phone.get_by_role("button", name="登记").click()
    steps.says(phone, "请查收邮件")
    steps.fits(phone)

    link = re.search(r"http\S+/tell/link/\S+", mail(listed, 1))
    assert link
    phone.goto(link[0])
    steps.says(phone, "打开这个页面不等于确认", "青山湖区")
    steps.fits(phone)
    phone.get_by_role("button", name="是我，请通知我").click()
    steps.says(phone, "开通后会通知您")
    steps.fits(phone)

    assert lists.prove(ITEM, "360111-service-centre", "360700-housing-fund", at=timezone.now())
    told = mail(listed, 2)
    assert "青山湖区交件，赣州市决定" in told
    page = re.search(rf"http\S+/items/{ITEM}/\S+", told)
    assert page
    phone.goto(page[0])
    steps.fits(phone)
    phone.goto(link[0])
    steps.says(phone, "已经通知您", "您的邮箱地址已删除")

    # Neither the address nor the link's code is in what the server noted.
    assert WHO not in listed.log
    assert link[0].rstrip("/").rsplit("/", 1)[1] not in listed.log
    assert "portal:told" in listed.log


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_its_pages_can_be_used_by_everybody(listed, hold_phone, sit_down, size, language):
    page = (hold_phone if size == "phone" else sit_down)(locale=language)
    for address in (
        f"/tell/?item={ITEM}&here=360702",
        "/tell/asked/",
        "/tell/link/nothing/",
        f"/items/{ITEM}/",
    ):
        page.goto(address)
        steps.look(page)
    page.goto(f"/tell/?item={ITEM}")
    page.get_by_role("button").filter(has_text=re.compile("^(登记|Ask to be told)")).click()
    steps.look(page)
