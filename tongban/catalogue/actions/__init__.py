"""What can be done with the catalogue, by verbs; each one transaction."""

from tongban.catalogue.actions.library import (
    Drafted,
    load_instructions,
    load_library,
    revise_touched,
    save_standard,
)
from tongban.catalogue.actions.loading import Loaded, load
from tongban.catalogue.actions.publishing import publish
from tongban.catalogue.actions.recalling import approve_recall, propose_recall
from tongban.catalogue.actions.revising import follow_on, save, send_back, start, submit, withdraw
from tongban.catalogue.actions.standing import (
    approve_change,
    approve_together,
    decline_change,
    propose_change,
    propose_merger,
)

__all__ = [
    "Drafted",
    "Loaded",
    "approve_change",
    "approve_recall",
    "approve_together",
    "decline_change",
    "follow_on",
    "load",
    "load_instructions",
    "load_library",
    "propose_change",
    "propose_merger",
    "propose_recall",
    "publish",
    "revise_touched",
    "save",
    "save_standard",
    "send_back",
    "start",
    "submit",
    "withdraw",
]
