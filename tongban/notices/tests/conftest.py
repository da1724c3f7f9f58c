"""Lists, a mail server that keeps what it gets, and somebody who asks."""

from __future__ import annotations

import pytest

from tongban.lists.tests import make
from tongban.notices import follow


@pytest.fixture
def offered(settings):
    settings.EMAIL_URL = "smtp://mail.example"
    settings.DEFAULT_FROM_EMAIL = "通办 <notices@tongban.example>"
    settings.EMAIL_REPLY_TO = "desk@tongban.example"
    settings.PUBLIC_URL = "https://tongban.example/"
    follow._swept.clear()
    follow._tried.clear()


@pytest.fixture
def world(db, offered):
    make.lists()
