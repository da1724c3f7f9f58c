"""The words of the register of documents that stand in the way."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What is to be done with a document (立改废释)."""

    WRITE = "write"
    AMEND = "amend"
    REPEAL = "repeal"
    INTERPRET = "interpret"


class State(StrEnum):
    """How far that has come."""

    OPEN = "open"
    DRAFTING = "drafting"
    REVIEW = "review"
    DONE = "done"
