"""The base that lists are held against, on a day, and which items' implementations were held against another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from tongban.catalogue.models import Comparison, Item, Revision
from tongban.catalogue.queries.items import current_revisions, standing_of
from tongban.catalogue.rules.conformance_base import CHECKS, Base, BaseItem, mark, whole
from tongban.catalogue.rules.conformance_basis import laws_of
from tongban.catalogue.rules.conformance_regions import Region, Regions
from tongban.catalogue.rules.mapping import DATA, Vocabulary, vocabulary
from tongban.places import queries as places
from tongban.places.rules import Kind


@dataclass(frozen=True, slots=True)
class _Read:
    """What is read of the base at once: items, the key of each one's revision in force, who replaced whom."""

    items: list[Item]
    keys: Mapping[str, str]
    replaced_by: Mapping[str, tuple[str, ...]]
    regions: Regions
    day: date

    def marks(self) -> dict[str, str]:
        """Return for each item what tells the base that its implementations are held against from every other.

        A name can be taken for another item's, so that the names of all belong to it.
        """
        names = [(item.code, item.base_code, item.name["zh"]) for item in self.items]
        shared = mark(CHECKS, _words_mark(), self.regions.mark, names)
        return {item.code: mark(shared, *self._said(item)) for item in self.items}

    def _said(self, item: Item) -> tuple[object, ...]:
        stands = standing_of(item, self.day)
        successors = self.replaced_by.get(item.code, ()) if stands.state == "ended" else ()
        revision = self.keys.get(item.code, "")
        return (item.code, item.type, revision, stands.state, stands.since, stands.until, successors)


def base(day: date, only: Collection[str] | None = None) -> Base:
    """Return the base catalogue as it stands on a day: names, codes, types, levels, and the laws of each item.

    :param only: the items of which more than name and code is needed; all if left out
    """
    words, read = vocabulary(), _read(day)
    keys = [key for item, key in read.keys.items() if only is None or item in only]
    contents = dict(Revision.objects.filter(pk__in=keys).values_list("item_id", "content"))
    titles = {item.code: f"{item.base_code or item.code} {item.name['zh']}" for item in read.items}
    items = [_base_item(item, contents.get(item.code, {}), words, read, titles) for item in read.items]
    return Base(items, words, read.regions, read.marks())


def marks(day: date) -> dict[str, str]:
    """Return for each item what tells the base on this day from every other, at the price of some small statements."""
    return _read(day).marks()


def mark_of_all(day: date) -> str:
    """Return what tells the whole base on this day from every other."""
    return whole(marks(day))


def outdated(day: date) -> set[str]:
    """Return the items whose implementations were last held against something else than what holds on the day."""
    known = dict(Comparison.objects.values_list("item_id", "mark"))
    if not known:
        return set()
    now = marks(day)
    return {item for item, kept in known.items() if kept != now.get(item)}


def _read(day: date) -> _Read:
    wanted = (
        "code",
        "base_code",
        "name",
        "type",
        "suspended_on",
        "suspended_until",
        "ended_on",
        "stopped_because",
        "ended_because",
    )
    items = list(Item.objects.only(*wanted).order_by("code"))
    return _Read(items, current_revisions(day), _replaced(), regions(day), day)


def _replaced() -> dict[str, tuple[str, ...]]:
    rows = Item.replaced_by.through.objects.values_list("from_item_id", "to_item_id")
    found: dict[str, tuple[str, ...]] = {}
    for before, after in sorted(rows):
        found[before] = (*found.get(before, ()), after)
    return found


def regions(day: date) -> Regions:
    """Return the regions as they stand on a day."""
    return _regions(places.directory_version(), day)


@lru_cache(maxsize=2)
def _regions(version: int, day: date) -> Regions:
    return Regions(map(_region, places.directory(version).places.values()), day)


def _region(place: Any) -> Region:
    return Region(
        code=place.code,
        name=place.name.zh,
        level=str(place.level),
        zone=place.kind == Kind.ZONE,
        since=place.since,
        until=place.until,
        successor=place.successor,
    )


def _base_item(
    item: Item, content: Mapping[str, Any], words: Vocabulary, read: _Read, titles: Mapping[str, str]
) -> BaseItem:
    level, stands = content.get("decided_level", ""), standing_of(item, read.day)
    return BaseItem(
        code=item.code,
        base_code=item.base_code,
        name=item.name["zh"],
        type=item.type,
        levels=(level,) if level in words.level_names else (),
        laws=laws_of(content.get("basis", ()), _editions(), words),
        state=stands.state,
        since=stands.since,
        until=stands.until,
        successors=tuple(titles[code] for code in read.replaced_by.get(item.code, ())),
    )


@lru_cache(maxsize=1)
def _editions() -> dict[str, str]:
    laws = json.loads((DATA / "laws.json").read_text(encoding="utf-8"))
    return {code: law["edition"] for code, law in laws.items()}


@lru_cache(maxsize=1)
def _words_mark() -> str:
    """Return what tells the words and the editions of laws that come with Tongban from those of another version."""
    files: Iterable[str] = ("implementations/vocabulary.json", "laws.json")
    return hashlib.sha256(b"".join((DATA / name).read_bytes() for name in files)).hexdigest()
