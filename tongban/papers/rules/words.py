"""Numbers, days, amounts and typed text as a document prints them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from tongban.papers.rules.kinds import Kind, Money, registry

# Marks that change the order in which a line is read, and fillers that hide text or draw nothing.
_HIDDEN = {0x00AD, 0x061C, 0x115F, 0x1160, 0x3164, 0xFEFF, 0xFFA0, *range(0x200B, 0x2010)}
_HIDDEN |= {*range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)}
_TRANSLATE = dict.fromkeys(_HIDDEN) | dict.fromkeys((0x2028, 0x2029), "\n")
_IDEOGRAPHS = range(0x20000, 0x3FFFE)
_MARKS = 4
# Common letters, figures, Han characters and their punctuation: a text of these alone is neat as it is.
_NEAT = re.compile(r"[ -~\u4e00-\u9fff、。《》「」『』【】〔〕（），：；？！“”·—…]*")
_REPLACEMENT = "\u3013"  # the geta mark, which printers put where a character is missing


def number_text(prefix: str, kind: Kind, year: int, serial: int, *, practice: bool = False) -> str:
    """Return a document's number, such as （赣州章贡）受字〔2026〕第00012号.

    :param prefix: the short name of the body, with the place it belongs to
    """
    known = registry()
    pattern = known.practice_pattern if practice else known.pattern
    return pattern.format(prefix=neat(prefix), word=known.forms[kind].word, year=year, serial=serial)


def day_text(day: date) -> str:
    """Return the day as documents write it: 2026年11月3日."""
    return registry().day.format(day=day)


def amount_text(cents: int) -> str:
    """Return an amount of money in capital figures: 1050 as 壹拾元伍角整.

    :raises ValueError: if it's negative or reaches a trillion yuan
    """
    if not 0 <= cents < 10**14:
        raise ValueError(cents)
    money = registry().money
    yuan, rest = divmod(cents, 100)
    tenths, hundredths = divmod(rest, 10)
    text = _whole(yuan, money) + money.units[0] if yuan or not rest else ""
    if tenths:
        text += money.digits[tenths] + money.units[1]
    elif hundredths and yuan:
        text += money.digits[0]
    return text + (money.digits[hundredths] + money.units[2] if hundredths else money.whole)


def _whole(number: int, money: Money) -> str:
    """Return a whole number in capital figures; a run of zeros inside it is said once."""
    text, zeros = "", False
    figures = str(number)
    for index, figure in enumerate(figures):
        place = len(figures) - index - 1
        if figure != "0":
            text += (money.digits[0] if zeros else "") + money.digits[int(figure)] + money.places[place % 4]
        zeros = figure == "0"
        if place % 4 == 0 and int(figures[max(index - 3, 0) : index + 1]):
            text, zeros = text + money.groups[place // 4], False
    return text or money.digits[0]


def neat(text: str) -> str:
    """Return the text with nothing in it that a page can't show or that would turn a line around.

    Rare Han characters and the middle dot of a name stay; what can be no character becomes a mark, so that it's
    seen to be missing; of a pile of accents four are kept.
    """
    if _NEAT.fullmatch(text):
        return text.strip()
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").translate(_TRANSLATE))
    kept: list[str] = []
    marks = 0
    for mark in plain:
        category = unicodedata.category(mark)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= _MARKS and (category != "Cc" or mark == "\n"):
            kept.append(_printed(mark, category))
    return "".join(kept).strip()


def _printed(mark: str, category: str) -> str:
    # Python's tables know less of the planes of Han characters than people's names do.
    if category == "Cs" or (category == "Cn" and ord(mark) not in _IDEOGRAPHS):
        return _REPLACEMENT
    # Of the many blanks only two belong in a document: the common one and that as wide as a Han character.
    return " " if category == "Zs" and mark != "\u3000" else mark


_AS_IT_IS = frozenset({bool, int, type(None)})


@lru_cache(maxsize=256)
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def plain(value: Any) -> Any:
    """Return the value as JSON keeps it: days as ISO text, records as objects, every text made neat."""
    kind: Any = type(value)
    if kind is str:
        return neat(value)
    if kind in _AS_IT_IS:
        return value
    if is_dataclass(value):
        return {name: plain(getattr(value, name)) for name in _names(kind)}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return neat(value) if isinstance(value, str) else value
