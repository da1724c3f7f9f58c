"""The base catalogue as lists are held against it, and the marks by which it is told whether it says the same still."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tongban.catalogue.rules.conformance_basis import Law
from tongban.catalogue.rules.conformance_names import Names
from tongban.catalogue.rules.conformance_regions import Regions
from tongban.catalogue.rules.mapping import Vocabulary

CHECKS = "2"
"""Which edition of the checks this is: raised when they find something else, so that all is held against them anew."""


@dataclass(frozen=True, slots=True)
class BaseItem:
    """What the base says of an item; `levels` and `laws` are empty where it says nothing.

    `state` is that of `rules.proposing.standing` on the day; `successors` are the titles of the items to go to.
    """

    code: str
    base_code: str
    name: str
    type: str = ""
    levels: tuple[str, ...] = ()
    laws: tuple[Law, ...] = ()
    state: str = "open"
    since: date | None = None
    until: date | None = None
    successors: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The code and the name, as a report names it."""
        return f"{self.base_code or self.code} {self.name}"


class Base:
    """The base catalogue and the regions, ready to be asked again and again."""

    def __init__(
        self, items: Iterable[BaseItem], words: Vocabulary, regions: Regions, marks: dict[str, str]
    ) -> None:
        self.items = {item.code: item for item in items}
        self.names = Names({code: item.name for code, item in self.items.items()}, words)
        self.regions, self.marks = regions, marks
        self._by_code = {item.code: item.code for item in self.items.values()}
        self._by_code |= {item.base_code: item.code for item in self.items.values() if item.base_code}

    def by_code(self, code: str) -> BaseItem | None:
        """Return the item with this base code, or with this code of the catalogue."""
        return self.items.get(self._by_code.get(code, ""))

    def get(self, code: str) -> BaseItem | None:
        """Return the item with this code of the catalogue."""
        return self.items.get(code)

    @property
    def mark(self) -> str:
        """What tells this state of the whole base from every other."""
        return whole(self.marks)


def mark(*said: object) -> str:
    """Return what tells this from everything else that could be said."""
    return hashlib.sha256(repr(said).encode()).hexdigest()


def whole(marks: Mapping[str, str]) -> str:
    """Return what tells all items together, with their marks, from any other state of the base."""
    return mark(sorted(marks.items()))
