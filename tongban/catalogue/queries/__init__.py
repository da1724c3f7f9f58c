"""What the catalogue can tell."""

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

__all__ = ["Edition", "Found", "counts", "edition", "in_force", "item_names", "search", "themes"]
