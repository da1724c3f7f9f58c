"""The sections of the editor of items, with the columns of each, in the order of its pages."""

from __future__ import annotations

from tongban.catalogue.rules.columns import (
    CHOICE,
    DAY,
    FLAG,
    KEYS,
    KNOWN,
    LONG,
    LONG_WORDS,
    MANY,
    NUMBER,
    OPTIONS,
    PROCEDURE,
    TEXT,
    WHEN,
    WORDS,
    Column,
)
from tongban.catalogue.rules.deciding import SUBJECTS
from tongban.catalogue.rules.sections.shape import Section

_CODE = Column("code", TEXT, needed=True)
UNITS, LEVELS = ("working", "calendar"), ("county", "city", "province", "town")
FORMS = ("original", "copy", "original-and-copy", "electronic")
KEEPS = ("return-original", "archive-original-by-post", "archive-scan")

SECTIONS: dict[str, Section] = {
    each.code: each
    for each in (
        Section("subjects", (Column("subjects", MANY, SUBJECTS, needed=True),)),
        Section(
            "procedure", (Column("procedure.code", PROCEDURE, needed=True), Column("joint", FLAG, gone=True))
        ),
        Section(
            "basis",
            (
                Column("law", TEXT, needed=True),
                Column("title", LONG, needed=True),
                Column("article", TEXT),
                Column("says", LONG_WORDS),
            ),
            "basis",
        ),
        Section("conditions", (Column("", LONG_WORDS, needed=True),), "conditions", bare=True),
        Section(
            "situations",
            (_CODE, Column("ask", WORDS, needed=True), Column("answers", OPTIONS, needed=True)),
            "situations",
            prefix="situation",
        ),
        Section(
            "materials",
            (
                _CODE,
                Column("name", WORDS, needed=True, no_vague=True),
                Column("required", FLAG),
                Column("form", CHOICE, FORMS),
                Column("copies", NUMBER),
                Column("keep", CHOICE, KEEPS),
                Column("standard", LONG_WORDS),
                Column("sample", LONG_WORDS),
                Column("issuer", WORDS, gone=True),
                Column("when", WHEN),
                Column("fetchable", FLAG),
                Column("promise_allowed", FLAG),
                Column("missable", FLAG),
                Column("library", TEXT, gone=True),
            ),
            "materials",
            prefix="material",
        ),
        Section(
            "fields",
            (
                _CODE,
                Column("label", WORDS, needed=True),
                Column("type", CHOICE, ("text", "choice", "date", "number")),
                Column("required", FLAG),
                Column("options", OPTIONS),
            ),
            "fields",
            prefix="field",
        ),
        Section(
            "steps",
            (
                _CODE,
                Column("name", WORDS, needed=True),
                Column("by", CHOICE, ("receiving", "deciding")),
                Column("days", NUMBER, gone=True),
            ),
            "steps",
            prefix="step",
        ),
        Section(
            "limits",
            (
                Column("limits.promised.days", NUMBER, needed=True),
                Column("limits.promised.unit", CHOICE, UNITS),
                Column("limits.statutory.days", NUMBER, gone=True),
                Column("limits.statutory.unit", CHOICE, UNITS),
                Column("limits.notice", NUMBER, gone=True),
                Column("clock.notice_from", CHOICE, ("receipt", "taking-over")),
                Column("clock.limit_from", CHOICE, ("acceptance", "receipt")),
                Column("trips", NUMBER, gone=True),
                Column("instant", FLAG),
            ),
        ),
        Section(
            "fee", (Column("fee.amount_cny", TEXT, needed=True), Column("fee.says", LONG_WORDS, needed=True))
        ),
        Section(
            "result",
            (
                Column("result.name", WORDS, needed=True),
                Column("result.kind", TEXT, needed=True),
                Column("result.deliver", MANY, ("post", "window", "electronic")),
                Column("result.validity", WORDS, gone=True),
                Column("postage.payer", TEXT),
                Column("postage.says", LONG_WORDS, gone=True),
            ),
        ),
        Section(
            "deciding",
            (
                Column("decided_by", TEXT, needed=True),
                Column("decided_level", CHOICE, LEVELS),
                Column("decided_where.key", KNOWN, needed=True),
                Column("decided_where.ask", LONG_WORDS, needed=True),
            ),
        ),
        Section(
            "presence",
            (
                Column("presence.law", TEXT, gone=True),
                Column("presence.title", LONG, gone=True),
                Column("presence.article", TEXT, gone=True),
                Column("presence.says", LONG_WORDS, gone=True),
            ),
        ),
        Section(
            "where",
            (
                Column("received_where", TEXT, needed=True),
                Column("review", CHOICE, ("none", "second-person")),
                Column("contact.section", WORDS, gone=True),
                Column("contact.phone", TEXT, gone=True),
                Column("rules_signed_off.by", WORDS, gone=True),
                Column("rules_signed_off.on", DAY, gone=True),
            ),
        ),
        Section(
            "copy_sheet",
            (Column("label", WORDS, needed=True), Column("from", KNOWN, needed=True)),
            "copy_sheet.fields",
            head=(Column("copy_sheet.system", WORDS, gone=True),),
        ),
        Section("receiving", (Column("", LONG_WORDS, needed=True),), "receiving_rules", bare=True),
        Section(
            "documents", (_CODE, Column("", LONG_WORDS, needed=True)), "documents", keyed=True, bare=True
        ),
        Section(
            "sources",
            (
                _CODE,
                Column("title", LONG, needed=True),
                Column("publisher", TEXT),
                Column("date", TEXT),
                Column("where", LONG),
                Column("trust", CHOICE, ("F", "P", "R")),
            ),
            "sources",
            keyed=True,
        ),
        Section("cites", (_CODE, Column("", KEYS, needed=True)), "cites", keyed=True, bare=True),
    )
}


def section(code: str) -> Section | None:
    """Return the section with that code."""
    return SECTIONS.get(code)
