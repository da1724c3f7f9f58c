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
from tongban.cases.actions.aside import answer, copied, obstruct
from tongban.cases.actions.attempts import attempt, guarded, open_case, require_patience
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
from tongban.cases.actions.slips import custody_slip
from tongban.cases.actions.urging import answer_urging, urge, urge_about
from tongban.cases.actions.urging import proposed as proposed_answer

__all__ = [
    "Received", "Swept", "accept", "accept_all", "answer", "answer_urging", "ask", "attempt", "close", "complete",
    "copied", "correct", "custody_slip", "decline", "deem_accepted", "discard", "dismiss", "extend", "file",
    "give_back", "grant", "grant_all", "guarded", "make", "obstruct", "offer", "open_case", "pause",
    "propose_extension", "proposed_answer", "rebase", "recall", "receive", "recompute", "refuse", "reject",
    "renew_code", "require_patience", "resume", "review", "save", "send", "settle", "start", "sweep", "take_over",
    "take_over_all", "urge", "urge_about", "withdraw",
]  # fmt: skip
