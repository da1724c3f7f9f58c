"""What can be done with lists and agreements, by verbs; each one transaction."""

from tongban.lists.actions.entries import give_back, propose, publish, review
from tongban.lists.actions.loading import Loaded, load

__all__ = ["Loaded", "give_back", "load", "propose", "publish", "review"]
