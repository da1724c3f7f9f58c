"""Every word of this room is in the Chinese catalogue."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOM = Path(__file__).parent.parent
CATALOGUE = (ROOM / "locale/zh_Hans/LC_MESSAGES/django.po").read_text(encoding="utf-8")
KNOWN = set(re.findall(r'^msgid "(.+)"$', CATALOGUE, re.MULTILINE))
IN_TEMPLATES = re.compile(r'{% translate "([^"]+)"|\b_\("([^"]+)"\)')
IN_CODE = re.compile(r'\b(?:_|gettext_lazy|gettext_noop)\(\s*"([^"]+)"|pgettext\("[^"]+", "([^"]+)"\)')


def words(pattern: re.Pattern[str], suffix: str) -> Iterator[str]:
    for path in ROOM.rglob(f"*.{suffix}"):
        if "tests" not in path.parts:
            for found in pattern.findall(path.read_text(encoding="utf-8")):
                yield next(filter(None, found if isinstance(found, tuple) else (found,)))


def test_nothing_is_missing_from_the_catalogue():
    assert {*words(IN_TEMPLATES, "html"), *words(IN_CODE, "py")} <= KNOWN


def test_nothing_in_the_catalogue_is_left_open_or_doubtful():
    assert not re.search(r'^msgid ".+"\nmsgstr ""$', CATALOGUE, re.MULTILINE)
    assert "fuzzy" not in CATALOGUE
