"""Examining the search: of an empty catalogue nothing is measured, and it's said what to do."""

from __future__ import annotations

import pytest
import typer

from tongban.cases.tests import make
from tongban.console import search


@pytest.mark.django_db
def test_an_empty_catalogue_is_said_instead_of_measured(capsys):
    with pytest.raises(typer.Exit) as ended:
        search.require_items()

    assert ended.value.exit_code == 1
    assert "tongban load places" in "".join(capsys.readouterr())


@pytest.mark.django_db
def test_a_catalogue_with_items_is_measured():
    make.data()

    search.require_items()
