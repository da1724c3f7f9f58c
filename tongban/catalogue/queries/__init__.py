"""What the catalogue can tell."""

from tongban.catalogue.queries.guides import (
    guide,
    guide_chart,
    guide_forms,
    guide_pdf,
    modes,
    printed_guide,
)
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
from tongban.catalogue.queries.published import Change, Entry, changed, editions, everything
from tongban.catalogue.rules.guides import Guide
from tongban.catalogue.rules.wording import Form

__all__ = [
    "Change",
    "Edition",
    "Entry",
    "Form",
    "Found",
    "Guide",
    "changed",
    "counts",
    "edition",
    "editions",
    "everything",
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
