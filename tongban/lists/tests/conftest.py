"""What tests of the lists stand on."""

from __future__ import annotations

import pytest

from tongban.lists.tests import make


@pytest.fixture
def world(db):
    make.lists()


@pytest.fixture
def keeper(world):
    return make.keeper()


@pytest.fixture
def reviewer(world):
    return make.reviewer()
