"""The room's tables."""

from tongban.lists.models.agreements import Agreement, Covered, Party, Policy, Proof, Rehearsal, Terms
from tongban.lists.models.lists import Batch, Change, Entry, Guard, LifeEvent, List, Standing

__all__ = [
    "Agreement",
    "Batch",
    "Change",
    "Covered",
    "Entry",
    "Guard",
    "LifeEvent",
    "List",
    "Party",
    "Policy",
    "Proof",
    "Rehearsal",
    "Standing",
    "Terms",
]
