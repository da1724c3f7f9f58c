"""Cases to be rated: one that is closed, one that isn't."""

from __future__ import annotations

import pytest

from tongban.cases import actions as cases
from tongban.cases.models import Part
from tongban.cases.tests import make
from tongban.lib.actors import Clerk


@pytest.fixture
def window(db: None) -> Clerk:
    make.data()
    return make.clerk("360111-service-centre", "receive")


@pytest.fixture
def open_case(window: Clerk) -> Part:
    return make.received(window)


@pytest.fixture
def closed_case(open_case: Part, window: Clerk) -> Part:
    cases.withdraw(open_case.id, "改在户籍地办理", by=window, at=make.MONDAY)
    return open_case
