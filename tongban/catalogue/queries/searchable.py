"""What a search of items is made of, and by what one sees that it has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

from tongban.catalogue.models import Item, Revision
from tongban.catalogue.queries.items import Found, search

EVERY = 100_000

searchable_version_sql = (
    "(SELECT concat_ws(':', count(*), sum(xmin::text::bigint), sum(cmin::text::bigint)) FROM catalogue_item)"
    " || '/' || "
    "(SELECT concat_ws(':', count(*), sum(xmin::text::bigint), sum(cmin::text::bigint)) FROM catalogue_revision)"
)
"""A scalar expression that is another one after every change of an item or a revision, whoever made it."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """An item with all its texts.

    :param codes: its own code first, then that of the national list's row that it completes
    :param texts: names of its materials, its conditions, and its result
    """

    found: Found
    theme: str
    codes: tuple[str, ...]
    aliases: tuple[str, ...]
    texts: tuple[str, ...]


def searchable(day: date) -> list[Searchable]:
    """Return every item with its texts, in the order of a search without words."""
    kept = ("code", "theme_id", "words", "entry")
    rows = {row[0]: dict(zip(kept, row, strict=True)) for row in Item.objects.values_list(*kept)}
    contents = _contents(day)
    return [
        _searchable(each, rows[each.code], contents.get(each.code, {}))
        for each in search("", day, limit=EVERY)
    ]


def _contents(day: date) -> dict[str, Any]:
    current = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    rows = Revision.objects.filter(current, valid_from__lte=day).order_by("number")
    return dict(rows.values_list("item_id", "content"))


def _searchable(found: Found, row: dict[str, Any], content: dict[str, Any]) -> Searchable:
    known = (content.get("national_code", ""), (row["entry"] or {}).get("code", ""))
    lines = dict.fromkeys(line for line in row["words"].split("\n") if not line.isascii())
    if subjects := content.get("subjects"):
        # Who may apply is what the revision in force says; the item keeps what it was loaded with.
        found = replace(found, subjects=tuple(subjects))
    return Searchable(
        found=found,
        theme=row["theme_id"],
        codes=tuple(dict.fromkeys(filter(None, (found.code, *known)))),
        aliases=tuple(line for line in lines if line != found.name.zh.lower()),
        texts=tuple(dict.fromkeys(_texts(content))),
    )


def _texts(content: dict[str, Any]) -> Iterator[str]:
    for each in content.get("materials", ()):
        yield each["name"]["zh"]
    for each in content.get("conditions", ()):
        yield each["zh"]
    if result := content.get("result"):
        yield result["name"]["zh"]
