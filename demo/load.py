"""Loading the demonstration: reference data, the cast, and cases in every state; again changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from demo import cases, demand, implementations, lists, people, revisions
from tongban.catalogue import actions as catalogue
from tongban.catalogue.actions import normative
from tongban.console.environment import ROOT
from tongban.lib.refusals import Missing
from tongban.lists import actions as lists_actions
from tongban.papers import actions as papers
from tongban.people import queries as accounts
from tongban.places import actions as places

DATA = ROOT / "data"


def load(say: Callable[[str], object], at: datetime) -> None:
    """Load everything that the demonstration shows, telling what is being done."""
    say("places, windows and the calendar of working days")
    places.load_places(DATA / "places", by=people.DEMO, at=at)
    places.load_calendar(DATA / "calendar" / "cn.csv", by=people.DEMO, at=at)
    say("items, themes and document templates")
    catalogue.load(DATA / "items")
    papers.load_templates()
    say("lists, scopes, the register of documents and who answers for bodies")
    lists_actions.load(DATA / "lists", by=people.DEMO, at=at)
    normative.load_normative(DATA / "lists" / "normative.csv", by=people.DEMO, at=at)
    places.load_responsible(DATA / "places" / "responsible.csv", by=people.DEMO, at=at)
    if _loaded():
        return
    # All or nothing: a demonstration that was cut off is made anew.
    with transaction.atomic():
        say("a cast to sign in as")
        people.hire(at)
        say("cases in every state")
        cases.make(at)
        say("lists published and revised, an agreement, a rehearsal")
        lists.make(at)
        say("local lists, some of which deviate")
        implementations.bring_in(at)
        say("revisions on their way, a suspended item and a merged one")
        revisions.make(at, DATA)
        say("what people searched and wished for")
        demand.make(at)


def _loaded() -> bool:
    try:
        accounts.by_username(people.CAST[0].username)
    except Missing:
        return False
    return True
