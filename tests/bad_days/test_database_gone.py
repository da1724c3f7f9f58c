"""The database goes away in the middle of an action: nothing is half done, and the next call works."""

from __future__ import annotations

from contextlib import suppress

from django.db import DatabaseError, InterfaceError

from tests.bad_days import harm
from tongban.cases import actions
from tongban.cases.tests import make
from tongban.catalogue import queries as catalogue
from tongban.trail import actions as trail
from tongban.trail import queries as trails

MONDAY = make.MONDAY
MANY = 30


def cut_off_everywhere(act):
    """Cut the connection after every statement until the action comes through, and return what it gave."""
    before = harm.fingerprint()
    for number in range(MANY):
        try:
            with harm.cut_off(number):
                done = act()
        except (DatabaseError, InterfaceError):
            assert harm.fingerprint() == before
            continue
        assert number > 1
        return done
    raise AssertionError("it never comes to an end")


def test_receiving(window):
    draft = actions.start(
        catalogue.in_force(make.FOOD, MONDAY.date()), by=window, at=MONDAY, data=make.typed(make.FOOD)
    )

    done = cut_off_everywhere(lambda: actions.receive(draft.id, by=window, at=MONDAY))

    assert make.part_of(done.case).version == 1


def test_taking_over_accepting_and_sealing(licence, inspector):
    cut_off_everywhere(lambda: actions.take_over(licence.id, by=inspector, at=MONDAY))
    part = cut_off_everywhere(lambda: actions.accept(licence.id, by=inspector, at=MONDAY))
    cut_off_everywhere(lambda: trail.seal(MONDAY))

    assert (part.version, make.events(part)) == (3, ["receive", "custody.take-over", "part.accept"])
    assert trails.audit() == trails.Audit(trails.count(), "")


def test_a_sweep_that_was_cut_off_is_done_by_the_next(licence):
    for number in range(0, 20, 2):
        # One case that breaks doesn't stop a sweep; what breaks between cases ends this round.
        with suppress(DatabaseError, InterfaceError), harm.cut_off(number):
            actions.sweep(make.day(30))

    while actions.sweep(make.day(30)).total:
        pass

    assert make.again(licence).deemed
    assert make.events(licence).count("part.deem") == 1
