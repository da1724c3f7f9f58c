"""Reads of documents, and their rendering."""

from __future__ import annotations

import hmac
import io
import json
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import segno
import typst
from PIL import ImageFont

from tongban.lib import codes
from tongban.lib.personal import mask_name
from tongban.lib.refusals import Missing
from tongban.papers import rules
from tongban.papers.models import Paper
from tongban.papers.rules.signs import TEMPLATE, printed_on

# Tagged and self-contained: it can be archived (PDF/A-2a) and read aloud (PDF/UA-1).
_STANDARDS: list[Any] = ["a-2a", "ua-1"]
_FONTS = ("manimgx_fonts_cjk", "pylopdf_fonts_zh_cn")
_BLOCKS = "<block>"
_NO_CHARACTER = "\U0010ffff"


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
        format="pdf", pdf_standards=_STANDARDS, timestamp=_stamp(found)
    )
    assert isinstance(made, bytes)
    return made


def pictures(found: Paper, once: Mapping[str, str] | None = None, *, ppi: float = 96) -> list[bytes]:
    """Return a PNG of each page of a document at hand, for a preview."""
    made: Any = _compiler(found, _inputs(found, once)).compile(format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def qr_svg(text: str) -> str:
    """Return a QR code as SVG, readable though a quarter of it is damaged; nothing for no text."""
    if not text:
        return ""
    out = io.BytesIO()
    segno.make(text, error="q", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, unit="", omitsize=True
    )
    return out.getvalue().decode()


def printed(
    template: Path,
    data: Mapping[str, Any],
    on: date,
    form: Literal["pdf", "svg", "png"] = "pdf",
    ppi: float = 96,
) -> list[bytes]:
    """Return what a template of a data folder makes of plain data: one PDF, or one picture for each page.

    For what is published and never issued under a number, such as guides and signs: the same bytes every time.

    :param on: the day that the file bears
    """
    inputs = {"data": json.dumps(_seen(data), ensure_ascii=False, sort_keys=True)}
    compiler = typst.Compiler(
        template, root=template.parent, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs
    )
    standards = _STANDARDS if form == "pdf" else []
    made: Any = compiler.compile(
        format=form, ppi=ppi if form == "png" else None, pdf_standards=standards, timestamp=_midnight(on)
    )
    return made if isinstance(made, list) else [made]


def sign_of(kind: str) -> rules.Sign:
    """Return a kind of sign with its measures.

    :raises Missing: if there is none
    """
    found = rules.sign_kinds().get(kind)
    if found is None:
        raise Missing
    return found


def sign(
    kind: str, place: rules.Place, on: date, form: Literal["pdf", "svg", "png"] = "pdf", *, cut: bool = False
) -> bytes:
    """Return one sign of a hall in its true size.

    :raises Missing: if there is no such kind of sign
    """
    return printed(TEMPLATE, sign_data(kind, place, on, cut=cut), on, form)[0]


def sign_data(kind: str, place: rules.Place, on: date, *, cut: bool = False) -> dict[str, Any]:
    """Return what the template of signs is given for one sign: plain data.

    :raises Missing: if there is no such kind of sign
    """
    return printed_on(sign_of(kind), place, qr_svg(place.address), on.isoformat(), cut=cut)


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
        "content": _seen(content),
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


def _seen(value: Any) -> Any:
    """Return the value with every character that no font has named by its code, so that none goes missing."""
    if isinstance(value, str):
        unseen = {ord(mark): f"[U+{ord(mark):04X}]" for mark in set(value) if not _has_shape(mark)}
        return value.translate(unseen) if unseen else value
    if isinstance(value, list):
        return [_seen(each) for each in value]
    return {key: _seen(each) for key, each in value.items()} if isinstance(value, dict) else value


@lru_cache(maxsize=8192)
def _has_shape(mark: str) -> bool:
    if mark.isascii() or "VARIATION SELECTOR" in unicodedata.name(mark, ""):
        return True
    return any(bytes(face.getmask(mark)) != missing for face, missing in _faces())


@lru_cache(maxsize=1)
def _faces() -> tuple[tuple[ImageFont.FreeTypeFont, bytes], ...]:
    """Return each font with the picture it draws for what it doesn't have."""
    files = [file for folder in _font_folders() for file in sorted(folder.glob("*.[ot]t[fc]*"))]
    faces = [ImageFont.truetype(file, 24, layout_engine=ImageFont.Layout.BASIC) for file in files]
    return tuple((face, bytes(face.getmask(_NO_CHARACTER))) for face in faces)


def _compiler(found: Paper, inputs: Mapping[str, Any]) -> typst.Compiler:
    source = _sources() / f"{found.template_id}.typ"
    if not source.exists():
        draft = source.with_suffix(f".{id(inputs)}")
        draft.write_text(found.template.source, encoding="utf-8")
        draft.replace(source)
    data = json.dumps(inputs, ensure_ascii=False, sort_keys=True)
    return typst.Compiler(
        source, root=source.parent, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs={"paper": data}
    )


@lru_cache(maxsize=1)
def _workshop() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="papers-")


def _sources() -> Path:
    """Return this process's folder of template texts: typst answers queries about files only."""
    return Path(_workshop().name)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Return the fonts of the two wheels, opened once per process; others would change the pages."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=_font_folders())


def _font_folders() -> list[Path]:
    return [Path(spec.origin).parent for name in _FONTS if (spec := find_spec(name)) and spec.origin]


def _stamp(found: Paper) -> datetime:
    return _midnight(found.issued_on)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
