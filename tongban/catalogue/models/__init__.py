"""The room's tables."""

from tongban.catalogue.models.implementation import Finding, Implementation, ImportedList, Origin
from tongban.catalogue.models.item import Item, Revision, Theme
from tongban.catalogue.models.normative import NormativeDocument

__all__ = [
    "Finding",
    "Implementation",
    "ImportedList",
    "Item",
    "NormativeDocument",
    "Origin",
    "Revision",
    "Theme",
]
