"""Signs of halls: which there are, how large they and their letters are, and what is printed on them.

Sizes, words and the rule for legibility are data (`data/signs`), with the sources of the rule.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tongban.lib.texts import Text

SIGNS = Path(__file__).resolve().parents[3] / "data" / "signs"
TEMPLATE = SIGNS / "sign.typ"
# What a Han character and a Latin capital of the face on the signs measure, in parts of its size.
HAN_HEIGHT, CAPITAL_HEIGHT = 0.87, 0.733


@dataclass(frozen=True, slots=True)
class Place:
    """The hall that a sign names: `number` is its window's, `hours` are OpenStreetMap's, `address` is its page's."""

    name: Text
    address: str
    number: str = ""
    hours: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """One kind of sign: millimetres of the finished sign, and of the size of the letters read from afar."""

    kind: str
    name: Text
    width: int
    height: int
    margin: int
    han: int
    latin: int

    @property
    def han_mm(self) -> float:
        """How high its large Han characters are."""
        return self.han * HAN_HEIGHT

    @property
    def latin_mm(self) -> float:
        """How high its large Latin capitals are."""
        return self.latin * CAPITAL_HEIGHT


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    known: Mapping[str, Any] = json.loads((SIGNS / "signs.json").read_text(encoding="utf-8"))
    return known


@lru_cache(maxsize=1)
def sign_kinds() -> Mapping[str, Sign]:
    """Return the kinds of signs by their code."""
    return {
        kind: Sign(kind, **{**sizes, "name": Text.of(sizes["name"])})
        for kind, sizes in _data()["kinds"].items()
    }


def legible() -> tuple[float, float]:
    """Return how high Han characters and Latin capitals must be to be read from five metres, in millimetres."""
    rule = _data()["legible"]
    return float(rule["han_mm"]), float(rule["latin_mm"])


def printed_on(sign: Sign, place: Place, qr: str, on: str, *, cut: bool) -> dict[str, Any]:
    """Return what the template is given: plain data, never source.

    :param qr: the code that leads to the place's page, as SVG
    :param on: the day, as ISO text
    :param cut: whether the ground goes on beyond the cut, with marks where to cut
    """
    words = _data()["words"]
    said = ("title", "short", "scan", "cross", "within", "promise", "steps", "free")
    return {
        "kind": sign.kind,
        "name": f"{sign.name.zh} {place.name.zh}",
        "on": on,
        "qr": qr,
        "cut": cut,
        "bleed": _data()["bleed"],
        "marks": _data()["marks"],
        "label": words["number"],
        "mark": words["illustrative"],
        "hall": {"zh": place.name.zh, "en": place.name.en},
        "address": place.address,
        "number": place.number,
        "hours": _hours(place.hours),
        "illustrative": place.illustrative,
        **{name: getattr(sign, name) for name in ("width", "height", "margin", "han", "latin")},
        **{name: words[name] for name in said},
    }


def _hours(hours: str) -> list[str]:
    """Return opening hours as lines of words; what nobody worded stays as it is."""
    days, lines = _data()["words"]["days"], []
    for part in filter(None, (each.strip() for each in hours.split(";"))):
        first, _space, times = part.partition(" ")
        plain = times.replace(",", ", ").replace("-", "–")
        lines.append(days[part] if part in days else f"{days.get(first, first)} {plain}".strip())
    return lines
