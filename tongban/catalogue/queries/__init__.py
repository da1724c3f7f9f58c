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
from tongban.catalogue.queries.searchable import Searchable, searchable, searchable_version_sql

__all__ = [
    "Edition",
    "Found",
    "Searchable",
    "counts",
    "edition",
    "in_force",
    "item_names",
    "search",
    "searchable",
    "searchable_version_sql",
    "themes",
]
