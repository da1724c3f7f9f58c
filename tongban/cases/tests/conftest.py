"""What every test of the room stands on: the data that comes with Tongban, and a cast."""

from __future__ import annotations

import pytest

from tongban.cases.tests import make


@pytest.fixture
def world(db: None) -> None:
    make.data()


@pytest.fixture
def window(world: None):
    return make.clerk("360111-service-centre", "receive")


@pytest.fixture
def officer(world: None):
    return make.clerk("360702-police", "handle")


@pytest.fixture
def part(window):
    return make.received(window)
