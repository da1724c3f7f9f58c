"""Text that people typed, made safe to keep and to print without changing what it says."""

from __future__ import annotations

import unicodedata

from tongban.lib.refusals import Invalid

# Marks that change the order in which a line is read: a name must not be able to turn a document around.
_DIRECTION = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])


def clean(text: str, *, field: str, limit: int, lines: bool = False) -> str:
    """Return the text in NFC, without control characters, direction marks and outer blanks.

    Rare Han characters, the middle dot of a name (·) and everything else that people write stay as they are.

    :raises Invalid: if it's longer than `limit` characters or holds characters that no document can show
    """
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_DIRECTION))
    kept = "".join(mark for mark in plain if _shown(mark, lines=lines)).strip()
    if len(kept) > limit:
        raise Invalid("text.too-long", field=field, limit=limit, length=len(kept))
    if any(unicodedata.category(mark) in {"Cs", "Cn"} for mark in kept):
        raise Invalid("text.unreadable", field=field)
    return kept


def _shown(mark: str, *, lines: bool) -> bool:
    return (lines and mark == "\n") or unicodedata.category(mark) != "Cc"
