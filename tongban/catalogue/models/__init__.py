"""The room's tables."""

from tongban.catalogue.models.implementation import Finding, Implementation, ImportedList, Origin
from tongban.catalogue.models.item import Item, Revision, Theme

__all__ = ["Finding", "Implementation", "ImportedList", "Item", "Origin", "Revision", "Theme"]
