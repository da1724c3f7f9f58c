"""The room's tables."""

from tongban.catalogue.models.item import Item, Revision, Theme
from tongban.catalogue.models.normative import NormativeDocument

__all__ = ["Item", "NormativeDocument", "Revision", "Theme"]
