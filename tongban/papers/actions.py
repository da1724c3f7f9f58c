"""Numbering, drafting and loading of templates."""

from __future__ import annotations

import secrets
from datetime import date
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from tongban.lib import writes
from tongban.papers import rules
from tongban.papers.models import Paper, Template

_NEXT = """
    INSERT INTO papers_counter AS counter (body, kind, year, practice, last) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (body, kind, year, practice) DO UPDATE SET last = counter.last + EXCLUDED.last
    RETURNING last
"""


class TemplateChanged(Exception):
    """A template in which documents were issued has other words now: it must be given a new version."""


def number(body_code: str, kind: rules.Kind, year: int, *, practice: bool = False) -> int:
    """Return the next number of the body's series, without gaps: a rollback gives it back.

    The series stays locked until the transaction ends, so number last.

    :raises TransactionManagementError: outside a transaction
    """
    return numbers(body_code, kind, year, 1, practice=practice)[0]


def numbers(body_code: str, kind: rules.Kind, year: int, count: int, *, practice: bool = False) -> range:
    """Return the next `count` numbers of the body's series, taken in one statement.

    :raises TransactionManagementError: outside a transaction
    :raises ValueError: if none is asked for
    """
    if count < 1:
        raise ValueError(count)
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "numbers are given inside the transaction that uses them"
        )
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [body_code, kind, year, practice, count])
        (last,) = cursor.fetchone() or (0,)
    return range(last - count + 1, last + 1)


def paper(
    content: rules.Content,
    *,
    body: str,
    number: str,
    subject: UUID,
    part: UUID | None = None,
    issued_on: date,
    issued_by: str,
    practice: bool = False,
) -> Paper:
    """Return a document, not yet saved: the caller writes it together with what it belongs to.

    :param body: the code of the body in whose name it is issued
    :param number: made by `rules.number_text` from a number of `number`
    :raises NoTemplate: if its kind has no template on that day
    """
    kind, known = content.kind, rules.registry()
    words = rules.plain(content)
    words["title"] = known.forms[kind].titled(licence=content.licence)
    # A hash of words that could be guessed would tell them; with this it says nothing once they're erased.
    words["salt"] = secrets.token_hex(16)
    edition = known.edition(kind, issued_on)
    made = writes.fresh(
        Paper,
        kind=kind,
        number=number,
        body=body,
        subject=subject,
        part=part,
        issued_on=issued_on,
        issued_by=issued_by,
        content=words,
        content_sha256=rules.content_hash(words),
        practice=practice,
    )
    made.template = _template(edition)
    return made


@transaction.atomic
def load_templates(folder: Path = rules.FOLDER) -> int:
    """Load the folder's templates, and return how many were new; loading again changes nothing.

    :raises TemplateChanged: if one in which documents were issued has other words now
    """
    known = set(Template.objects.values_list("sha256", flat=True))
    fresh = [each for each in rules.registry(folder).editions if each.sha256 not in known]
    for edition in fresh:
        _replace(edition)
    Template.objects.bulk_create([_template(edition) for edition in fresh])
    return len(fresh)


def _replace(edition: rules.Edition) -> None:
    old = Template.objects.filter(kind=edition.kind, version=edition.version)
    if Paper.objects.filter(template__in=old).exists():
        raise TemplateChanged(f"{edition.kind}.v{edition.version}.typ; give it version {edition.version + 1}")
    old.delete()


@lru_cache(maxsize=256)
def _template(edition: rules.Edition) -> Template:
    """Return the edition as a row, the same one each time: its text never changes, and is only pointed to."""
    return Template(
        sha256=edition.sha256,
        kind=edition.kind,
        version=edition.version,
        source=edition.source,
        valid_from=edition.valid_from,
    )
