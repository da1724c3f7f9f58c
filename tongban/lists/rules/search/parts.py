"""The parts of a query that are looked up, each with what may stand in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from tongban.lists.rules.search import sound
from tongban.lists.rules.search.index import Index, Posting
from tongban.lists.rules.search.query import Query
from tongban.lists.rules.search.text import is_han, pairs, shortened, stem

GROUP, ONE, COVERED = 1.6, 0.22, 0.45
HEARD, HEARD_TOO = 0.6, 0.4
_LONGEST_INITIALS = 10
_SHORTEST_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Part:
    """Something of the query with the items that have it; `means` is the feature by which it was met.

    :param kind: words, meaning, sound, initials, english or code
    """

    said: str
    kind: str
    posting: Mapping[int, float]
    weight: float
    means: str = ""


def parts(query: Query, index: Index) -> list[Part]:
    """Return the parts of a query; those that no item has are left out."""
    found = [*_codes(query, index), *_latin_groups(query, index)]
    for run in query.runs:
        found += _han(run, index) if is_han(run) else _latin(run, index)
    found += _spelt_across(query, index)
    return [part for part in found if part.posting and part.weight]


def _codes(query: Query, index: Index) -> Iterator[Part]:
    whole = query.plain.replace(" ", "-")
    if whole in index.by_code:
        yield Part(whole, "code", {index.by_code[whole]: 1.0}, 50.0)
    elif len(whole) > _SHORTEST_PREFIX and whole.isascii():
        hit = {at: 1.0 for code, at in index.by_code.items() if code.startswith(whole)}
        yield Part(whole, "code", hit, index.rarity(hit) * 4)


def _groups(run: str, index: Index) -> list[tuple[int, int]]:
    """Return where a word of a group stands, without those inside of longer ones."""
    found: list[tuple[int, int]] = []
    for start in range(len(run)):
        longest = min(index.longest, len(run) - start)
        end = next((start + n for n in range(longest, 0, -1) if run[start : start + n] in index.groups), 0)
        if end and not any(first <= start and end <= last for first, last in found):
            found.append((start, end))
    return found


def _han(run: str, index: Index) -> Iterator[Part]:
    covered = _groups(run, index)
    for start, end in covered:
        said = run[start:end]
        for feature in index.groups[said]:
            weight = index.weight(feature) * (GROUP if end - start > 1 else GROUP / 2)
            yield Part(said, "meaning", index.postings[feature], weight, feature)
    heard = [f"s{one} {other}" for one, other in pairwise(sound.keys(run))]
    heard = heard if len(heard) == len(run) - 1 else [""] * (len(run) - 1)
    for at, (pair, spoken) in enumerate(zip(pairs(run), heard, strict=True)):
        inside = any(start <= at and at + 2 <= end for start, end in covered)
        yield _pair(pair, spoken, index, COVERED if inside else 1.0)
    for one in run:
        posting = index.postings.get(f"u{one}", {})
        yield Part(one, "words", posting, index.weight(f"u{one}") * ONE)


def _pair(pair: str, spoken: str, index: Index, share: float) -> Part:
    written = index.postings.get(f"c{pair}", {})
    heard = index.postings.get(spoken, {})
    if not heard or (written and len(heard) == len(written)):
        return Part(pair, "words", written, index.weight(f"c{pair}") * share)
    strength = HEARD_TOO if written else HEARD
    both = {at: strength * value for at, value in heard.items()}
    for at, value in written.items():
        both[at] = max(value, both.get(at, 0.0))
    weight = index.weight(f"c{pair}") if written else index.weight(spoken)
    return Part(pair, "words" if written else "heard", both, weight * share)


def _latin_groups(query: Query, index: Index) -> Iterator[Part]:
    """Yield the words of groups in Latin letters, up to three in a row."""
    tokens = query.plain.split(" ")
    for size in (3, 2, 1):
        for start in range(len(tokens) - size + 1):
            said = " ".join(tokens[start : start + size])
            for feature in index.groups.get(said, ()) if said.isascii() else ():
                weight = index.weight(feature) * GROUP
                yield Part(said, "meaning", index.postings[feature], weight, feature)


def _latin(token: str, index: Index) -> Iterator[Part]:
    english = _english(token, index)
    if english:
        yield Part(token, "english", english, index.rarity(english) * 1.5)
        if len(token) > _LONGEST_INITIALS:
            return
    spelt = sound.spelt(token)
    if len(spelt) > 1:
        yield from _syllables(spelt, token, index, 0.5 if english else 1.0)
    begun = _begun(token, index)
    if begun:
        yield Part(token, "sound", begun, index.rarity(begun) * 1.5 * (0.5 if english else 1.0))
    if not english and 2 <= len(token) <= _LONGEST_INITIALS:
        hit = _initials(token, index)
        yield Part(token, "initials", hit, index.rarity(hit) * (0.7 if spelt else 1.5))


def _english(token: str, index: Index) -> Posting:
    stemmed = f"w{stem(token)}"
    if stemmed in index.postings:
        return index.postings[stemmed]
    if len(token) <= _SHORTEST_PREFIX:
        return {}
    near = {feature for each in shortened(stemmed[1:]) for feature in index.slips.get(each, ())}
    near = near or {each for each in index.postings if each.startswith(f"w{token}")}
    return _joined((index.postings[feature] for feature in sorted(near)), 0.8)


def _joined(postings: Iterator[Posting], share: float) -> Posting:
    found: Posting = {}
    for posting in postings:
        for at, strength in posting.items():
            found[at] = max(found.get(at, 0.0), strength * share)
    return found


def _syllables(spelt: tuple[str, ...], said: str, index: Index, share: float) -> Iterator[Part]:
    for one, other in pairwise(map(sound.key, spelt)):
        feature = f"s{one} {other}"
        yield Part(said, "sound", index.postings.get(feature, {}), index.weight(feature) * share, feature)


def _spelt_across(query: Query, index: Index) -> Iterator[Part]:
    """Yield pairs of syllables that stand in two neighbouring words."""
    for one, other in pairwise(query.runs):
        if not is_han(one) and not is_han(other) and sound.spelt(one) and sound.spelt(other):
            both = (sound.spelt(one)[-1], sound.spelt(other)[0])
            yield from _syllables(both, f"{one} {other}", index, 1.0)


def _begun(token: str, index: Index) -> Posting:
    """Return the items of which a text sounds like this from the beginning of a syllable, the last not yet finished."""
    if len(token) <= _SHORTEST_PREFIX:
        return {}
    found: Posting = {}
    for at, sayings in enumerate(index.sayings):
        for each in sayings:
            place = each.joined.find(token)
            if place >= 0 and place in each.starts:
                whole = len(token) / len(each.joined)
                found[at] = max(found.get(at, 0.0), 0.7 + 0.3 * whole)
    return found


def _initials(token: str, index: Index) -> Posting:
    found: Posting = {}
    for at, sayings in enumerate(index.sayings):
        best = max((_same_initials(token, each.initials, each.kind) for each in sayings), default=0.0)
        if best:
            found[at] = best
    return found


def _same_initials(token: str, initials: str, kind: str) -> float:
    place = initials.find(token)
    if place >= 0:
        return 0.7 + 0.2 * len(token) / len(initials) + 0.1 * (place == 0)
    return 0.5 if kind == "name" and len(token) > 2 and _skipping(token, initials) else 0.0


def _skipping(token: str, initials: str) -> bool:
    start = initials.find(token[0])
    while start >= 0:
        if sound.within(token, initials[start:]):
            return True
        start = initials.find(token[0], start + 1)
    return False
