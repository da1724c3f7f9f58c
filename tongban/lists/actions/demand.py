"""Counting what people want: gathered in the process, written together now and then by a thread of its own.

Nothing here is a step of a case, so nothing goes to the trail; see `docs/decisions/`.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection, transaction

from tongban.lib.personal import found_by
from tongban.lists.models import Demand, Heard
from tongban.lists.rules.demand import FORGOTTEN_AFTER, KEPT_AFTER, LONGEST, Kind
from tongban.places import queries as places

EVERY = 15.0
"""Seconds between two writes of a process; what it has counted since is lost if it is killed."""
MOST = 2_000
"""Different things that a process remembers; beyond, it stops counting until it has written."""


class Wanted(NamedTuple):
    """One thing that is counted."""

    day: date
    region: str
    kind: Kind
    item: str = ""
    query: str = ""


_gathered: Counter[Wanted] = Counter()
_lock = threading.Lock()
_tidied: list[date] = []


def note(wanted: Wanted) -> None:
    """Count one more, in the process only: a page that is asked for waits for no table."""
    with _lock:
        if wanted in _gathered or len(_gathered) < MOST:
            _gathered[wanted] += 1


def write() -> int:
    """Write everything gathered, in one transaction, and return how much there was."""
    with _lock:
        found = dict(_gathered)
        _gathered.clear()
    if found:
        with transaction.atomic():
            _tidy(max(wanted.day for wanted in found))
            _add(_with_words_kept(found))
    return sum(found.values())


def count(wanted: Wanted) -> None:
    """Count one more at once, within the caller's transaction: what somebody said, not only looked at."""
    with transaction.atomic():
        _add(_with_words_kept({wanted: 1}))


def turned_away(item: str, *, region: str, day: date) -> None:
    """Count that somebody could not do something at a window: nothing says more of what is wanted."""
    count(Wanted(day, places.city_or_itself(region), Kind.TURNED_AWAY, item=item))


_HEARD = (
    "INSERT INTO lists_heard AS h (key, days, last_day)"
    " SELECT decode(key, 'hex'), 1, day FROM json_to_recordset(%s) AS r(key text, day date) ORDER BY key"
    " ON CONFLICT (key) DO UPDATE SET days = h.days + (h.last_day < excluded.last_day)::int,"
    " last_day = greatest(h.last_day, excluded.last_day) RETURNING encode(key, 'hex'), days"
)
_ADD = (
    "INSERT INTO lists_demand AS d (day, region, kind, item, query, count)"
    " SELECT day, region, kind, item, query, count FROM json_to_recordset(%s)"
    " AS r(day date, region text, kind text, item text, query text, count int)"
    " ORDER BY day, region, kind, item, query"
    " ON CONFLICT (day, region, kind, item, query) DO UPDATE SET count = d.count + excluded.count"
)


def _with_words_kept(found: dict[Wanted, int]) -> Counter[Wanted]:
    """Return the counts without words that weren't yet searched on enough days."""
    heard = {wanted.query: wanted.day for wanted in found if wanted.query}
    keys = {found_by("demand", query).hex(): query for query in heard}
    kept = set()
    if keys:
        rows = json.dumps([{"key": key, "day": heard[query].isoformat()} for key, query in keys.items()])
        with connection.cursor() as cursor:
            cursor.execute(_HEARD, [rows])
            kept = {keys[key] for key, days in cursor.fetchall() if days >= KEPT_AFTER}
    counts: Counter[Wanted] = Counter()
    for wanted, number in found.items():
        query = wanted.query[:LONGEST] if wanted.query in kept else ""
        counts[wanted._replace(query=query)] += number
    return counts


def _add(counts: Counter[Wanted]) -> None:
    rows = [{**wanted._asdict(), "day": wanted.day.isoformat(), "count": n} for wanted, n in counts.items()]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [json.dumps(rows)])


def _tidy(day: date) -> None:
    """Forget once a day what nobody has repeated."""
    if _tidied != [day]:
        Heard.objects.filter(last_day__lt=day - timedelta(FORGOTTEN_AFTER)).delete()
        _tidied[:] = [day]


def clear() -> int:
    """Forget all counts: at the end of a test, or when a place starts anew."""
    with _lock:
        _gathered.clear()
    return Demand.objects.all().delete()[0]
