"""What is searched: an item with all its texts, each as strong as it speaks for the item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tongban.lib.texts import Text
from tongban.lists.rules.search.words import Words

NOTHING = Text("")
NAME, SPOKEN, THEME, SAYS = 1.0, 0.9, 0.35, 0.18


@dataclass(frozen=True, slots=True)
class Doc:
    """An item as the search needs it.

    :param codes: its own code first, then others under which it's known
    :param local: names under which places list it, where they differ from its own
    :param texts: what it says otherwise: materials, conditions, its result
    """

    codes: tuple[str, ...]
    name: Text
    aliases: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    theme: Text = NOTHING
    theme_code: str = ""
    department: Text = NOTHING
    subjects: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    complete: bool = False

    @property
    def code(self) -> str:
        """Return the code under which it's shown."""
        return self.codes[0]


@dataclass(frozen=True, slots=True)
class Field:
    """One text by which an item may be found; `kind` is name, alias, local, theme, says or a kind of synonym."""

    text: str
    strength: float
    kind: str


def fields(doc: Doc, words: Words, phrases: dict[str, list[tuple[str, str]]]) -> Iterator[Field]:
    """Yield the texts of an item, not yet made plain."""
    yield Field(doc.name.zh, NAME, "name")
    yield Field(doc.name.en, NAME, "name")
    for alias in doc.aliases:
        yield Field(alias, NAME, "alias")
    for name in dict.fromkeys(doc.local):
        yield Field(name, NAME, "local")
    for code in doc.codes:
        for said, kind in phrases.get(code, ()):
            yield Field(said, SPOKEN, kind)
    for text in (doc.theme.zh, doc.theme.en, doc.department.zh):
        yield Field(text, THEME, "theme")
    for text in doc.texts:
        yield Field(text, SAYS, "says")


def spoken(words: Words) -> dict[str, list[tuple[str, str]]]:
    """Return what people say for an item, by its code."""
    found: dict[str, list[tuple[str, str]]] = {}
    for phrase in words.phrases:
        for code in phrase.items:
            found.setdefault(code, []).extend((said, phrase.kind) for said in phrase.said)
    return found
