"""Holding implementations against the base anew where it says something else than when they came in.

Nobody has to tell that the base changed: each item's comparison bears the mark of what it was made with, and a
revision that comes into force by its day alone changes the mark as a publication does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from tongban.catalogue.models import Comparison, Implementation
from tongban.catalogue.queries import base as bases
from tongban.catalogue.rules import codes
from tongban.catalogue.rules.conformance import Checker
from tongban.catalogue.rules.conformance_base import Base, BaseItem
from tongban.catalogue.rules.conformance_lines import Deviation
from tongban.catalogue.rules.conformance_words import Severity
from tongban.catalogue.rules.mapping import vocabulary
from tongban.lib import writes

AT_ONCE = 2_000
"""After so many implementations the other background work has its turn."""
_ITEMS = 200


def renew(at: datetime, limit: int = AT_ONCE) -> int:
    """Hold the implementations of items about which the base has changed against it anew; return how many items.

    Safe to run twice and beside imports; what is left over is for the next time.
    """
    day = timezone.localdate(at)
    waiting = sorted(bases.outdated(day))[:_ITEMS]
    if not waiting:
        return 0
    base = bases.base(day, waiting)
    items = done = 0
    for code in waiting:
        if done >= limit:
            break
        done += _renew(base.items[code], base, at)
        items += 1
    return items


@transaction.atomic
def _renew(item: BaseItem, base: Base, at: datetime) -> int:
    """Find anew in what the implementations of one item deviate, and return how many there are."""
    row = Comparison.objects.select_for_update().get(pk=item.code)
    rows = list(Implementation.objects.filter(item=item.code).select_related("list").order_by("id"))
    checkers: dict[Any, Checker] = {}
    changed = []
    for each in rows:
        if each.list_id not in checkers:
            checkers[each.list_id] = _checker(base, each.list)
        if _judge(each, item, checkers[each.list_id]):
            changed.append(each)
    writes.run(writes.Update(changed, ("deviations", "deviates", "worst")))
    row.mark, row.at = base.marks[item.code], at
    row.save()
    return len(rows)


def _checker(base: Base, listed: Any) -> Checker:
    words = vocabulary()
    return Checker(base, codes.profiles(words)[listed.profile], words, listed.columns)


def _judge(row: Implementation, item: BaseItem, checker: Checker) -> bool:
    """Put into a row in what it deviates now, and return whether that is something else than before."""
    before = tuple(Deviation(**each) for each in row.deviations)
    level = vocabulary().level_names.get(row.level, "")
    said = {"level": level, **row.reported, "region": row.region}
    found = checker.again(item, said, before)
    if found == before:
        return False
    row.deviations = [
        {"code": each.code, "field": each.field, "found": each.found, "base": each.base} for each in found
    ]
    row.deviates = sorted({each.code for each in found})
    row.worst = int(max((each.severity for each in found), default=Severity.NONE))
    return True


def hold(items: Collection[str]) -> dict[str, str | None]:
    """Keep others from comparing these items until the transaction ends; return the mark each bore, None if it's new.

    In the order of their codes, so that two imports never wait for each other.
    """
    codes_ = sorted(items)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalogue_comparison (item_id, mark) SELECT code, '' FROM unnest(%s::text[]) AS code"
            " ORDER BY code ON CONFLICT DO NOTHING RETURNING item_id",
            [codes_],
        )
        new = {code for (code,) in cursor.fetchall()}
    rows = Comparison.objects.select_for_update().filter(pk__in=codes_).order_by("pk")
    return {row.item_id: None if row.item_id in new else row.mark for row in rows}


def compared(held: Mapping[str, str | None], marks: Mapping[str, str], at: datetime) -> None:
    """Say with which base an import compared: an item whose other implementations know another is compared anew."""
    rows: Iterable[Comparison] = (
        Comparison(item_id=item, mark=marks[item] if before in (None, marks[item]) else "", at=at)
        for item, before in held.items()
    )
    writes.run(writes.Update(list(rows), ("mark", "at")))
