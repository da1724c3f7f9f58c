"""What can be done with lists and agreements, by verbs; each one transaction."""

from tongban.lists.actions.agreements import Paragraphs, draft, end, redraft, sign
from tongban.lists.actions.entries import give_back, propose, publish, review
from tongban.lists.actions.loading import Loaded, load
from tongban.lists.actions.proofs import confirm, prove, rehearse

__all__ = [
    "Loaded",
    "Paragraphs",
    "confirm",
    "draft",
    "end",
    "give_back",
    "load",
    "propose",
    "prove",
    "publish",
    "redraft",
    "rehearse",
    "review",
    "sign",
]
