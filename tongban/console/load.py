"""Loading what Tongban works with: reference data from files, the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from django.utils import timezone

from tongban.console import list_words
from tongban.console.environment import ROOT
from tongban.console.say import Say
from tongban.lib.actors import System
from tongban.lib.refusals import Refused

DATA = ROOT / "data"
_OPERATOR = System("operator")


class NotThere(Exception):
    """This installation can't load that; the message says what is missing."""


def places(folder: Path, say: Say) -> None:
    """Load regions, bodies, halls and windows from the tables of a folder."""
    load_places = _find("tongban.places.actions", "load_places")
    for table, loaded in load_places(folder, by=_OPERATOR, at=timezone.now()).items():
        say(f"{table}: {_counted(loaded)}")


def items(folder: Path, say: Say) -> None:
    """Load the catalogue and its implementations from a folder."""
    load_items = _find("tongban.catalogue.actions", "load")
    say(f"items: {_counted(load_items(folder))}")


def lists(folder: Path, say: Say) -> None:
    """Load lists, batches, entries, scopes and the register of documents from a folder."""
    load_lists = _find("tongban.lists.actions", "load")
    say(f"lists: {_counted(load_lists(folder, by=_OPERATOR, at=timezone.now()))}")
    load_normative = _find("tongban.catalogue.actions.normative", "load_normative")
    say(f"register: new {load_normative(folder / 'normative.csv', by=_OPERATOR, at=timezone.now())}")


def responsible(path: Path, say: Say) -> None:
    """Load who answers for which body from a table; whom a body named already is left alone."""
    load_responsible = _find("tongban.places.actions", "load_responsible")
    say(f"responsible persons: new {load_responsible(path, by=_OPERATOR, at=timezone.now())}")


def templates(say: Say) -> None:
    """Load the templates of the documents that come with Tongban."""
    _find("tongban.papers.actions", "load_templates")()
    say("templates: loaded")


def calendar(path: Path, say: Say, *, final: bool = True, dry_run: bool = False) -> None:
    """Load the days of one or more years from a table; open deadlines are computed anew.

    :raises Refused: if a row is wrong, or a forecast would replace a settled year
    """
    load_calendar = _find("tongban.places.actions", "load_calendar")
    loaded = load_calendar(path, by=_OPERATOR, at=timezone.now(), final=final, dry_run=dry_run)
    say(f"{path.name}: {_counted(loaded)}")


def demo(say: Say) -> None:
    """Load the demonstration; loading it again changes nothing.

    :raises NotThere: if this installation has none
    """
    load: Callable[[Say, datetime], Any] = _find("demo", "load")
    load(say, timezone.now())


def cast_table() -> list[str]:
    """Return whom to sign in as in the demonstration, a line each: user name, hint, role."""
    try:
        cast: list[tuple[str, str, str]] = list(_find("demo", "cast")())
    except NotThere:
        return []
    width = max((len(username) for _, username, _ in cast), default=0)
    return [f"{username:<{width}}  {hint}  {role}" for role, username, hint in cast]


def _counted(result: Any) -> str:
    """Return what a load says it did, in words."""
    return ", ".join(f"{name} {value}" for name, value in asdict(result).items())


def _find(module: str, name: str) -> Callable[..., Any]:
    try:
        found: Callable[..., Any] = getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        if error.name and module.startswith(error.name):
            raise NotThere(f"there is no {module} in this installation") from error
        raise
    except AttributeError as error:
        raise NotThere(f"{module} has no {name} in this installation") from error
    return found


def worded(refusal: Refused) -> str:
    """Return a refusal as one line for an operator."""
    if said := list_words.worded(refusal.code, refusal.params):
        return said
    details = ", ".join(f"{key} {value}" for key, value in refusal.params.items())
    return f"{refusal.code} ({details})" if details else refusal.code
