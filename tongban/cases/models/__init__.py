"""The room's tables."""

from tongban.cases.models.aside import Attempt, Copying, Delivery, Obstacle, Urging
from tongban.cases.models.case import (
    NEVER,
    Act,
    Case,
    Draft,
    Enclosure,
    Page,
    Part,
    Transfer,
)

__all__ = [
    "NEVER",
    "Act",
    "Attempt",
    "Case",
    "Copying",
    "Delivery",
    "Draft",
    "Enclosure",
    "Obstacle",
    "Page",
    "Part",
    "Transfer",
    "Urging",
]
