"""Short Chinese phrases that documents are filled with: data, read from `data/papers/phrases.json`."""

from __future__ import annotations

import json
from functools import lru_cache

from tongban.papers.rules.kinds import FOLDER


@lru_cache(maxsize=1)
def _phrases() -> dict[str, str]:
    phrases: dict[str, str] = json.loads((FOLDER / "phrases.json").read_text(encoding="utf-8"))
    return phrases


def phrase(key: str, **values: object) -> str:
    """Return a phrase with its values put in.

    :raises KeyError: if there is no such phrase
    """
    return _phrases()[key].format(**values)
