"""What can be done with lists and agreements, by verbs; each one transaction."""

from tongban.lists.actions.agreements import Paragraphs, draft, redraft, sign
from tongban.lists.actions.endings import drop_end, end, propose_end
from tongban.lists.actions.entries import give_back, propose, publish, review
from tongban.lists.actions.loading import Loaded, load
from tongban.lists.actions.proofs import confirm, prove, rehearse

__all__ = [
    "Loaded",
    "Paragraphs",
    "confirm",
    "draft",
    "drop_end",
    "end",
    "give_back",
    "load",
    "propose",
    "propose_end",
    "prove",
    "publish",
    "redraft",
    "rehearse",
    "review",
    "sign",
]
