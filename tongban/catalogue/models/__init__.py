"""The room's tables."""

from tongban.catalogue.models.implementation import Comparison, Finding, Implementation, ImportedList, Origin
from tongban.catalogue.models.item import Item, Revision, Theme
from tongban.catalogue.models.library import Instruction, Standard
from tongban.catalogue.models.normative import NormativeDocument
from tongban.catalogue.models.revising import Change, Proposal

__all__ = [
    "Change",
    "Comparison",
    "Finding",
    "Implementation",
    "ImportedList",
    "Instruction",
    "Item",
    "NormativeDocument",
    "Origin",
    "Proposal",
    "Revision",
    "Standard",
    "Theme",
]
