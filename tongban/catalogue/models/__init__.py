"""The room's tables."""

from tongban.catalogue.models.item import Item, Revision, Theme
from tongban.catalogue.models.library import Instruction, Standard
from tongban.catalogue.models.revising import Change, Proposal

__all__ = ["Change", "Instruction", "Item", "Proposal", "Revision", "Standard", "Theme"]
