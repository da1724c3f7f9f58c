"""Every refusal of every room is worded, in both languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation

from tongban.lib.refusals import Refused
from tongban.workbench import words

ROOMS = Path(__file__).resolve().parents[2]
RAISED = re.compile(r'(?:Refused|Invalid|refuse)\(\s*f?"([a-z]+\.[a-z-]+)"')
INDIRECT = {"part.not-held", "part.on-its-way", "part.wrong-step", "storage.full", "storage.failed"}


def raised() -> set[str]:
    found = set(INDIRECT)
    for room in ("cases", "catalogue", "places", "people", "files", "lib", "workbench"):
        for path in (ROOMS / room).rglob("*.py"):
            if "tests" not in path.parts:
                found |= set(RAISED.findall(path.read_text(encoding="utf-8")))
    return found


def test_every_code_that_is_raised_has_words():
    assert raised() <= words.codes()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_all_words_can_be_filled_in(language):
    names = [
        "limit",
        "source",
        "type",
        "name",
        "why",
        "material",
        "length",
        "size",
        "pages",
        "row",
        "columns",
        "file",
        "year",
        "step",
        "state",
        "because",
        "count",
        "day",
        "line",
        "most",
        "number",
        "who",
        "found",
        "said",
        *(
            "list",
            "items",
            "place",
            "sheet",
            "column",
            "heads",
            "fields",
            "rows",
            "given",
            "known",
            "where",
            "key",
            "item",
            "what",
        ),
    ]
    moment: object = datetime(2026, 6, 1, 2, tzinfo=UTC)
    params: dict[str, object] = {**dict.fromkeys(names, 1), "at": moment, "until": moment}
    with translation.override(language):
        for code in words.codes():
            said = words.say(Refused(code, **params))
            assert said
            assert "%" not in said
            assert bool(re.search("[\u4e00-\u9fff]", said)) is (language != "en"), code


def test_times_and_sizes_are_said_as_people_write_them():
    with translation.override("en"):
        assert "10:00" in words.say(Refused("query.too-often", until=datetime(2026, 6, 1, 2, tzinfo=UTC)))
        assert "20 MB" in words.say(Refused("file.too-large", limit=20 * 1024 * 1024, size=1))
        assert "taken over" in words.say(
            Refused(
                "part.moved-on", step="take-over", at=datetime(2026, 6, 1, 2, tzinfo=UTC), state="received"
            )
        )
