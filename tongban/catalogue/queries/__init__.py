"""What the catalogue can tell."""

from tongban.catalogue.queries.guides import guide, guide_chart, guide_forms, guide_pdf, modes, printed_guide
from tongban.catalogue.queries.items import (
    Edition,
    Found,
    counts,
    edition,
    in_force,
    item_names,
    search,
    themes,
)

__all__ = [
    "Edition",
    "Found",
    "counts",
    "edition",
    "guide",
    "guide_chart",
    "guide_forms",
    "guide_pdf",
    "in_force",
    "item_names",
    "modes",
    "printed_guide",
    "search",
    "themes",
]
