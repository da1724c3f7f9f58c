"""What can be done with the catalogue, by verbs; each one transaction."""

from tongban.catalogue.actions.library import load_instructions, load_library, save_standard
from tongban.catalogue.actions.loading import Loaded, load
from tongban.catalogue.actions.publishing import publish
from tongban.catalogue.actions.revising import follow_on, save, send_back, start, submit, withdraw
from tongban.catalogue.actions.standing import approve_change, decline_change, propose_change

__all__ = [
    "Loaded",
    "approve_change",
    "decline_change",
    "follow_on",
    "load",
    "load_instructions",
    "load_library",
    "propose_change",
    "publish",
    "save",
    "save_standard",
    "send_back",
    "start",
    "submit",
    "withdraw",
]
