"""Which items stand on which list on which days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import Count, Q, QuerySet

from tongban.catalogue import queries as catalogue
from tongban.lib.texts import Text
from tongban.lists.models import LifeEvent, Standing
from tongban.lists.rules.says import Says
from tongban.lists.rules.where import Listed


def on(day: date) -> Q:
    """Return the condition that a standing holds on a day."""
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gt=day))


def standing_on(list_code: str, day: date) -> QuerySet[Standing]:
    """Return what stood on a list on a day: one statement, whatever was published since."""
    return Standing.objects.filter(on(day), list=list_code).select_related("batch").order_by("item")


def by_theme(list_code: str, day: date) -> dict[str, int]:
    """Return how many items of each theme stand on a list on a day; themes without any are left out."""
    rows = standing_on(list_code, day).order_by().values_list("item__theme")
    return dict(rows.annotate(Count("id")))


def stands_from(list_code: str, item: str, day: date, *, ever: bool = False) -> bool:
    """Return whether an item stands on a list from a day on without an end; `ever` asks for no day."""
    lasting = Standing.objects.filter(list=list_code, item=item, valid_until__isnull=True)
    if ever:
        return lasting.exists()
    with connection.cursor() as cursor:
        cursor.execute(_LASTS, [day, list_code, item])
        row = cursor.fetchone()
    return bool(row and row[0])


_LASTS = (
    "SELECT coalesce(range_agg(daterange(valid_from, valid_until)) @> daterange(%s::date, NULL), false)"
    " FROM lists_standing WHERE list_id = %s AND item_id = %s"
)


def stands_until_after(list_code: str, item: str, day: date) -> bool:
    """Return whether an item still stands on a list on a day, or will later."""
    later = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    return Standing.objects.filter(later, list=list_code, item=item).exists()


def is_item(code: str) -> bool:
    """Return whether there is such an item."""
    return bool(catalogue.item_names({code}))


def listed(item: str, day: date) -> tuple[Listed, ...]:
    """Return the lists on which an item stands on a day, the innermost first."""
    rows = Standing.objects.filter(on(day), item=item).select_related("list").order_by("list__position")
    return tuple(_listed(row) for row in rows)


def _listed(row: Standing) -> Listed:
    said = Says.of(row.says)
    return Listed(
        list=row.list_id,
        name=Text.of(row.list.name),
        reach=row.list.reach,
        modes=said.modes,
        direction=said.direction,
        since=row.valid_from,
        until=row.valid_until,
    )


def listed_items(day: date, items: Iterable[str] = ()) -> dict[str, list[Listed]]:
    """Return what stands on any list on a day, by item, in one statement."""
    rows = Standing.objects.filter(on(day)).select_related("list")
    wanted = list(items)
    found: dict[str, list[Listed]] = {}
    for row in rows.filter(item__in=wanted) if wanted else rows:
        found.setdefault(row.item_id, []).append(_listed(row))
    return found


def modes(item: str, day: date) -> frozenset[str]:
    """Return how the lists say on a day that an item is handled: online, counter, window or joint."""
    rows = Standing.objects.filter(on(day), item=item).values_list("says__modes", flat=True)
    return frozenset(mode for said in rows for mode in said or ())


def version() -> str:
    """Return what is another text after every change of what stands on a list or of a scope for all items."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        row = cursor.fetchone()
    return str(row[0]) if row else ""


_VERSION = (
    "SELECT (SELECT concat_ws(':', count(*), sum(xmin::text::bigint), sum(cmin::text::bigint))"
    " FROM lists_standing) || '/' || "
    "(SELECT concat_ws(':', count(*), sum(xmin::text::bigint), sum(cmin::text::bigint)) FROM lists_policy)"
)


def life_events() -> list[LifeEvent]:
    """Return the events of a life or a business by which items are found, in their order."""
    return list(LifeEvent.objects.order_by("position"))
