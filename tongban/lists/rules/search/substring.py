"""Plain search: every word typed stands somewhere in the item's texts. What remains when the rest can't be built."""

from __future__ import annotations

from collections.abc import Sequence

from tongban.lists.rules.search.docs import Doc

_LONGEST = 200


def plain(text: str, docs: Sequence[Doc]) -> list[int]:
    """Return the places of the items that contain every word typed, those named so first."""
    words = text[:_LONGEST].casefold().split()
    if not words:
        return []
    found = [at for at, doc in enumerate(docs) if _has(words, doc)]
    return sorted(
        found, key=lambda at: (not docs[at].complete, words[0] not in docs[at].name.zh.casefold(), at)
    )


def _has(words: list[str], doc: Doc) -> bool:
    texts = "\n".join((doc.name.zh, doc.name.en, *doc.aliases, *doc.local, *doc.codes)).casefold()
    return all(word in texts for word in words)
