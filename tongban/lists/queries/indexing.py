"""The index of a state of the catalogue: built once for a process, shared by its threads, built anew after a change."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Searchable
from tongban.lib.texts import Text
from tongban.lists.queries import demand
from tongban.lists.queries.where import Reach
from tongban.lists.rules.search import Doc, Gazetteer, Index, Unusable, Words, build, read
from tongban.places import queries as places

log = logging.getLogger(__name__)

# What was built is kept under what it was built of; an older one serves until the next is there.
_kept: dict[tuple[Any, ...], Built] = {}
_building = threading.Lock()


@dataclass(frozen=True)
class Built:
    """An index with what its results show; without `index` only plain search is left.

    :param seconds: how long it took to build
    :param reached: what a place takes in, by the state of the lists and the place: filled as it's asked
    """

    items: tuple[Searchable, ...]
    docs: tuple[Doc, ...]
    index: Index | None
    places: Gazetteer
    directory: int
    wanted: Mapping[str, float]
    seconds: float
    reached: dict[tuple[str, str], Reach] = field(default_factory=dict, repr=False, compare=False)


def folder() -> Path:
    """Return where the words lie that people use."""
    return Path(settings.BASE_DIR) / "data" / "search"


def built(day: date) -> Built:
    """Return what searches go by, at the price of one cheap statement while nothing has changed."""
    version, directory = _versions()
    key = (version, directory, day, _changed())
    found = _kept.get(key)
    if found:
        return found
    # While one thread builds, others go on with what there was; only the first of all has to wait.
    if not _building.acquire(blocking=not _kept):
        return next(iter(_kept.values()))
    try:
        return _kept.get(key) or _keep(key, _build(day, directory))
    finally:
        _building.release()


def forget() -> None:
    """Forget what was built."""
    _kept.clear()


def _keep(key: tuple[Any, ...], new: Built) -> Built:
    before = list(_kept)
    _kept[key] = new
    for each in before:
        _kept.pop(each, None)
    return new


def _versions() -> tuple[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {catalogue.searchable_version_sql}, {places.directory_version_sql}")
        row = cursor.fetchone()
    return (str(row[0]), int(row[1])) if row else ("", 0)


def _changed() -> tuple[int, ...]:
    """Return when the files of words were last written, so that a new word counts at once."""
    paths = (folder() / "synonyms.json", folder() / "traditional.json")
    return tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in paths)


def _build(day: date, directory: int) -> Built:
    began = time.perf_counter()
    items = tuple(catalogue.searchable(day))
    docs = tuple(doc(each) for each in items)
    words = usable_words()
    return Built(
        items=items,
        docs=docs,
        index=_index(docs, words),
        places=_gazetteer(directory, words.suffixes),
        directory=directory,
        wanted=demand.weights(day),
        seconds=time.perf_counter() - began,
    )


def doc(item: Searchable) -> Doc:
    """Return an item as the search needs it."""
    return Doc(
        codes=item.codes,
        name=item.found.name,
        aliases=item.aliases,
        local=item.local,
        theme=item.found.theme,
        theme_code=item.theme,
        department=Text(item.found.department.zh),
        subjects=item.found.subjects,
        texts=item.texts,
        complete=item.found.complete,
    )


def usable_words() -> Words:
    """Return the words that people use; none if the files are broken: the items' own texts are still searched."""
    try:
        return _words(folder(), _changed())
    except (Unusable, OSError, ValueError) as error:
        log.warning("words of the search can't be used", extra={"error": type(error).__name__})
        return Words()


@lru_cache(maxsize=2)
def _words(where: Path, changed: tuple[int, ...]) -> Words:
    del changed  # the key of the cache
    synonyms = json.loads((where / "synonyms.json").read_text(encoding="utf-8"))
    return read(synonyms, json.loads((where / "traditional.json").read_text(encoding="utf-8")))


def _index(docs: tuple[Doc, ...], words: Words) -> Index | None:
    for given in (words, Words()):
        try:
            return build(docs, given)
        except Exception:
            # Whatever is wrong with a text or a word, people still find what they name: by less, or plainly.
            log.exception("the index of the search can't be built")
    return None


def _gazetteer(version: int, suffixes: tuple[str, ...]) -> Gazetteer:
    """Return the names of places, higher ones first, so that a city wins over a county of the same name."""
    directory = places.directory(version)
    known = [place for place in directory.places.values() if not place.ended]
    known.sort(key=lambda place: (len(list(directory.line(place.code))), place.code))
    return Gazetteer.of(((each.code, each.name.zh, each.name.en, each.pinyin) for each in known), suffixes)
