"""Writing a checked list: all of it or nothing, and nothing that is there already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from tongban.catalogue.actions import _checking
from tongban.catalogue.models import Implementation, ImportedList, Origin
from tongban.catalogue.rules.conformance_words import Severity
from tongban.files.rules.tables import Table
from tongban.lib import writes
from tongban.trail import actions as trail

Tell = Callable[[int, int], None]
_COLUMNS = (
    "item",
    "handling_name",
    "level",
    "body_code",
    "body",
    "region",
    "unit",
    "facts",
    "reported",
    "deviations",
    "deviates",
    "worst",
    "list",
    "row",
    "valid_from",
    "digest",
)


def store(row: ImportedList, table: Table, at: datetime, tell: Tell | None) -> None:
    """Import a confirmed list in one transaction, checked anew: the base may have changed since the dry run.

    If that brings new errors, nothing is written and the list stands as checked again.
    """
    checked = list(_checking.examine(row, table, at, tell))
    good = [each for each in checked if each.worst < Severity.ERROR]
    if len(checked) - len(good) != row.counts["errors"] or not good:
        _checking.report(row, checked)
        return
    with transaction.atomic():
        # One import of a source after the other: the second finds what the first wrote.
        Origin.objects.select_for_update().get(pk=row.origin_id)
        plan = _checking.sort(row, good)
        _write(plan.created, plan.changed)
        row.counts = {
            **row.counts,
            "created": len(plan.created),
            "changed": len(plan.changed),
            "skipped": plan.skipped,
            "left_out": len(checked) - len(good),
        }
        row.state, row.done, row.finished_at, row.claimed_at = "done", row.total, at, None
        trail.record([_entry(row, at)])
        row.save()


def _write(created: Sequence[Implementation], changed: Sequence[Implementation]) -> None:
    size = _checking.CHUNK
    for start in range(0, len(created), size):
        writes.run(writes.Insert(created[start : start + size]))
    for start in range(0, len(changed), size):
        writes.run(writes.Update(changed[start : start + size], _COLUMNS))


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
