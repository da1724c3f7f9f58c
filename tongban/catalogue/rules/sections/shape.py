"""What a section is: the columns of one object, of rows, or of rows below an object."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tongban.catalogue.rules.columns import Column, Wrong

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an item: the columns of its only object, or of each of its rows.

    :param where: the path in the content at which its rows stand; "" for an object whose columns name their paths
    :param keyed: whether rows stand in the content as a mapping from their code
    :param bare: whether a row is nothing but a text
    :param head: columns that stand once above the rows, each naming its path
    """

    code: str
    columns: tuple[Column, ...]
    where: str = ""
    keyed: bool = False
    bare: bool = False
    prefix: str = ""
    head: tuple[Column, ...] = ()

    @property
    def has_rows(self) -> bool:
        """Return whether it consists of rows."""
        return bool(self.where)


@dataclass(slots=True)
class Read:
    """What was read: the section's rows, what stands above them, and what is wrong by the name of its control."""

    rows: list[Json]
    wrong: dict[str, Wrong] = field(default_factory=dict)
    head: Json = field(default_factory=dict)
