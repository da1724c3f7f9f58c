"""Reads of documents, and how they're shown and checked."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import typst

from tongban.lib import codes
from tongban.lib.personal import mask_name
from tongban.lib.refusals import Missing
from tongban.papers import rules
from tongban.papers.models import Paper
from tongban.papers.queries.rendering import STANDARDS, fonts, midnight, qr_svg, seen, sources

_BLOCKS = "<block>"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document as a screen shows it: the same words, block by block, as its template lays down on paper.

    Each block has a `kind` and what belongs to it, in plain text: `para` and `heading` (text), `alert` and
    `track` (title, text), `fields` and `contact` (rows of label and value), `table` (head, rows), `list` and
    `notes` (items), `closing` (body, label, day), `sign` (label, text).
    """

    paper: Paper
    title: str
    english: str
    body: str
    blocks: tuple[Mapping[str, Any], ...]
    track_svg: str
    verify_svg: str
    verify_code: str


def paper(paper_id: UUID) -> Paper:
    """Return the document with its content.

    :raises Missing: if there is none
    """
    found = Paper.objects.select_related("template").filter(id=paper_id).first()
    if found is None:
        raise Missing
    return found


def papers_of(subject: UUID) -> list[Paper]:
    """Return a case's documents, oldest first, without decrypting what they say."""
    return list(Paper.objects.filter(subject=subject).defer("content").order_by("id"))


def papers_for_applicant(subject: UUID) -> list[Paper]:
    """Return those of a case's documents that are the applicant's to read, oldest first."""
    return [each for each in papers_of(subject) if each.kind not in rules.INSIDE]


@dataclass(frozen=True, slots=True)
class Checked:
    """What anybody learns of a document whose number and check code they hold: enough to compare it, and no name.

    :param intact: whether what is kept still has the hash that was recorded when it was issued
    :param item: what it's about, and `applicant` the masked name; both empty once the words were erased
    :param later_on: the day of a later document of the same kind for the same case, which takes its place
    :param withdrawn_on: the day on which the application was withdrawn since
    """

    kind: rules.Kind
    number: str
    body: str
    issued_on: date
    practice: bool
    sha256: str
    intact: bool
    item: str
    applicant: str
    later_on: date | None
    withdrawn_on: date | None


def check(typed: str, code: str) -> Checked:
    """Return what can be said of the document with this number (or short name) and check code.

    :raises Missing: if there is none, or the code is another's, without saying which
    """
    named = rules.read_short_name(typed)
    wanted = {"id": named} if named else {"number": rules.read_number(typed)}
    found = Paper.objects.filter(**wanted).first()
    if found is None or not hmac.compare_digest(
        rules.check_code(found.content_sha256), codes.read(code) or "-"
    ):
        raise Missing
    since = Paper.objects.filter(subject=found.subject, part=found.part, id__gt=found.id)
    days = dict(since.filter(kind__in=[found.kind, rules.Kind.WITHDRAWAL]).values_list("kind", "issued_on"))
    said = found.content or {}
    return Checked(
        kind=rules.Kind(found.kind),
        number=found.number,
        body=found.body,
        issued_on=found.issued_on,
        practice=found.practice,
        sha256=found.content_sha256,
        intact=not said or rules.content_hash(said) == found.content_sha256,
        item=said.get("item", ""),
        applicant=mask_name(said.get("applicant", "")),
        later_on=days.get(found.kind),
        withdrawn_on=days.get(rules.Kind.WITHDRAWAL),
    )


def pdf(paper_id: UUID, once: Mapping[str, str] | None = None) -> bytes:
    """Return the document as PDF: the same bytes every time.

    :param once: what is printed but not kept, such as a query code: only what its kind allows is used, and
        `verify_page`, the address at which anybody can check the document
    :raises Missing: if there is none
    """
    return draw(paper(paper_id), once)


def html_context(paper_id: UUID, once: Mapping[str, str] | None = None) -> Sheet:
    """Return the same document for a page of HTML.

    :raises Missing: if there is none
    """
    found = paper(paper_id)
    inputs = _inputs(found, once)
    return Sheet(
        paper=found,
        title=inputs["title"],
        english=inputs["english"],
        body=inputs["content"]["body"],
        blocks=blocks(found, once),
        track_svg=inputs["track_svg"],
        verify_svg=inputs["verify_svg"],
        verify_code=inputs["verify_code"],
    )


def blocks(found: Paper, once: Mapping[str, str] | None = None) -> tuple[Mapping[str, Any], ...]:
    """Return the words of a document at hand as its template lays them down."""
    return tuple(json.loads(_compiler(found, _inputs(found, once)).query(_BLOCKS, field="value")))


def draw(found: Paper, once: Mapping[str, str] | None = None) -> bytes:
    """Return the PDF of a document at hand, saved or not yet; its template must be attached."""
    made = _compiler(found, _inputs(found, once)).compile(
        format="pdf", pdf_standards=STANDARDS, timestamp=_stamp(found)
    )
    assert isinstance(made, bytes)
    return made


def pictures(found: Paper, once: Mapping[str, str] | None = None, *, ppi: float = 96) -> list[bytes]:
    """Return a PNG of each page of a document at hand, for a preview."""
    made: Any = _compiler(found, _inputs(found, once)).compile(format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def _inputs(found: Paper, once: Mapping[str, str] | None) -> dict[str, Any]:
    """Return all that a template is given: plain data, never source."""
    kind = rules.Kind(found.kind)
    form = rules.registry().forms[kind]
    allowed = rules.CONTENTS[kind].once
    extra = {key: rules.neat(text) for key, text in (once or {}).items() if key in allowed}
    # The first version of the templates asks for an address that no document ever had.
    content = {"verify_url": "", **found.content, **extra}
    return {
        "kind": kind.value,
        "title": content["title"],
        "english": form.english if content["bilingual"] else "",
        "number": found.number,
        "issued_on": found.issued_on.isoformat(),
        "practice": found.practice,
        "version": found.template.version,
        "track_svg": qr_svg(content.get("track_url", "")),
        **_verification(found, (once or {}).get("verify_page", "")),
        "content": seen(content),
    }


def _verification(found: Paper, address: str) -> dict[str, str]:
    """Return what the foot prints for whoever checks the document; nothing without the address of the page.

    The secret travels behind the #, which browsers send to no server.
    """
    if not address:
        return {"verify_svg": "", "verify_page": "", "verify_code": ""}
    code = rules.check_code(found.content_sha256)
    drawn = qr_svg(f"{address}#c={rules.short_name(found.id)}&k={code.replace('-', '')}")
    return {"verify_svg": drawn, "verify_page": address, "verify_code": code}


def _compiler(found: Paper, inputs: Mapping[str, Any]) -> typst.Compiler:
    source = sources() / f"{found.template_id}.typ"
    if not source.exists():
        draft = source.with_suffix(f".{id(inputs)}")
        draft.write_text(found.template.source, encoding="utf-8")
        draft.replace(source)
    data = json.dumps(inputs, ensure_ascii=False, sort_keys=True)
    return typst.Compiler(
        source, root=source.parent, font_paths=fonts(), ignore_system_fonts=True, sys_inputs={"paper": data}
    )


def _stamp(found: Paper) -> datetime:
    return midnight(found.issued_on)
