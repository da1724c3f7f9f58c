"""Asking to be told, telling, and sending what is owed."""

from tongban.notices.actions.asking import Pages, ask, confirm, stop
from tongban.notices.actions.sending import send_next
from tongban.notices.actions.telling import erase, tell, tell_all

__all__ = ["Pages", "ask", "confirm", "erase", "send_next", "stop", "tell", "tell_all"]
