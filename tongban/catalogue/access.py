"""Who may write and approve what an item says: posts of the department that keeps it; who may bring lists in."""

from __future__ import annotations

from tongban.catalogue.models import Item
from tongban.lib.actors import Actor, Clerk, System
from tongban.lib.refusals import Missing, NotAllowed
from tongban.places.rules import Directory, Level, Role

FALLBACK = "service-centre"
"""Keeps the items whose department has no body at the province's level."""


def keeper(item: Item, region: str, directory: Directory) -> str:
    """Return the code of the provincial body that keeps the item, seen from a region of that province.

    :raises Missing: if the province has neither the department nor a service centre
    """
    for function in (item.owner, FALLBACK):
        if found := directory.body_for(function, Level.PROVINCE, region):
            return found.code
    raise Missing


def keeps(by: Actor, item: Item, directory: Directory) -> bool:
    """Return whether the actor works for the body that keeps the item, or for a section of it."""
    if not isinstance(by, Clerk):
        return isinstance(by, System)
    if by.practice:
        return False
    try:
        return by.body in directory.below(keeper(item, by.region, directory))
    except Missing:
        return False


def may(by: Actor, role: Role, item: Item, directory: Directory) -> bool:
    """Return whether the actor may do what the role is for with the item."""
    return keeps(by, item, directory) and (isinstance(by, System) or str(role) in getattr(by, "roles", ()))


def require_sight(by: Actor, item: Item, directory: Directory) -> None:
    """Let pass only who writes or approves for the body that keeps the item: drafts are nobody else's business.

    :raises Missing: for everybody else, as if there were no draft
    """
    if not any(may(by, role, item, directory) for role in (Role.EDIT_ITEMS, Role.APPROVE_ITEMS)):
        raise Missing


def require(by: Actor, role: Role, item: Item, directory: Directory) -> None:
    """Let pass only who has the role at the body that keeps the item.

    :raises NotAllowed: for others
    """
    if not may(by, role, item, directory):
        raise NotAllowed


def require_librarian(by: Actor, directory: Directory) -> None:
    """Let pass only who writes items at a provincial body: the library is shared by all of them.

    :raises NotAllowed: for others
    """
    if isinstance(by, System):
        return
    if not isinstance(by, Clerk) or by.practice or Role.EDIT_ITEMS not in by.roles:
        raise NotAllowed
    if directory.body(by.body).level != Level.PROVINCE:
        raise NotAllowed


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


def sees_every_list(by: Actor, directory: Directory) -> bool:
    """Return whether the lists of all bodies are the actor's business: an operator's, or the province's."""
    if isinstance(by, System):
        return True
    return isinstance(by, Clerk) and directory.body(by.body).level == Level.PROVINCE


def owns(by: Actor, body: str, directory: Directory) -> bool:
    """Return whether what belongs to a body is the actor's to change: a list on its way, or a source of lists.

    :param body: its code; nothing for what an operator brought in
    """
    return sees_every_list(by, directory) or (isinstance(by, Clerk) and body in by.bodies)


def require_list(by: Actor, body: str, directory: Directory) -> None:
    """Let pass only who brings in lists for the body that uploaded one, or for the province.

    :raises NotAllowed: for who brings in no lists at all
    :raises Missing: for other bodies, as if there were no such list
    """
    require_importer(by)
    if not owns(by, body, directory):
        raise Missing


def require_package(by: Actor, *, dry_run: bool) -> None:
    """Let pass an operator; who brings in lists may only look at what a package would bring.

    What it brings is published at once, for items of every department: no single member of staff does that.

    :raises NotAllowed: for everybody else
    """
    if dry_run:
        require_importer(by)
    elif not isinstance(by, System):
        raise NotAllowed
