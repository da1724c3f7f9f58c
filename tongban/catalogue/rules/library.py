"""The library of materials: what an item takes over from it, and where the two have come apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tongban.catalogue.rules.diff import written

TEXTS = ("name", "standard", "sample", "issuer")
SHARED = (*TEXTS, "form", "keep", "fetchable")
"""What the library says of a material; copies, situations and promises are each item's own."""


def taken(material: Mapping[str, Any], code: str, standard: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item's material with everything that the library says of it."""
    shared = {key: standard[key] for key in SHARED if key in standard}
    return {**material, **shared, "library": code}


def apart(material: Mapping[str, Any], standard: Mapping[str, Any]) -> list[str]:
    """Return in what an item's material says something else than the library."""
    return [
        key
        for key in SHARED
        if key in standard and written(material.get(key) or None) != written(standard[key] or None)
    ]
