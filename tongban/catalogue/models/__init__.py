"""The room's tables."""

from tongban.catalogue.models.item import Item, Revision, Theme

__all__ = ["Item", "Revision", "Theme"]
