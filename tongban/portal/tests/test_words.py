"""Every state, step and limit is worded, and every word of this door and of the ratings is in Chinese."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tongban.cases.rules import clock, custody, lifecycle
from tongban.lib import workdays
from tongban.places.rules import Level
from tongban.portal import words

ROOMS = Path(__file__).resolve().parents[2]
CALLS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2)}
INSIDE = {"propose", "review"}


def said(room: Path) -> Iterator[str]:
    """Yield what the room says, in its code and in its templates."""
    for path in sorted(room.rglob("*")):
        if "tests" in path.parts or path.suffix not in {".py", ".html"}:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            yield from re.findall(r'\b_\("([^"]+)"\)', text)
            text = templatize(text, origin=str(path))
        for _line, message, _comments, _context in extract(
            "python", io.BytesIO(text.encode()), keywords=CALLS
        ):
            yield message[0] if isinstance(message, tuple) else message


@pytest.mark.parametrize("room", ["portal", "feedback", "api"])
def test_the_chinese_catalogue_is_complete_and_has_nothing_left_over(room):
    with (ROOMS / room / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file)
    known = {
        message.id[0] if isinstance(message.id, tuple) else message.id
        for message in catalogue
        if message.id and message.string and not message.fuzzy
    }

    assert set(said(ROOMS / room)) == known


def test_every_state_and_every_step_that_an_applicant_reads_is_worded():
    assert set(words.STATES) == set(lifecycle.State)
    read = {step.verb for step in lifecycle.STEPS} - INSIDE
    assert {"receive", *read, *(move.verb for move in custody.MOVES)} == set(words.VERBS)


def test_every_limit_and_every_kind_of_day_is_worded():
    assert set(words.LIMITS) == set(words.NEXT) == set(clock.Kind)
    assert set(words.DAYS) == set(workdays.Kind)
    assert set(words.LEVELS) == set(Level)
