"""What every test of the room stands on: the data that comes with Tongban, and a cast."""

from __future__ import annotations

import pytest

from tongban.cases import actions
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


@pytest.fixture
def inspector(world: None):
    """Return who handles food licences for the county that decides."""
    return make.clerk(make.MARKET, "handle")


@pytest.fixture
def second(world: None):
    """Return the inspector's colleague who reviews."""
    return make.clerk(make.MARKET, "review", "handle", name="second")


@pytest.fixture
def head(world: None):
    return make.clerk(make.MARKET, "approve", name="head")


@pytest.fixture
def licence(window):
    """Return a food licence that was received and offered to the deciding body."""
    return make.received(window, make.FOOD)


@pytest.fixture
def in_hand(licence, inspector):
    """Return the food licence once the deciding body has taken it over."""
    return make.take_over(licence, inspector)


@pytest.fixture
def accepted(in_hand, inspector):
    return actions.accept(in_hand.id, by=inspector, at=make.MONDAY)
