"""What each deviation is called, how much it weighs, and what to do about it; doors and reports say it."""

from __future__ import annotations

from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Severity(IntEnum):
    """How much a deviation weighs: an error keeps the row out, the others are shown."""

    NONE = 0
    MINOR = 1
    MAJOR = 2
    ERROR = 3


_ERROR, _MAJOR, _MINOR = Severity.ERROR, Severity.MAJOR, Severity.MINOR
SEVERITIES: dict[Severity, str | Promise] = {
    _ERROR: _("Error"),
    _MAJOR: _("Major"),
    _MINOR: _("Minor"),
    Severity.NONE: _("None"),
}

_ALL: dict[str, tuple[Severity, str | Promise, str | Promise]] = {
    "field.missing": (_ERROR, _("a needed cell is empty"), _("Fill it in.")),
    "field.too-long": (_ERROR, _("the text is too long"), _("Shorten it to the length that is given.")),
    "row.ragged": (
        _ERROR,
        _("the row has another number of cells than the head"),
        _("Look for a comma or a line end that isn't quoted, and save the list anew."),
    ),
    "row.twice": (
        _ERROR,
        _("the same implementation code stands above"),
        _("Take one of the two rows out, or give the handling item its own code."),
    ),
    "row.same-item": (
        _MINOR,
        _("the same item of the same body stands above under another code"),
        _("Check whether both rows are wanted."),
    ),
    "cell.formula": (
        _ERROR,
        _("a formula, whose stored value can't be trusted"),
        _("Copy the column and paste it as values."),
    ),
    "cell.merged": (_ERROR, _("merged with another cell"), _("Unmerge the cells and fill in each of them.")),
    "cell.rounded": (
        _ERROR,
        _("a code that was kept as a number has lost digits"),
        _("Format the column as text and type the code again."),
    ),
    "cell.number": (
        _ERROR,
        _("a code that was kept as a number: noughts in front of it may be lost"),
        _("Format the column as text and type the code again."),
    ),
    "code.number": (
        _ERROR,
        _("a number that a spreadsheet shortened, no code: its digits are lost"),
        _("Take the code from the source; format the column as text before you paste it."),
    ),
    "cell.error": (_ERROR, _("the workbook shows an error here"), _("Put the value itself into the cell.")),
    "cell.control": (_ERROR, _("characters that no page can show"), _("Type the cell again.")),
    "day.wrong": (_ERROR, _("no day"), _("Write the day as 2026-01-31.")),
    "day.number": (
        _ERROR,
        _("a bare number of days, which can mean two days four years apart"),
        _("Write the day as 2026-01-31, or format the column as a date."),
    ),
    "code.shape": (
        _ERROR,
        _("the implementation code hasn't the shape of its source"),
        _("Compare it with the source; if all are like this, choose another validator."),
    ),
    "base-code.shape": (
        _ERROR,
        _("the base code hasn't the shape of its source"),
        _("Compare it with the source; if all are like this, choose another validator."),
    ),
    "handling.shape": (
        _ERROR,
        _("the handling-item code hasn't the shape of its source"),
        _("Compare it with the source; if all are like this, choose another validator."),
    ),
    "credit-code.wrong": (
        _ERROR,
        _("no valid credit code: its last character doesn't check the others"),
        _("Compare it with the body's certificate."),
    ),
    "item.unknown": (
        _ERROR,
        _("the base has neither this code nor this name"),
        _("Look the item up in the base, or have it added there first."),
    ),
    "item.near": (
        _ERROR,
        _("the base has no such code, and only a name that is nearly the same"),
        _("If the item of the base is meant, take its name and code."),
    ),
    "item.ended": (
        _MAJOR,
        _("the base has ended this item"),
        _("Take it out of the list; where the base names items that take its place, take these."),
    ),
    "item.suspended": (
        _MINOR,
        _("the base has suspended this item"),
        _("Receive nothing until it is open again."),
    ),
    "code.other": (_MAJOR, _("the same name under another base code"), _("Take the code of the base.")),
    "code.missing": (_MAJOR, _("the base code is missing"), _("Take the code of the base.")),
    "name.other": (_MAJOR, _("the same code under another name"), _("Take the name of the base.")),
    "name.of-another": (
        _MAJOR,
        _("the code of one item, the name of another"),
        _("Decide which is meant, and take name and code of that one."),
    ),
    "name.near": (_MINOR, _("nearly the name of the base"), _("Take the name of the base.")),
    "name.spelling": (_MINOR, _("the name of the base, written otherwise"), _("Take the name of the base.")),
    "type.other": (_MAJOR, _("another type than the base"), _("Take the type of the base.")),
    "type.unknown": (_MAJOR, _("no type that is known"), _("Take the type of the base.")),
    "basis.missing": (_MAJOR, _("no basis is given"), _("Take the basis of the base.")),
    "basis.other": (_MAJOR, _("none of the laws of the base is named"), _("Take the basis of the base.")),
    "basis.outdated": (_MAJOR, _("an older edition of the law"), _("Name the edition in force.")),
    "basis.article": (_MINOR, _("an article of the base isn't named"), _("Add the article.")),
    "level.not-allowed": (
        _MAJOR,
        _("the base doesn't give this level the power"),
        _("Let the level that the base names handle it, or have the base changed."),
    ),
    "level.unknown": (
        _MAJOR,
        _("no level that is known"),
        _("Name the level: province, city, county or town."),
    ),
    "region.unknown": (
        _MAJOR,
        _("no region that is known"),
        _("Take the code of GB/T 2260; a zone without one leaves the cell empty or gives its name."),
    ),
    "region.ended": (_MAJOR, _("a region code that has ended"), _("Take the code that took its place.")),
    "region.not-yet": (
        _MINOR,
        _("a region code that isn't in force yet"),
        _("Take the code of today until then."),
    ),
    "region.level": (
        _MINOR,
        _("a region of another level than the row names"),
        _("Take the code of the region that the body works for, or correct the level."),
    ),
}

CODES = tuple(_ALL)
SEVERITY = {code: each[0] for code, each in _ALL.items()}
WHAT = {code: each[1] for code, each in _ALL.items()}
DO = {code: each[2] for code, each in _ALL.items()}

FIELD_WORDS: dict[str, str | Promise] = {
    "name": _("Item name"),
    "base_code": _("Base code"),
    "code": _("Implementation code"),
    "handling": _("Handling-item code"),
    "handling_name": _("Handling-item name"),
    "type": _("Type of item"),
    "basis": _("Legal basis"),
    "level": _("Level"),
    "body_code": _("Credit code of the body"),
    "body": _("Body"),
    "region": _("Region code"),
    "unit": _("Responsible unit"),
    "online": _("Online"),
    "visits": _("Visits needed"),
    "statutory": _("Statutory limit"),
    "promised": _("Promised limit"),
    "fee": _("Fee"),
    "valid_from": _("Valid from"),
}
