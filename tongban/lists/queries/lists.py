"""Lists, batches and entries as pages show them, on any day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from tongban.catalogue import queries as catalogue
from tongban.lib.actors import Actor
from tongban.lib.refusals import Missing
from tongban.lib.texts import Text
from tongban.lists import access
from tongban.lists.models import Batch, Change, Entry, List, Proof, Standing
from tongban.lists.queries import passed
from tongban.lists.queries.standing import on, standing_on
from tongban.lists.rules.says import Difference, Says, differences
from tongban.lists.rules.words import OPEN, Kind

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as a list shows it on a day.

    :param passed: how many pairs of places it was proved between, as far apart as the list reaches
    :param stopped: `suspended` or `ended` where its item can't be applied for on the day; it's open nowhere then
    """

    entry: UUID
    item: str
    name: Text
    says: Says
    batch: Batch
    deadline: date | None
    since: date
    until: date | None
    number: int
    passed: int
    open_here: bool
    stopped: str
    late: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `after` leads to the next."""

    rows: list[Row]
    after: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader wants of a list; empty words ask for everything."""

    theme: str = ""
    items: tuple[str, ...] | None = None
    subject: str = ""
    department: str = ""
    mode: str = ""
    batch: str = ""
    place: str = ""


def lists() -> list[List]:
    """Return the lists in their order."""
    return list(List.objects.select_related("within").order_by("position"))


def one(code: str) -> List:
    """Return a list with the one around it.

    :raises Missing: if there is none
    """
    found = List.objects.select_related("within").filter(code=code).first()
    if found is None:
        raise Missing
    return found


def as_on(code: str, day: date, wanted: Filter | None = None, *, after: str = "", limit: int = PAGE) -> Page:
    """Return a list as it stood on a day, by item, `limit` entries after an item."""
    wanted = wanted or Filter()
    rows = _narrowed(standing_on(code, day), wanted)
    found = list(rows.filter(item__gt=after)[: limit + 1] if after else rows[: limit + 1])
    more = found[limit - 1].item_id if len(found) > limit else ""
    return Page(_rows(code, found[:limit], day, wanted.place), more)


def _narrowed(rows: QuerySet[Standing], wanted: Filter) -> QuerySet[Standing]:
    asked: Mapping[str, Any] = {
        "item__theme": wanted.theme,
        "item__subjects__contains": wanted.subject,
        "says__unit__zh": wanted.department,
        "says__modes__contains": wanted.mode,
        "batch": wanted.batch,
    }
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    return rows if wanted.items is None else rows.filter(item__in=wanted.items)


def _rows(code: str, found: list[Standing], day: date, place: str) -> list[Row]:
    items = {row.item_id for row in found}
    named = catalogue.named(items, day)
    stopped = {item: stands.state for item, (_name, stands) in named.items() if not stands.is_open}
    pairs = passed.pairs(code, items - stopped.keys(), day)
    here = passed.at(code, items - stopped.keys(), day, place) if place else set()
    return [
        Row(
            entry=row.entry_id,
            item=row.item_id,
            name=named[row.item_id][0],
            says=Says.of(row.says),
            batch=row.batch,
            deadline=row.deadline or row.batch.deadline,
            since=row.valid_from,
            until=row.valid_until,
            number=row.number,
            passed=pairs.get(row.item_id, 0),
            open_here=row.item_id in here,
            stopped=stopped.get(row.item_id, ""),
            late=_late(row, day) and not pairs.get(row.item_id) and row.item_id not in stopped,
        )
        for row in found
    ]


def _late(row: Standing, day: date) -> bool:
    """Return whether the day by which the entry should be open is past."""
    due = row.deadline or row.batch.deadline
    return due is not None and due < day


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch with how many entries stand in it, and how many of them are open somewhere."""

    batch: Batch
    entries: int
    open: int
    late: bool


def batches(code: str, day: date) -> list[BatchRow]:
    """Return a list's batches, the first due first."""
    standing = dict(standing_on(code, day).order_by().values_list("batch").annotate(Count("id")))
    proved = passed.proofs(code, day).values("item")
    found = standing_on(code, day).order_by().filter(item__in=proved)
    opened = dict(found.values_list("batch").annotate(Count("id")))
    return [
        BatchRow(
            batch=row,
            entries=standing.get(row.code, 0),
            open=opened.get(row.code, 0),
            late=bool(row.deadline and row.deadline < day)
            and opened.get(row.code, 0) < standing.get(row.code, 0),
        )
        for row in batches_of(code)
    ]


def batches_of(code: str) -> list[Batch]:
    """Return a list's batches without their figures, the first due first."""
    return sorted(Batch.objects.filter(list=code), key=lambda row: (row.deadline or date.max, row.code))


def batch_names() -> dict[str, Text]:
    """Return what the batches are called, by code."""
    return {row.code: row.title for row in Batch.objects.all()}


def states(code: str) -> list[date]:
    """Return the days on which a list changed, the last first."""
    rows = Standing.objects.filter(list=code)
    began = set(rows.values_list("valid_from", flat=True))
    ended = set(rows.filter(valid_until__isnull=False).values_list("valid_until", flat=True))
    return sorted({day for day in began | ended if day}, reverse=True)


def departments(code: str, day: date) -> list[Text]:
    """Return the units that are responsible for something on a list on a day."""
    rows = standing_on(code, day).order_by().values_list("says__unit", flat=True).distinct()
    return sorted((Text.of(unit) for unit in rows), key=lambda unit: unit.zh)


@dataclass(frozen=True, slots=True)
class Version:
    """One published version of an entry, with what it says otherwise than the one before."""

    number: int
    since: date
    until: date | None
    says: Says
    change: Change | None
    differs: list[Difference]


@dataclass(frozen=True, slots=True)
class EntryFile:
    """An entry with all that was ever said of it, the newest first."""

    entry: Entry
    name: Text
    versions: list[Version]
    changes: list[Change]
    open: Change | None
    proofs: list[Proof]
    on_others: list[Listing]

    @property
    def stands(self) -> Version | None:
        """The newest version, if it has no end."""
        newest = self.versions[0] if self.versions else None
        return newest if newest and newest.until is None else None


@dataclass(frozen=True, slots=True)
class Listing:
    """Whether an entry's item stands on another list."""

    list: List
    stands: bool


def entry(entry_id: UUID, day: date) -> EntryFile:
    """Return an entry with its versions and changes.

    :raises Missing: if there is none
    """
    found = Entry.objects.select_related("list__within").filter(pk=entry_id).first()
    if found is None:
        raise Missing
    changes = list(found.changes.order_by("-proposed_at", "-id")[:PAGE])
    standing = set(Standing.objects.filter(on(day), item=found.item_id).values_list("list", flat=True))
    proofs = Proof.objects.filter(item=found.item_id).select_related("receiver", "decider")
    return EntryFile(
        entry=found,
        name=catalogue.item_names({found.item_id})[found.item_id],
        versions=_versions(found),
        changes=changes,
        open=next((change for change in changes if change.state in OPEN), None),
        proofs=list(proofs.order_by("-day", "id")[:PAGE]),
        on_others=[Listing(each, each.code in standing) for each in lists() if each.code != found.list_id],
    )


def _versions(found: Entry) -> list[Version]:
    rows = list(found.standings.select_related("change").order_by("number"))
    before: Says | None = None
    versions = []
    for row in rows:
        said = Says.of(row.says)
        differs = differences(before, said) if before else []
        versions.append(Version(row.number, row.valid_from, row.valid_until, said, row.change, differs))
        before = said
    return versions[::-1]


def change(change_id: UUID) -> tuple[Change, list[Difference]]:
    """Return a change with what it says otherwise than what stands.

    :raises Missing: if there is none
    """
    found = Change.objects.select_related("entry__list__within").filter(pk=change_id).first()
    if found is None:
        raise Missing
    last = found.entry.standings.order_by("-number").first()
    before = Says.of(last.says) if last and found.kind != Kind.LIST else None
    return found, differences(before, Says.of(found.says) if found.says else None)


def under_way(by: Actor, limit: int = PAGE) -> list[Change]:
    """Return the changes that wait for a step, the oldest first; nothing for who has no part in it."""
    if not access.knows(by):
        return []
    rows = Change.objects.filter(state__in=OPEN).select_related("entry__list")
    return list(rows.order_by("proposed_at", "id")[:limit])


def entry_id(code: str, item: str) -> UUID | None:
    """Return the entry of an item on a list, if it was ever proposed there."""
    return Entry.objects.filter(list=code, item=item).values_list("id", flat=True).first()


def entry_of(code: str, item: str, day: date) -> Says:
    """Return what a list says of an item on a day.

    :raises Missing: if it doesn't stand there
    """
    found = standing_on(code, day).filter(item=item).first()
    if found is None:
        raise Missing
    return Says.of(found.says)
