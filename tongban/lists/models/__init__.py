"""The room's tables."""

from tongban.lists.models.agreements import Agreement, Covered, Party, Policy, Proof, Rehearsal, Terms
from tongban.lists.models.demand import Demand, Heard
from tongban.lists.models.lists import Batch, Change, Entry, Guard, LifeEvent, List, Standing

__all__ = [
    "Agreement",
    "Batch",
    "Change",
    "Covered",
    "Demand",
    "Entry",
    "Guard",
    "Heard",
    "LifeEvent",
    "List",
    "Party",
    "Policy",
    "Proof",
    "Rehearsal",
    "Standing",
    "Terms",
]
