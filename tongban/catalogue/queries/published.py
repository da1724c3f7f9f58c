"""What the catalogue publishes: every item with its limits, its revisions, and what changed last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from tongban.catalogue import models
from tongban.catalogue.models import Item, Revision
from tongban.catalogue.queries.items import Edition, edition
from tongban.catalogue.rules.proposing import standing
from tongban.lib.refusals import Missing
from tongban.lib.texts import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as it's published in a table; of one known by name only, or no more, `number` is 0.

    :param standing: open, suspended or ended
    """

    code: str
    name: Text
    theme: str
    theme_name: Text
    department: Text
    subjects: str
    illustrative: bool
    number: int
    since: date | None
    limits: Mapping[str, Any]
    fee: str
    standing: str


@dataclass(frozen=True, slots=True)
class Change:
    """What changed with an item on a day: a revision came into force, or it was suspended, resumed, or ended.

    :param kind: revision, suspend, resume, end, split or merge
    :param number: of the revision, 0 of a change of standing
    """

    item: str
    name: Text
    number: int
    since: date
    kind: str = "revision"


def everything(day: date) -> list[Entry]:
    """Return all items by code, each with its revision in force, in two statements."""
    current = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    rows = Revision.objects.filter(current, valid_from__lte=day).order_by("number")
    names = ("number", "valid_from", "content__limits", "content__fee__amount_cny", "content__subjects")
    rules = {item: rest for item, *rest in rows.values_list("item_id", *names)}
    columns = ("code", "name", "theme_id", "theme__name", "department", "subjects", "illustrative")
    days = ("suspended_on", "suspended_until", "ended_on")
    return [
        _entry(tuple(row), rules.get(row[0], _NO_RULE), standing(day, since, until, ended, Text("")).state)
        for *row, since, until, ended in Item.objects.order_by("code").values_list(*columns, *days)
    ]


_NO_RULE: list[Any] = [0, None, {}, "", []]


def _entry(row: tuple[Any, ...], rule: list[Any], stands: str) -> Entry:
    code, name, theme, theme_name, department, subjects, illustrative = row
    rule = _NO_RULE if stands == "ended" else rule
    number, since, limits, fee, whose = rule
    return Entry(
        code=code,
        name=Text.of(name),
        theme=theme,
        theme_name=Text.of(theme_name),
        department=Text.of(department),
        subjects=",".join(whose) or subjects,
        illustrative=illustrative,
        number=number,
        since=since,
        limits=limits or {},
        fee=str(fee),
        standing=stands,
    )


_EVER = Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from"))
"""What picks the revisions that held on some day: one that was recalled never did."""


def editions(item: str, day: date) -> list[Edition]:
    """Return the revisions of an item that are or were in force on a day or before, the newest first.

    :raises Missing: if there is none
    """
    found = Revision.objects.filter(_EVER, item=item, valid_from__lte=day).order_by("-number")
    keys = list(found.values_list("key", flat=True))
    if not keys:
        raise Missing
    return [edition(key) for key in keys]


def changed(day: date, *, item: str = "", limit: int = 100) -> list[Change]:
    """Return what changed last, with all items or with one, the newest first: revisions in force, and standing."""
    only = {"item": item} if item else {}
    published = Revision.objects.filter(_EVER, valid_from__lte=day, **only)
    rows = published.order_by("-valid_from", "item_id", "-number").values_list(*_CHANGED, "number")
    revisions = [Change(code, Text.of(name), number, since) for code, name, since, number in rows[:limit]]
    decided = models.Change.objects.filter(valid_from__lte=day, state="published", **only).exclude(
        kind="recall"
    )
    stands = decided.order_by("-valid_from", "item_id", "-started_at").values_list(*_CHANGED, "kind")
    found = [Change(code, Text.of(name), 0, since, kind) for code, name, since, kind in stands[:limit]]
    return sorted((*found, *revisions), key=lambda each: each.since, reverse=True)[:limit]


_CHANGED = ("item_id", "item__name", "valid_from")
