"""Laying plain data down by typst: codes, pages, signs; what characters the fonts don't have is named."""

from __future__ import annotations

import io
import json
import tempfile
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import segno
import typst
from PIL import ImageFont

from tongban.lib.refusals import Missing
from tongban.papers import rules
from tongban.papers.rules.signs import TEMPLATE, printed_on

# Tagged and self-contained: it can be archived (PDF/A-2a) and read aloud (PDF/UA-1).
STANDARDS: list[Any] = ["a-2a", "ua-1"]
_FONTS = ("manimgx_fonts_cjk", "pylopdf_fonts_zh_cn")
_NO_CHARACTER = "\U0010ffff"


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
    inputs = {"data": json.dumps(seen(data), ensure_ascii=False, sort_keys=True)}
    compiler = typst.Compiler(
        template, root=template.parent, font_paths=fonts(), ignore_system_fonts=True, sys_inputs=inputs
    )
    standards = STANDARDS if form == "pdf" else []
    made: Any = compiler.compile(
        format=form, ppi=ppi if form == "png" else None, pdf_standards=standards, timestamp=midnight(on)
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


def seen(value: Any) -> Any:
    """Return the value with every character that no font has named by its code, so that none goes missing."""
    if isinstance(value, str):
        unseen = {ord(mark): f"[U+{ord(mark):04X}]" for mark in set(value) if not _has_shape(mark)}
        return value.translate(unseen) if unseen else value
    if isinstance(value, list):
        return [seen(each) for each in value]
    return {key: seen(each) for key, each in value.items()} if isinstance(value, dict) else value


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


@lru_cache(maxsize=1)
def _workshop() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="papers-")


def sources() -> Path:
    """Return this process's folder of template texts: typst answers queries about files only."""
    return Path(_workshop().name)


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Return the fonts of the two wheels, opened once per process; others would change the pages."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=_font_folders())


def _font_folders() -> list[Path]:
    return [Path(spec.origin).parent for name in _FONTS if (spec := find_spec(name)) and spec.origin]


def midnight(day: date) -> datetime:
    """Return the moment that a file made on a day bears, the same everywhere."""
    return datetime.combine(day, time(), tzinfo=UTC)
