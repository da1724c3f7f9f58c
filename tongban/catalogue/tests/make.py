"""Items from the data that comes with Tongban."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[3] / "data"


def content(slug: str = "food-business-licence") -> dict[str, Any]:
    """Return an item's content with its procedure and the titles of its laws put in, as a revision stores it."""
    procedures, laws = _json("procedures.json"), _json("laws.json")
    found: dict[str, Any] = _json(f"items/{slug}.json")
    found["procedure"] = {"code": found["procedure"], **procedures[found["procedure"]]}
    found["basis"] = [{**each, "title": laws[each["law"]]["title"]} for each in found["basis"]]
    if presence := found.get("presence"):
        presence["title"] = laws[presence["law"]]["title"]
    return found


def _json(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))
