"""The check of a PDF: nothing in it acts, nothing is hidden in it, and opening it stays cheap.

Runs inside the sandbox. What passes is stored byte for byte, so that seals and signatures in it stay valid.
A file that is broken is refused rather than repaired: every reader repairs in its own way, and then the clerk
and the deciding body would not see the same document.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from tongban.files.rules import attachments
from tongban.files.rules.limits import Facts, Limits, refuse

# PDF 2.0 (ISO 32000-2) 12.6.4: actions that run something, reach outside or change the document.
_ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/ResetForm", "/Rendition", "/Movie", "/Sound",
    "/GoToE", "/GoToR", "/RichMediaExecute", "/GoTo3DView", "/Hide",
}  # fmt: skip
# Annotations that play or carry something (12.5.6).
_ANNOTATIONS = {"/RichMedia", "/3D", "/Screen", "/Movie", "/Sound", "/FileAttachment"}
# Keys that say so by themselves, whatever lies behind them.
_KEYS = {"/JavaScript": "script", "/XFA": "xfa"}
# Keys that a font or a picture may bear as its name, too: they count if what lies behind them has these keys.
_TRIGGERS = set("/E /X /D /U /Fo /Bl /PO /PC /PV /PI /O /C /K /F /V /WC /WS /DS /WP /DP".split())  # noqa: SIM905
_NAMED = {
    "/AA": ("automatic-action", _TRIGGERS),
}
_FILES = {"/F", "/UF", "/DOS", "/Mac", "/Unix"}
_UNPACKING = {"/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/Fl", "/LZW", "/RL"}
_CHUNK = 1024 * 1024


def check(data: bytes, limits: Limits) -> Facts:
    """Return what the PDF is.

    :raises Invalid: if it is encrypted, acts by itself, carries a file that isn't mere data, or unpacks to more than
        it may
    """
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise refuse("file.pdf-encrypted")
            _check_objects(pdf, limits)
            return Facts("application/pdf", pages=_count_pages(pdf, limits))
    except pikepdf.PasswordError as error:
        raise refuse("file.pdf-encrypted") from error


def _count_pages(pdf: Pdf, limits: Limits) -> int:
    pages = len(pdf.pages)
    if pages > limits.max_pages:
        raise refuse("file.too-many-pages", pages=pages, limit=limits.max_pages)
    if not pages:
        raise refuse("file.damaged")
    return pages


def _check_objects(pdf: Pdf, limits: Limits) -> None:
    _check_opening(pdf.Root)
    left, carried = limits.max_unpacked, 0
    for seen, item in enumerate(_walk(pdf)):
        if seen > limits.max_objects:
            raise refuse("file.bomb")
        _check_action(item)
        if _bears(item.get(Name.EF), _FILES):
            carried += 1
            attachments.check(item, limits)
        if isinstance(item, Stream):
            left -= _unpacked(item, min(left, limits.max_stream))
        if left < 0 or carried > limits.max_attachments:
            raise refuse("file.bomb")


def _walk(pdf: Pdf) -> Iterator[Object]:
    """Yield every dictionary and stream, also those that lie directly inside another object."""
    for indirect in pdf.objects:
        waiting = [indirect]
        while waiting:
            item = waiting.pop()
            if isinstance(item, Dictionary | Stream):
                yield item
            waiting += [part for part in _parts(item) if not part.is_indirect]


def _parts(item: Object) -> Iterator[Object]:
    values: Any = ()
    if isinstance(item, Dictionary | Stream):
        values = (value for _, value in item.items())
    elif isinstance(item, Array):
        values = iter(item)
    yield from (value for value in values if isinstance(value, Object))


def _check_opening(root: Object) -> None:
    """Opening the document may lead to one of its pages, and nowhere else."""
    action = root.get(Name.OpenAction)
    if isinstance(action, Dictionary) and action.get(Name.S) != Name.GoTo:
        raise refuse("file.pdf-active", found="open-action")
    if Name.Collection in root:
        # A reader shows the files of a portfolio in the place of its pages.
        raise refuse("file.pdf-attachment", found="embedded-file")


def _check_action(item: Object) -> None:
    for key, found in _KEYS.items():
        if key in item:
            raise refuse("file.pdf-active", found=found)
    for key, (found, marks) in _NAMED.items():
        if _bears(item.get(key), marks):
            raise refuse("file.pdf-active", found=found)
    kind, subtype = str(item.get(Name.S, "")), str(item.get(Name.Subtype, ""))
    if kind in _ACTIONS:
        raise refuse("file.pdf-active", found=kind.strip("/").lower())
    if subtype in _ANNOTATIONS and Name.Rect in item:
        raise refuse("file.pdf-active", found=subtype.strip("/").lower())


def _bears(value: object, marks: set[str]) -> bool:
    return isinstance(value, Dictionary) and any(mark in value for mark in marks)


def _unpacked(stream: Stream, most: int) -> int:
    """Return how many bytes the stream unpacks to, counting no further than one past `most`."""
    packings = [name for name in _filters(stream) if name in _UNPACKING]
    if len(packings) > 1:
        raise refuse("file.bomb")
    if not packings:
        return 0
    if _filters(stream) == ["/FlateDecode"]:
        size = _inflated(stream.read_raw_bytes(), most)
    else:
        size = len(stream.get_stream_buffer(pikepdf.StreamDecodeLevel.generalized))
    if size > most:
        raise refuse("file.bomb")
    return size


def _filters(stream: Stream) -> list[str]:
    named = stream.get(Name.Filter)
    if named is None:
        return []
    return [str(name) for name in named] if isinstance(named, Array) else [str(named)]


def _inflated(packed: bytes, most: int) -> int:
    unpacker, size, rest = zlib.decompressobj(), 0, packed
    while rest and size <= most:
        size += len(unpacker.decompress(rest, _CHUNK))
        rest = unpacker.unconsumed_tail
    return size
