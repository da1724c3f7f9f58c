"""What is known of local implementations: the base that lists are held against, lists on their way, deviations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from tongban.catalogue import access
from tongban.catalogue.models import Finding, Implementation, ImportedList, Item, Origin
from tongban.catalogue.rules.conformance_words import Severity
from tongban.files import queries as files
from tongban.files.rules.tables import Table
from tongban.lib.actors import Actor, Clerk
from tongban.lib.refusals import Missing
from tongban.lib.texts import Text
from tongban.places import queries as places

PAGE = 50
MOST = 100_000
"""So many rows an export has at most."""


def may_bring_in(by: Actor) -> bool:
    """Return whether the actor may bring in lists and packages."""
    return access.may_import(by)


def _theirs(by: Actor) -> Q:
    """Return what narrows lists and sources to those that the actor may touch."""
    if access.sees_every_list(by, places.directory_now()):
        return Q()
    return Q(body__in=by.bodies) if isinstance(by, Clerk) else Q(pk__in=[])


def latest_origin(by: Actor) -> Origin | None:
    """Return the source from which the actor's body brought in a list last."""
    return Origin.objects.filter(_theirs(by)).order_by("-updated_at").first()


def origin_named(name: str) -> Origin | None:
    """Return the source with this name, if its lists came in before."""
    return Origin.objects.filter(name=name).first()


def imported_list(list_id: UUID, by: Actor) -> ImportedList:
    """Return a list on its way.

    :raises NotAllowed: for who brings in no lists
    :raises Missing: if there is no such list, or it's another body's
    """
    found = ImportedList.objects.select_related("origin").filter(pk=list_id).first()
    if found is None:
        raise Missing
    access.require_list(by, found.body, places.directory_now())
    return found


def imported_lists(by: Actor, limit: int = PAGE) -> list[ImportedList]:
    """Return the actor's lists that came in last, the newest first."""
    return list(ImportedList.objects.select_related("origin").filter(_theirs(by)).order_by("-at")[:limit])


def table_of(row: ImportedList) -> Table:
    """Return what stands in a list, read as was chosen for it."""
    return files.table(row.file, row.sheet, row.encoding, row.separator)


def findings(list_id: UUID, *, after: tuple[int, int, int] | None = None, limit: int = PAGE) -> list[Finding]:
    """Return what was found in a list, the heaviest first, then by row.

    :param after: severity, row and id of the last one that was seen
    """
    rows = Finding.objects.filter(list=list_id).order_by("-severity", "row", "id")
    if after:
        severity, row, key = after
        later = Q(severity=severity) & (Q(row__gt=row) | Q(row=row, id__gt=key))
        rows = rows.filter(Q(severity__lt=severity) | later)
    return list(rows[:limit])


def every_finding(list_id: UUID) -> Iterator[Finding]:
    """Yield everything that was found in a list, row by row."""
    yield from Finding.objects.filter(list=list_id).order_by("row", "id").iterator()


def finding_counts(list_id: UUID) -> list[tuple[str, int, int]]:
    """Return which deviations a list has: code, severity and how often, the heaviest first."""
    rows = Finding.objects.filter(list=list_id).values_list("code", "severity").annotate(times=Count("id"))
    return sorted(rows, key=lambda each: (-each[1], -each[2], each[0]))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which implementations are looked at; what is empty doesn't narrow."""

    region: str = ""
    department: str = ""
    kind: str = ""
    severity: int = 0
    deviation: str = ""
    item: str = ""
    body: str = ""

    def rows(self) -> QuerySet[Implementation]:
        """Return the implementations that are wanted."""
        named = {
            "region__startswith": self.region,
            "item__type": self.kind,
            "worst__gte": self.severity,
            "deviates__contains": [self.deviation] if self.deviation else "",
            "item": self.item,
            "body_code": self.body,
            "item__department__zh": self.department,
        }
        return Implementation.objects.filter(**{name: value for name, value in named.items() if value})


@dataclass(frozen=True, slots=True)
class Sameness:
    """How the same an item or a body is: how many implementations, and how many deviate how much.

    `stale` are those about which nothing can be said yet, because the base has changed since they were held against it.
    """

    key: str
    name: str
    implementations: int
    others: int
    minor: int
    major: int
    stale: int


Stale = Collection[str]
"""The items of `queries.base.outdated`: what was found of their implementations isn't to be shown as current."""


def _weighed(stale: Stale) -> dict[str, Count]:
    old = Q(item__in=list(stale))
    return {
        "implementations": Count("id"),
        "minor": Count("id", filter=~old & Q(worst=Severity.MINOR)),
        "major": Count("id", filter=~old & Q(worst=Severity.MAJOR)),
        "stale": Count("id", filter=old),
    }


def by_item(wanted: Wanted, stale: Stale, *, after: str = "", limit: int = PAGE) -> list[Sameness]:
    """Return for each item with implementations how the same they are; `others` counts bodies."""
    rows = wanted.rows().values(key=F("item_id"), named=KeyTextTransform("zh", "item__name"))
    return _sameness(rows.annotate(others=Count("body_code", distinct=True), **_weighed(stale)), after, limit)


def by_body(wanted: Wanted, stale: Stale, *, after: str = "", limit: int = PAGE) -> list[Sameness]:
    """Return for each body how the same its implementations are; `others` counts items."""
    rows = wanted.rows().values(key=F("body_code"))
    counted = rows.annotate(named=Max("body"), others=Count("item", distinct=True), **_weighed(stale))
    return _sameness(counted, after, limit)


def _sameness(rows: Any, after: str, limit: int) -> list[Sameness]:
    later = rows.filter(key__gt=after) if after else rows
    return [
        Sameness(
            key=each["key"],
            name=each["named"],
            implementations=each["implementations"],
            others=each["others"],
            minor=each["minor"],
            major=each["major"],
            stale=each["stale"],
        )
        for each in later.order_by("key")[:limit]
    ]


def implementations(wanted: Wanted, *, after: UUID | None = None, limit: int = PAGE) -> list[Implementation]:
    """Return implementations with the items that they belong to, in the order in which they came."""
    rows = wanted.rows().select_related("item", "origin").order_by("id")
    return list((rows.filter(id__gt=after) if after else rows)[:limit])


def every_implementation(wanted: Wanted) -> Iterator[Implementation]:
    """Yield the implementations for an export."""
    yield from islice(
        wanted.rows().select_related("item", "origin").order_by("item_id", "body_code", "id").iterator(), MOST
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What implementations can be narrowed by."""

    departments: Sequence[str]
    kinds: Sequence[str]
    regions: Sequence[str]


def choices() -> Choices:
    """Return the departments, types and regions that implementations have."""
    rows = Implementation.objects.order_by()
    departments = rows.values_list(KeyTextTransform("zh", "item__department"), flat=True).distinct()
    return Choices(
        sorted(filter(None, departments)),
        sorted(filter(None, rows.values_list("item__type", flat=True).distinct())),
        sorted({region[:4] for region in rows.values_list("region", flat=True).distinct() if region}),
    )


def totals(stale: Stale) -> Sameness:
    """Return how the same all implementations are together."""
    found = Implementation.objects.aggregate(**_weighed(stale))
    return Sameness(key="", name="", others=0, **found)


def name_of(item: Item) -> Text:
    """Return the item's name, which its implementations can't change."""
    return Text.of(item.name)
