"""Which address a request is counted under."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from tongban.lib.addresses import came_from

PROXY = ("HTTP_X_FORWARDED_PROTO", "https")


def asked(remote: str, forwarded: str = "") -> str:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return came_from(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))


def test_without_a_proxy_nobody_can_choose_an_address():
    assert asked("192.0.2.7", "198.51.100.1") == "192.0.2.7"


def test_behind_a_proxy_only_its_own_word_counts(settings):
    settings.SECURE_PROXY_SSL_HEADER = PROXY

    assert asked("127.0.0.1", "203.0.113.9, 198.51.100.1") == "198.51.100.1"
    assert asked("192.0.2.7") == "192.0.2.7"


def test_the_many_addresses_of_one_connection_count_as_one():
    assert asked("2001:db8:1:2::3") == asked("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"


@pytest.mark.parametrize("nonsense", ["", "unknown", "1.2.3.4:80"])
def test_what_is_no_address_is_none(nonsense):
    assert asked(nonsense) == ""
