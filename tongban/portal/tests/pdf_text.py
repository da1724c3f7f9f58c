"""The words of a PDF, read the way a reader does: by the tables of its fonts."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf

MISSING = "�"
_HEX = rb"<([0-9A-Fa-f]+)>"


def words(pdf: bytes) -> str:
    """Return all text without blanks; a character that no font has is shown as ``�``."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        text = "".join(_page(page) for page in opened.pages)
    return tight(text)


def tight(text: str) -> str:
    """Return a text without blanks and invisible marks, in which line breaks make no difference."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def _page(page: Any) -> str:
    fonts = {str(name): _table(font) for name, font in page.Resources.Font.items()}
    known: dict[int, str] = {}
    found = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, instruction.operator
        if str(operator) == "Tf":
            known = fonts[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
            shown = b"".join(bytes(each) for each in pieces if isinstance(each, pikepdf.String))
            codes = [int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2)]
            found += [known.get(code, MISSING) if code else MISSING for code in codes]
    return "".join(found)


def _table(font: Any) -> dict[int, str]:
    """Return which characters a font's codes stand for."""
    text = font.ToUnicode.read_bytes()
    table: dict[int, str] = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, said in re.findall(_HEX + rb"\s*" + _HEX, part):
            table[int(code, 16)] = bytes.fromhex(said.decode()).decode("utf-16-be")
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for low, high, said in re.findall(_HEX + rb"\s*" + _HEX + rb"\s*" + _HEX, part):
            first = int(said, 16)
            table |= {
                code: chr(first + code - int(low, 16)) for code in range(int(low, 16), int(high, 16) + 1)
            }
    return table
