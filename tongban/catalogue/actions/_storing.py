"""Writing a checked list: all of it or nothing, and nothing that is there already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import orjson
from django.db import transaction

from tongban.catalogue.actions import _checking, comparing
from tongban.catalogue.models import Implementation, ImportedList, Origin
from tongban.catalogue.rules.conformance import Checked
from tongban.catalogue.rules.conformance_lines import Deviation
from tongban.catalogue.rules.mapping import FACTS, REPORTED
from tongban.files.rules.tables import Table
from tongban.lib import copies
from tongban.lib.ids import new_ids
from tongban.trail import actions as trail

Tell = Callable[[int, int], None]
_OWN = ("code", "handling", "handling_name", "body_code", "body", "region", "unit")
_COLUMNS = (
    "id",
    "origin",
    "list",
    *_OWN,
    "item",
    "level",
    "facts",
    "reported",
    "deviations",
    "deviates",
    "worst",
    "row",
    "valid_from",
    "digest",
)
_AS_REPORTED = (*REPORTED, "level")


def store(row: ImportedList, table: Table, at: datetime, tell: Tell | None) -> None:
    """Import a confirmed list in one transaction, checked anew: the base may have changed since the dry run.

    If that brings new errors, nothing is written and the list stands as checked again.
    """
    found = _checking.examine(row, table, at, tell)
    good = found.good
    if len(found.rows) - len(good) != row.counts["errors"] or not good:
        _checking.report(row, found)
        return
    with transaction.atomic():
        # One import of a source after the other: the second finds what the first wrote.
        Origin.objects.select_for_update().get(pk=row.origin_id)
        held = comparing.hold({each.verdict.item for each in good})
        plan = list(_checking.compared(row, good))
        _write(row, plan)
        comparing.compared(held, found.marks, at)
        number = {what: sum(each[0] == what for each in plan) for what in ("created", "changed", "skipped")}
        row.counts = {**row.counts, **number, "left_out": len(found.rows) - len(good)}
        row.state, row.done, row.finished_at, row.claimed_at = "done", row.total, at, None
        trail.record([_entry(row, at)])
        row.save()


def _write(row: ImportedList, plan: Sequence[tuple[str, Checked, str, _checking.Known | None]]) -> None:
    made = _Made(row)
    created = [(each, digest) for what, each, digest, _ in plan if what == "created"]
    ids = new_ids(len(created))
    copies.insert(
        Implementation,
        _COLUMNS,
        (made.values(key, each, digest, None) for key, (each, digest) in zip(ids, created, strict=True)),
    )
    changed = [
        made.values(there[0], each, digest, there)
        for what, each, digest, there in plan
        if what == "changed" and there
    ]
    if changed:
        copies.update(Implementation, _COLUMNS, changed)


class _Made:
    """Makes rows of implementations; what many of them share is put into words once."""

    def __init__(self, row: ImportedList) -> None:
        self._origin, self._list = str(row.origin_id), str(row.id)
        self._since = str(row.valid_from)
        self._facts = [name for name in FACTS if name in row.columns]
        self._shared: dict[int, tuple[str, str, str]] = {}

    def values(self, key: Any, each: Checked, digest: str, there: _checking.Known | None) -> tuple[Any, ...]:
        """Return a row's values, in the order of its columns; what belongs to the base is only reported."""
        said, verdict = each.line.values, each.verdict
        day = each.valid_from or (there[2] if there else self._since)
        facts = {name: said[name] for name in self._facts if said[name]}
        reported, deviations, deviates = self._said(each)
        return (
            str(key),
            self._origin,
            self._list,
            *[said.get(name, "") for name in _OWN],
            verdict.item,
            verdict.level,
            orjson.dumps(facts).decode() if facts else "{}",
            reported,
            deviations,
            deviates,
            int(each.worst),
            each.line.row,
            str(day),
            digest,
        )

    def _said(self, each: Checked) -> tuple[str, str, str]:
        """Return what was reported and in what it deviates, as the columns keep it."""
        found = self._shared.get(id(each.verdict))
        if found is None:
            said = each.line.values
            reported = {name: said[name] for name in _AS_REPORTED if said.get(name)}
            found = (orjson.dumps(reported).decode(), *kept(each.verdict.deviations))
            self._shared[id(each.verdict)] = found
        return (found[0], *kept(each.deviations)) if each.own else found


def kept(deviations: Iterable[Deviation]) -> tuple[str, str]:
    """Return deviations, and their codes alone, as the columns of an implementation keep them."""
    told = [
        {"code": each.code, "field": each.field, "found": each.found, "base": each.base}
        for each in deviations
    ]
    codes = sorted({each["code"] for each in told})
    return orjson.dumps(told).decode(), f"{{{','.join(codes)}}}"


def _entry(row: ImportedList, at: datetime) -> trail.Entry:
    numbers = {name: row.counts[name] for name in ("created", "changed", "skipped", "left_out")}
    return trail.entry(
        "catalogue.list.import",
        f"list:{row.id}",
        actor=row.by,
        at=at,
        origin=row.origin_id,
        file=row.file,
        **numbers,
    )
