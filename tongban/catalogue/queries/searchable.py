"""What a search of items is made of, and by what one sees that it has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.fields.json import KeyTextTransform

from tongban.catalogue.models import Implementation, Item, Revision
from tongban.catalogue.queries.items import Found, search

EVERY = 100_000

searchable_version_sql = (
    "(SELECT concat_ws(':', count(*), sum(xmin::text::bigint), sum(cmin::text::bigint)) FROM catalogue_item)"
    " || '/' || "
    "(SELECT concat_ws(':', count(*), sum(xmin::text::bigint), sum(cmin::text::bigint)) FROM catalogue_revision)"
    " || '/' || "
    "(SELECT concat_ws(':', count(*), max(finished_at)) FROM catalogue_importedlist WHERE state = 'done')"
)
"""A scalar expression that is another one after every change of an item or a revision, whoever made it, and after
every import of a list: nothing else writes implementations, of which there are too many to look at each."""

MOST_LOCAL = 12
"""Names of its places' own by which an item is found: those that most places use."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """An item with all its texts.

    :param codes: its own code first, then that of the national list's row that it completes, then of those it replaced
    :param aliases: what else it's called, and what those were called that it replaced
    :param local: names under which places list it, where they differ from its own, the most usual first
    :param presence: whether a law wants somebody to come
    :param texts: names of its materials, its conditions, and its result
    """

    found: Found
    theme: str
    codes: tuple[str, ...]
    aliases: tuple[str, ...]
    local: tuple[str, ...]
    texts: tuple[str, ...]
    decided_by: str
    decided_level: str
    procedure: str
    presence: bool


def searchable(day: date) -> list[Searchable]:
    """Return every item with its texts, in the order of a search without words."""
    kept = ("code", "theme_id", "words", "entry")
    rows = {row[0]: dict(zip(kept, row, strict=True)) for row in Item.objects.values_list(*kept)}
    contents, local = _contents(day), _local()
    found = {
        each.code: _searchable(
            each, rows[each.code], contents.get(each.code, {}), local.get(each.code, Counter())
        )
        for each in search("", day, limit=EVERY)
    }
    for code, gone in _replaced(day):
        if code in found:
            found[code] = _with(found[code], rows[gone], contents.get(gone, {}))
    return list(found.values())


def _replaced(day: date) -> list[tuple[str, str]]:
    """Return the items that have ended, each after one by which it was replaced."""
    rows = Item.objects.filter(ended_on__lte=day, replaced_by__isnull=False).order_by("code")
    return list(rows.values_list("replaced_by", "code"))


def _with(item: Searchable, row: dict[str, Any], content: dict[str, Any]) -> Searchable:
    """Return an item with what people who look for one that it replaced may type."""
    return replace(
        item,
        codes=tuple(dict.fromkeys((*item.codes, *_codes(row, content)))),
        aliases=tuple(dict.fromkeys((*item.aliases, *_lines(row)))),
    )


def _codes(row: dict[str, Any], content: dict[str, Any]) -> Iterator[str]:
    yield from filter(None, (row["code"], content.get("national_code"), (row["entry"] or {}).get("code")))


def _lines(row: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(line for line in row["words"].split("\n") if not line.isascii()))


def _contents(day: date) -> dict[str, Any]:
    current = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    rows = Revision.objects.filter(current, valid_from__lte=day).order_by("number")
    return dict(rows.values_list("item_id", "content"))


def _local() -> dict[str, Counter[str]]:
    """Return the names under which places list an item, with how many of them do."""
    found: dict[str, Counter[str]] = {}
    for name in (KeyTextTransform("name", "reported"), F("handling_name")):
        rows = Implementation.objects.order_by().annotate(said=name).exclude(said="").exclude(said=None)
        for item, said, times in rows.values_list("item", "said").annotate(times=Count("id")):
            found.setdefault(item, Counter())[said.strip()] += times
    return found


def _most_usual(names: Counter[str], but: str) -> tuple[str, ...]:
    best = sorted((-times, name) for name, times in names.items() if name and name != but)
    return tuple(name for _times, name in best[:MOST_LOCAL])


def _searchable(
    found: Found, row: dict[str, Any], content: dict[str, Any], local: Counter[str]
) -> Searchable:
    if subjects := content.get("subjects"):
        # Who may apply is what the revision in force says; the item keeps what it was loaded with.
        found = replace(found, subjects=tuple(subjects))
    return Searchable(
        found=found,
        theme=row["theme_id"],
        codes=tuple(dict.fromkeys(_codes(row, content))),
        aliases=tuple(line for line in _lines(row) if line != found.name.zh.lower()),
        local=_most_usual(local, found.name.zh),
        texts=tuple(dict.fromkeys(_texts(content))),
        decided_by=content.get("decided_by", ""),
        decided_level=content.get("decided_level", ""),
        procedure=content.get("procedure", {}).get("code", ""),
        presence=bool(content.get("presence")),
    )


def _texts(content: dict[str, Any]) -> Iterator[str]:
    for each in content.get("materials", ()):
        yield each["name"]["zh"]
    for each in content.get("conditions", ()):
        yield each["zh"]
    if result := content.get("result"):
        yield result["name"]["zh"]
