"""The basis that a list states, read as laws with their editions and articles, and held against the base's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tongban.catalogue.rules.mapping import Vocabulary

_TITLE = re.compile("[《〈]([^《》〈〉]{2,120})[》〉]")


@dataclass(frozen=True, slots=True)
class Law:
    """A law that an item rests on: its title, the year of its edition in force (0 if unknown), the articles."""

    title: str
    year: int
    articles: frozenset[str]


def laws_of(
    basis: Sequence[Mapping[str, str]], editions: Mapping[str, str], words: Vocabulary
) -> tuple[Law, ...]:
    """Return the laws of a revision's basis, one for each title, with all its articles.

    :param editions: the edition in force by law, as `data/laws.json` gives it
    """
    found: dict[str, Law] = {}
    for each in basis:
        edition = editions.get(each.get("law", ""), "")
        year = int(edition[:4]) if edition[:4].isdigit() else 0
        articles = frozenset(_articles(each.get("article", ""), words))
        known = found.get(each["title"])
        found[each["title"]] = Law(each["title"], year, articles | (known.articles if known else frozenset()))
    return tuple(found.values())


def read(text: str, words: Vocabulary) -> list[Law]:
    """Return the laws that a text names, each with the newest year given and the articles that follow it."""
    folded = text.replace("\n", " ")
    marks = list(_TITLE.finditer(folded))
    ends = [*(mark.start() for mark in marks[1:]), len(folded)][: len(marks)]
    year = words.raw["year"]
    found = []
    for mark, end in zip(marks, ends, strict=True):
        after = folded[mark.end() : end]
        years = [int(each) for each in re.findall(year, f"{mark.group(1)} {after.split(';')[0][:60]}")]
        found.append(Law(mark.group(1), max(years, default=0), frozenset(_articles(after, words))))
    return found


def differences(text: str, base: Iterable[Law], words: Vocabulary) -> list[tuple[str, str]]:
    """Return what is wrong with a stated basis, and what the base says: by code and law.

    `missing`, `other` (none of the base's laws is named), `outdated`, `article` (an article isn't named).
    """
    wanted = {_bare(law.title, words): law for law in base}
    if not wanted:
        return []
    said = "; ".join(_worded(law) for law in wanted.values())
    if not text.strip():
        return [("missing", said)]
    stated = {_bare(law.title, words): law for law in read(text, words)}
    common = wanted.keys() & stated.keys()
    if not common:
        return [("other", said)]
    return [found for title in sorted(common) for found in _compared(stated[title], wanted[title])]


def _compared(stated: Law, wanted: Law) -> Iterable[tuple[str, str]]:
    if stated.year and wanted.year and stated.year < wanted.year:
        yield "outdated", _worded(wanted)
    if wanted.articles - stated.articles:
        yield "article", _worded(wanted)


def _worded(law: Law) -> str:
    year = f"（{law.year}）" if law.year else ""
    return f"《{law.title}》{year}{'、'.join(sorted(law.articles))}"


def _bare(title: str, words: Vocabulary) -> str:
    text = unicodedata.normalize("NFKC", title).replace(words.raw["state"], "")
    return "".join(each for each in re.sub(r"\([^)]*\)", "", text) if each.isalnum())


def _articles(text: str, words: Vocabulary) -> Iterable[str]:
    for article in re.findall(words.raw["article"], text):
        yield re.sub("[0-9]+", lambda found: numeral(int(found.group()), words), article)


def numeral(number: int, words: Vocabulary) -> str:
    """Return a number below 1000 as Chinese law writes it; a larger one as it is."""
    digits, (ten, hundred) = words.raw["numerals"], words.raw["tens"]
    if number >= 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}{hundred}" if hundreds else ""
    if tens:
        text += ten if tens == 1 and not hundreds else f"{digits[tens]}{ten}"
    elif hundreds and ones:
        text += digits[0]
    return text + (digits[ones] if ones else "") or digits[0]
