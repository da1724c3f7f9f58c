"""What people wanted in the last weeks of the demonstration: made-up counts, through the real action."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from tongban.lists.actions import demand
from tongban.lists.actions.demand import Wanted
from tongban.lists.rules.demand import Kind

_ITEMS = (
    (Kind.OPENED, "QG-008", "", 46),
    (Kind.WISHED, "QG-008", "360700", 9),
    (Kind.TURNED_AWAY, "QG-008", "360100", 3),
    (Kind.OPENED, "QG-045", "", 38),
    (Kind.WISHED, "QG-045", "360400", 6),
    (Kind.OPENED, "JX-P-0001", "", 61),
    (Kind.OPENED, "JX-P-0020", "360900", 33),
    (Kind.WISHED, "QG-052", "360700", 4),
    (Kind.OPENED, "QG-052", "", 21),
    (Kind.TURNED_AWAY, "QG-030", "361100", 2),
    (Kind.OPENED, "QG-030", "", 17),
)
_WORDS = (
    (Kind.NOTHING, "暂住证", 7),
    (Kind.NOTHING, "宠物证", 2),
    (Kind.SEARCHED, "身份证丢了", 11),
    (Kind.SEARCHED, "外地门诊报销", 5),
)


def make(at: datetime) -> None:
    """Count what was wanted, spread over some days."""
    today = timezone.localdate(at)
    for number, (kind, item, region, times) in enumerate(_ITEMS):
        for turn in range(times):
            day = today - timedelta((number + turn) % 21)
            demand.note(Wanted(day, region, kind, item=item))
    demand.write()
    for ago in range(9, 0, -1):
        for kind, query, times in _WORDS:
            for _ in range(times):
                demand.note(Wanted(today - timedelta(ago), "", kind, query=query))
        demand.write()
