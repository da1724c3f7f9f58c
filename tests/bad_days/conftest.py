"""What bad days happen to: the data that comes with Tongban, committed for other processes and threads to see."""

from __future__ import annotations

import pytest

from tongban.cases.tests import make


@pytest.fixture
def town(transactional_db: None) -> None:
    make.data()


@pytest.fixture
def window(town: None):
    return make.clerk("360111-service-centre", "receive")


@pytest.fixture
def inspector(town: None):
    return make.clerk(make.MARKET, "handle")


@pytest.fixture
def licence(window):
    return make.received(window, make.FOOD)
