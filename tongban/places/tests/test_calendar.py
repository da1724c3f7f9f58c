from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tongban.lib.refusals import Invalid, Refused
from tongban.places import actions, queries
from tongban.places.models import CalendarLoad, WorkDay
from tongban.places.rules import CalendarLoaded
from tongban.places.tests import make
from tongban.trail import queries as trail

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[3] / "data" / "calendar"
HEAD = "day,kind,name_zh,name_en,year\n"


@pytest.fixture
def load(tmp_path):
    def _load(*lines: str, final: bool = True, dry_run: bool = False) -> CalendarLoaded:
        path = tmp_path / "days.csv"
        path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
        return actions.load_calendar(path, by=make.OPERATOR, at=make.MONDAY, final=final, dry_run=dry_run)

    return _load


def test_the_shipped_calendar_settles_2004_to_2026_but_for_its_last_week():
    loaded = actions.load_calendar(DATA / "cn.csv", by=make.OPERATOR, at=make.MONDAY)
    known = queries.calendar_now()

    assert loaded.years == tuple(range(2004, 2027))
    assert known.known_until == date(2026, 12, 24)
    assert known.after(date(2020, 12, 28), 5).day == date(2021, 1, 5)
    assert known.after(date(2021, 2, 9), 20).day == date(2021, 3, 15)
    assert known.works(date(2005, 12, 31))
    assert not known.works(date(2007, 12, 31))


def test_a_forecast_is_used_and_never_final():
    make.calendar()
    path = DATA / "statutory_2027.csv"
    actions.load_calendar(path, by=make.OPERATOR, at=make.MONDAY, final=False)
    due = queries.calendar_now().after(date(2026, 12, 28), 5)

    assert (due.day, due.provisional) == (date(2027, 1, 5), True)
    assert queries.calendar_now().known_until == date(2026, 12, 24)


def test_the_year_itself_replaces_its_forecast(load):
    make.calendar()
    load("2027-01-01,off,元旦,,", final=False)
    before = queries.calendar_version()
    loaded = load("2027-01-01,off,元旦,,")

    assert (loaded.years, loaded.same) == ((2027,), 1)
    assert queries.calendar_now().known_until == date(2027, 12, 24)
    assert queries.calendar(before).known_until == date(2026, 12, 24)


def test_a_forecast_cannot_replace_a_settled_year(load):
    make.calendar()

    with pytest.raises(Refused) as refused:
        load("2026-01-01,off,元旦,,", final=False)

    assert (refused.value.code, refused.value.params) == ("calendar.year-settled", {"year": 2026})


def test_a_notice_moves_days_of_the_december_before(load):
    make.calendar()
    load("2026-12-31,off,元旦,,2027", "2027-01-01,off,元旦,,2027")
    known = queries.calendar_now()

    assert not known.works(date(2026, 12, 31))
    assert not known.works(date(2026, 10, 1))


def test_loading_a_year_again_changes_nothing():
    first = make.calendar()
    entries = trail.count()
    again = make.calendar()

    assert (again.years, again.same, again.created) == ((), first.created, 0)
    assert queries.calendar_version() == first.version
    assert trail.count() == entries


def test_an_older_version_still_says_what_it_said(load):
    load("2026-01-01,off,元旦,,")
    before = queries.calendar_version()
    loaded = load("2026-01-02,off,元旦,,")

    assert (loaded.created, loaded.removed) == (1, 1)
    assert not queries.calendar(before).works(date(2026, 1, 1))
    assert queries.calendar_now().works(date(2026, 1, 1))


def test_a_dry_run_tells_and_touches_nothing(load):
    loaded = load("2026-01-01,off,元旦,,", dry_run=True)

    assert loaded == CalendarLoaded(years=(2026,), created=1)
    assert not CalendarLoad.objects.exists()
    assert not trail.count()


def test_the_trail_hears_which_years_were_loaded():
    loaded = make.calendar()

    assert make.told("places.calendar.load") == [
        {"subject": f"calendar:{loaded.version}", "years": "2025,2026", "final": True}
    ]


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("2026-01-01,off,元旦,,", "calendar.day-twice", "day"),
        ("2026-01-05,work,元旦,,", "calendar.make-up-on-weekday", "day"),
        ("2026-01-04,half,元旦,,", "load.word-unknown", "kind"),
        ("2026-02-30,off,元旦,,", "load.day-malformed", "day"),
        (",off,元旦,,", "load.cell-empty", "day"),
        ("2026-01-02,off,,,", "load.cell-empty", "name_zh"),
        ("2026-01-02,off,元旦,,2027", "calendar.year-wrong", "year"),
        ("2026-12-31,off,元旦,,2028", "calendar.year-wrong", "year"),
        ("2026-12-31,off,元旦,,next", "calendar.year-wrong", "year"),
    ],
)
def test_a_wrong_day_is_named_and_nothing_is_loaded(load, line, code, field):
    with pytest.raises(Invalid) as refused:
        load("2026-01-01,off,元旦,,", line)

    assert (refused.value.code, refused.value.field, refused.value.params["row"]) == (code, field, 3)
    assert not WorkDay.objects.exists()
