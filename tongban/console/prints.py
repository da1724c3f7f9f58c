"""Guides and signs of the whole installation as files: rendered side by side, and only what changed."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.progress import track

from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Edition, Form
from tongban.catalogue.rules import Standing
from tongban.catalogue.rules import guides as guide_rules
from tongban.lists.queries import standing
from tongban.papers import queries as papers
from tongban.papers import rules as papers_rules
from tongban.places import queries as places

MANIFEST = "manifest.json"
_DAILY = {"on", "foot"}
"""What says on which day a file was made: that alone is no reason to make it anew."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be rendered: from which template, of which data, and what tells whether it changed."""

    target: str
    template: Path
    data: Mapping[str, Any]
    form: str
    on: date
    about: str

    @property
    def stamp(self) -> str:
        """Return the hash of everything that the file is made of, but the day."""
        lasting = {key: value for key, value in self.data.items() if key not in _DAILY}
        text = json.dumps([self.about, version("typst"), lasting], sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(text.encode())
        digest.update(self.template.read_bytes())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did: files made, and files that stood already."""

    made: int
    kept: int


def guides(on: date, url: str, codes: Sequence[str] = ()) -> Iterator[Job]:
    """Yield all guides of the items: every form, both languages, normal and large type.

    :raises Missing: if one of the items has no rule in force
    """
    found, listed, stopped = (
        catalogue.everything(on),
        standing.listed_items(on, codes),
        catalogue.stopped(on),
    )
    for code in codes or [each.code for each in found if each.number]:
        edition = catalogue.in_force(code, on)
        modes = {mode for each in listed.get(code, ()) for mode in each.modes}
        for form in catalogue.guide_forms(edition, modes):
            yield from _guide(edition, form, on, url, stopped.get(code))


def _guide(edition: Edition, form: Form, on: date, url: str, stands: Standing | None) -> Iterator[Job]:
    address = f"{url}items/{edition.item}/guides/{form}/"
    for language in guide_rules.LANGUAGES:
        made = catalogue.guide(edition, form, language, on, stands=stands)
        for large in (False, True):
            name = f"{edition.item}/{form}.{language}{'.large' if large else ''}.pdf"
            data = catalogue.printed_guide(edition, made, on, large=large, address=address)
            yield Job(name, guide_rules.TEMPLATE, data, "pdf", on, edition.key)


def signs(on: date, url: str, region: str = "", *, cut: bool = False) -> Iterator[Job]:
    """Yield all signs of the halls, of the whole province or of a region and what belongs to it.

    :raises Missing: if there is no such region
    """
    directory = places.directory_now()
    if region:
        directory.region(region)
    for code, halls in places.halls().items():
        if region and not _below(code, region):
            continue
        for hall in halls:
            yield from _signs(hall, on, url, cut)


def _below(code: str, region: str) -> bool:
    """Return whether a region is the other or belongs to it."""
    known = places.directory_now().places
    while code:
        if code == region:
            return True
        code = known[code].parent if code in known else ""
    return False


def _signs(hall: Any, on: date, url: str, cut: bool) -> Iterator[Job]:
    special = next((window.number for window in places.windows_of(hall.code) if window.special), "")
    place = papers_rules.Place(hall.name, f"{url}halls/{hall.code}/", special, hall.hours, hall.illustrative)
    for kind in papers_rules.sign_kinds():
        data = papers.sign_data(kind, place, on, cut=cut)
        for form in ("pdf", "svg"):
            name = f"{hall.region_id}/{hall.code}/{kind}{'-cut' if cut else ''}.{form}"
            yield Job(name, papers_rules.SIGN_TEMPLATE, data, form, on, hall.code)


def render(jobs: Iterable[Job], folder: Path, says: str) -> Done:
    """Render what isn't there or has changed, on all processors, and tell how much that was."""
    folder.mkdir(parents=True, exist_ok=True)
    known = _manifest(folder)
    stamps = {job.target: (job, job.stamp) for job in jobs}
    todo = [
        job
        for job, stamp in stamps.values()
        if known.get(job.target) != stamp or not (folder / job.target).exists()
    ]
    try:
        for target in _made(todo, folder, says):
            known[target] = stamps[target][1]
    finally:
        text = json.dumps(known, indent=1, sort_keys=True)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return Done(len(todo), len(stamps) - len(todo))


def _manifest(folder: Path) -> dict[str, str]:
    path = folder / MANIFEST
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _made(todo: Sequence[Job], folder: Path, says: str) -> Iterator[str]:
    """Yield the name of each file as soon as it's written, with a bar where somebody watches."""
    if not todo:
        return
    # Threads, since typst works outside Python's lock; processes forked from one that has used it would stand still.
    with ThreadPoolExecutor(min(os.cpu_count() or 1, len(todo))) as pool:
        waiting: list[Future[str]] = [pool.submit(_write, job, folder) for job in todo]
        for future in track(as_completed(waiting), description=says, total=len(waiting)):
            yield future.result()


def _write(job: Job, folder: Path) -> str:
    """Render one file; whole or not at all."""
    form: Any = job.form
    made = papers.printed(job.template, job.data, job.on, form)
    path = folder / job.target
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    draft.write_bytes(made[0])
    draft.replace(path)
    return job.target
