"""What a query asks for: its words without fillers, the place it names, and whose matter it seems to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tongban.lists.rules.search.text import is_han, normal, runs
from tongban.lists.rules.search.words import Words


@dataclass(frozen=True)
class Gazetteer:
    """The names of places: with and without the suffix that says what they are, and in pinyin."""

    han: Mapping[str, str]
    latin: Mapping[str, str]
    longest: int

    @classmethod
    def of(cls, places: Iterable[tuple[str, str, str, str]], suffixes: Iterable[str]) -> Gazetteer:
        """Return the gazetteer of places: code, Chinese name, English name, pinyin; the first of a name wins."""
        han: dict[str, str] = {}
        latin: dict[str, str] = {}
        for code, name, english, pinyin in places:
            han.setdefault(name, code)
            short = next((name.removesuffix(each) for each in suffixes if name.endswith(each)), name)
            if len(short) >= 2:
                han.setdefault(short, code)
            for spelt in (pinyin, normal(english).split(" ")[0] if english else ""):
                if spelt:
                    latin.setdefault(spelt, code)
        return cls(han, latin, max(map(len, han), default=0))


EMPTY = Gazetteer({}, {}, 0)


@dataclass(frozen=True, slots=True)
class Query:
    """A query understood.

    :param plain: what was typed, made plain
    :param runs: what is searched for: stretches of Chinese and words in Latin letters
    :param places: codes of the places that it names, which are looked for as words no more
    :param elsewhere: whether it names a place that isn't in the directory
    :param subject: person or company, if it sounds like one
    """

    plain: str
    runs: tuple[str, ...]
    places: tuple[str, ...] = ()
    elsewhere: bool = False
    subject: str = ""


def understand(text: str, words: Words, places: Gazetteer = EMPTY) -> Query:
    """Return what a text asks for; never fails, whatever was typed."""
    plain = normal(text, words.simplified)
    rest, named = _without_places(plain, words, places)
    elsewhere, rest = _without(rest, words.elsewhere)
    rest = rest if runs(rest) else plain
    # Of fillers alone nothing is made: nobody says by them what they want.
    _filled, content = _without(rest, words.fillers)
    found = tuple(run for run in runs(content) if run not in words.stops)
    return Query(
        plain=plain,
        runs=found,
        places=named,
        elsewhere=elsewhere,
        subject=_subject(plain, words),
    )


def _without(text: str, said: Iterable[str]) -> tuple[bool, str]:
    """Return whether the text has one of these, and the text with blanks in their place."""
    kept = text
    for each in said:
        if each in kept:
            kept = " ".join(kept.split()).replace(each, " ") if is_han(each) else _words_less(kept, each)
    return kept != text, kept


def _words_less(text: str, word: str) -> str:
    return f" {text} ".replace(f" {word} ", " ").strip()


def _without_places(plain: str, words: Words, places: Gazetteer) -> tuple[str, tuple[str, ...]]:
    kept, named, at = [], [], 0
    while at < len(plain):
        length = _place_at(plain, at, words, places)
        if length:
            named.append(places.han[plain[at : at + length]])
            kept.append(" ")
        else:
            kept.append(plain[at])
        at += length or 1
    rest = []
    for run in "".join(kept).split(" "):
        code = places.latin.get(run)
        if code:
            named.append(code)
        else:
            rest.append(run)
    return " ".join(filter(None, rest)), tuple(dict.fromkeys(named))


def _place_at(plain: str, at: int, words: Words, places: Gazetteer) -> int:
    """Return the length of the longest name of a place that begins here; 0 if there is none."""
    for length in range(min(places.longest, len(plain) - at), 1, -1):
        name = plain[at : at + length]
        if name in places.han and name not in words.no_places:
            return length
    return 0


def _subject(plain: str, words: Words) -> str:
    """Return whose matter the query sounds like; nothing if like both or neither."""
    found = [who for who, said in words.hints.items() if any(each in plain for each in said)]
    return found[0] if len(found) == 1 else ""
