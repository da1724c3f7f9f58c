"""Who may bring lists into the catalogue."""

from __future__ import annotations

from tongban.lib.actors import Actor, Clerk, System
from tongban.lib.refusals import NotAllowed

_IMPORTERS = frozenset({"approve", "supervise"})


def may_import(by: Actor) -> bool:
    """Return whether the actor may bring in local lists and packages: whoever answers for a body, or an operator."""
    return isinstance(by, System) or (
        isinstance(by, Clerk) and bool(by.roles & _IMPORTERS) and not by.practice
    )


def require_importer(by: Actor) -> None:
    """Let pass only those who may bring in lists.

    :raises NotAllowed: for everybody else
    """
    if not may_import(by):
        raise NotAllowed
