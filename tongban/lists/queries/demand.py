"""What people want, ranked."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from tongban.catalogue import queries as catalogue
from tongban.lib.texts import Text
from tongban.lists.models import Demand
from tongban.lists.rules.demand import WEIGHTS, Kind

RECENT = 90


@dataclass(slots=True)
class Line:
    """Something wanted: an item by its code, or words for which there may be none."""

    item: str = ""
    query: str = ""
    name: Text = field(default_factory=lambda: Text(""))
    counts: dict[Kind, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def points(self) -> int:
        """Return how much it counts for the next batch."""
        return sum(WEIGHTS[kind] * count for kind, count in self.counts.items())

    @property
    def searched(self) -> int:
        """Return how often it was searched with something found."""
        return self.counts.get(Kind.SEARCHED, 0)

    @property
    def nothing(self) -> int:
        """Return how often it was searched and nothing was found."""
        return self.counts.get(Kind.NOTHING, 0)

    @property
    def opened(self) -> int:
        """Return how often its page was opened."""
        return self.counts.get(Kind.OPENED, 0)

    @property
    def wished(self) -> int:
        """Return how often somebody wished it could be done."""
        return self.counts.get(Kind.WISHED, 0)

    @property
    def refused(self) -> int:
        """Return how often somebody was turned away."""
        return self.counts.get(Kind.TURNED_AWAY, 0)


def weights(day: date) -> dict[str, float]:
    """Return how much each item was wanted of late, up to the day before, from 0 to 1."""
    rows = _between(day - timedelta(RECENT), day - timedelta(1)).exclude(item="")
    counts = {row["item"]: row["total"] for row in rows.values("item").annotate(total=Sum("count"))}
    most = math.log1p(max(counts.values(), default=0))
    return {item: math.log1p(count) / most for item, count in counts.items()} if most else {}


def _between(first: date, last: date, region: str = "") -> QuerySet[Demand]:
    rows = Demand.objects.filter(day__gte=first, day__lte=last)
    return rows.filter(region=region) if region else rows


def ranking(first: date, last: date, region: str = "", *, limit: int = 100) -> tuple[list[Line], list[Line]]:
    """Return the items and the words that were wanted between two days, at a place or anywhere, most wanted first."""
    items: dict[str, Line] = {}
    queries: dict[str, Line] = {}
    rows = _between(first, last, region).values("item", "query", "kind").annotate(total=Sum("count"))
    for row in rows:
        if row["item"]:
            items.setdefault(row["item"], Line(item=row["item"])).counts[Kind(row["kind"])] += row["total"]
        elif row["query"]:
            queries.setdefault(row["query"], Line(query=row["query"])).counts[Kind(row["kind"])] += row[
                "total"
            ]
    best = sorted(items.values(), key=lambda line: (-line.points, line.item))[:limit]
    names = catalogue.item_names({line.item for line in best})
    for line in best:
        line.name = names.get(line.item, Text(line.item))
    return best, sorted(queries.values(), key=lambda line: (-line.points, line.query))[:limit]


def regions() -> list[str]:
    """Return the places at which anything was wanted."""
    return sorted(Demand.objects.exclude(region="").values_list("region", flat=True).distinct())
