"""What can be done with a case, by verbs; each one transaction."""

from tongban.cases.actions.acceptance import (
    accept,
    accept_all,
    ask,
    complete,
    correct,
    deem_accepted,
    dismiss,
    refuse,
    withdraw,
)
from tongban.cases.actions.aside import answer, attempt, copied, obstruct, require_patience
from tongban.cases.actions.clocks import Swept, recompute, sweep
from tongban.cases.actions.custody import decline, give_back, offer, recall, take_over, take_over_all
from tongban.cases.actions.deciding import (
    extend,
    grant,
    grant_all,
    pause,
    propose_extension,
    reject,
    resume,
    review,
)
from tongban.cases.actions.delivery import close, make, send, settle
from tongban.cases.actions.intake import Received, discard, file, receive, renew_code, save, start
from tongban.cases.actions.rebasing import rebase

__all__ = [
    "Received", "Swept", "accept", "accept_all", "answer", "ask", "attempt", "close", "complete", "copied", "correct",
    "decline", "deem_accepted", "discard", "dismiss", "extend", "file", "give_back", "grant", "grant_all", "make",
    "obstruct", "offer", "pause", "propose_extension", "rebase", "recall", "receive", "recompute", "refuse", "reject",
    "renew_code", "require_patience", "resume", "review", "save", "send", "settle", "start", "sweep", "take_over",
    "take_over_all", "withdraw",
]  # fmt: skip
