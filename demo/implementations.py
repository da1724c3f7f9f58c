"""Made-up local lists (实施清单) with some deviations, imported as a place would import them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from demo import people
from tongban.catalogue.actions import importing
from tongban.catalogue.queries import implementations as queries
from tongban.catalogue.rules import mapping
from tongban.files import queries as files

LISTS = Path(__file__).parent / "tables"
_NAMES = {
    "zhanggong": "（示例）章贡区实施清单",
    "lianxi": "（示例）濂溪区实施清单",
    "ganzhou": "（示例）赣州市实施清单",
    "town": "（示例）章贡区某镇实施清单",
}


def bring_in(at: datetime) -> None:
    """Import the lists through the steps that the pages take; a second time changes nothing."""
    for name, origin in _NAMES.items():
        with (LISTS / f"{name}.csv").open("rb") as file:
            row = importing.upload(file, f"{name}.csv", by=people.DEMO, at=at)
        head = files.table(row.file).rows[row.head - 1]
        importing.map_columns(
            row.id,
            columns=mapping.guess(head, mapping.vocabulary()),
            origin=origin,
            profile="gb39554",
            valid_from=people.SINCE,
            by=people.DEMO,
            at=at,
        )
        if queries.imported_list(row.id, people.DEMO).counts["rows"]:
            importing.confirm(row.id, by=people.DEMO, at=at)
