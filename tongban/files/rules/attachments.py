"""Data attached to a PDF, such as an electronic invoice's own: let through if it can do nothing, whoever opens it.

It's kept in place, for the seal and the data belong together, and never shown: a copy for the screen leaves it out.
"""

from __future__ import annotations

import zlib
from pathlib import PurePath

from pikepdf import Dictionary, Name, Object, Stream

from tongban.files.rules.kinds import EMPTY, HEAD, sniff
from tongban.files.rules.limits import Limits, refuse

_KINDS = {"xml", "text"}
# A batch file or a script is plain text, too: its name is what starts it.
_ENDINGS = {".xml", ".xbrl", ".json", ".csv", ".txt"}
_STREAMS = ("/F", "/UF", "/DOS", "/Mac", "/Unix")
# Entities let a small file swell in whatever reads it.
_SWELLS = b"<!ENTITY"


def check(spec: Object, limits: Limits) -> None:
    """Let pass a file specification whose files are data.

    :raises Invalid: names the kind of what isn't
    """
    name = next((str(spec[key]) for key in ("/UF", "/F") if key in spec), "")
    if PurePath(name).suffix.lower() not in _ENDINGS or _says_otherwise(spec):
        raise refuse("file.pdf-attachment", found="embedded-file")
    files = spec[Name.EF]
    for key in files.keys():  # noqa: SIM118  # a PDF's dictionary isn't iterated over
        file = files[key]
        if key not in _STREAMS or not isinstance(file, Stream):
            raise refuse("file.pdf-attachment", found="embedded-file")
        _check_data(_content(file, limits))


def _says_otherwise(spec: Object) -> bool:
    """Return whether another of its names would make something else of it, or further files hang on it."""
    names = [str(spec[key]) for key in _STREAMS if key in spec]
    return Name.RF in spec or any(PurePath(name).suffix.lower() not in _ENDINGS for name in names)


def _content(file: Stream, limits: Limits) -> bytes:
    packing, raw, most = file.get(Name.Filter), file.read_raw_bytes(), limits.max_attachment
    if packing is None or packing == []:
        data = raw
    elif _only(packing) == Name.FlateDecode and Name.DecodeParms not in file:
        data = zlib.decompressobj().decompress(raw, most + 1)
    else:
        raise refuse("file.pdf-attachment", found="archive")
    if len(data) > most:
        raise refuse("file.attachment-too-large", limit=most, size=len(data))
    return data


def _only(packing: Object) -> Object:
    return packing if isinstance(packing, Name) or len(packing) != 1 else packing[0]


def _check_data(data: bytes) -> None:
    """Let pass what reads as text from its first byte to its last, and is no page, drawing or script."""
    kind = sniff(data[:HEAD])
    plain = kind == EMPTY or (kind.name in _KINDS and not any(byte < 9 or 13 < byte < 32 for byte in data))
    if not plain or _SWELLS in data:
        raise refuse("file.pdf-attachment", found=kind.name if kind.name not in _KINDS else "embedded-file")


def leave_out(root: Object, pages: list[Object]) -> None:
    """Take every attachment out of a copy: people are shown the pages, nothing else."""
    names = root.get(Name.Names)
    if isinstance(names, Dictionary) and Name.EmbeddedFiles in names:
        del names[Name.EmbeddedFiles]
    for holder in (root, *pages):
        if Name.AF in holder:
            del holder[Name.AF]
