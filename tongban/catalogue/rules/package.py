"""Packages: items with all their revisions on the way from one installation to another, as JSON that seals itself."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from tongban.lib.refusals import Invalid

FORMAT = "tongban-package/1"
_PARTS = ("format", "themes", "items", "manifest", "sha256")


def _text(most: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and len(value) <= most


def _code(most: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and len(value) <= most and bool(_SLUG.fullmatch(value))


def _among(values: Collection[object]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in values


def _count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MOST_COUNTED


def _spoken(value: object) -> bool:
    """Return whether it's words in Chinese, and in English if it's known."""
    words = value if isinstance(value, dict) else {}
    known = all(name in {"zh", "en"} and isinstance(said, str) for name, said in words.items())
    return known and bool(words.get("zh"))


def _day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_MOST_COUNTED = 32_767
_SUBJECTS = {"person", "company", "person,company", "company,person"}
_THEME: Mapping[str, Callable[[object], bool]] = {
    "code": _code(40),
    "name": _spoken,
    "subject": _among({"person", "company"}),
    "position": _count,
}
_ITEM: Mapping[str, Callable[[object], bool]] = {
    "code": _code(36),
    "base_code": _text(12),
    "name": _spoken,
    "type": _text(2),
    "theme": _text(40),
    "subjects": _among(_SUBJECTS),
    "department": _spoken,
    "entry": lambda value: isinstance(value, dict) and all(isinstance(each, str) for each in value.values()),
    "illustrative": lambda value: isinstance(value, bool),
    "owner": _text(40),
    "words": _text(100_000),
}
_REVISION: Mapping[str, Callable[[object], bool]] = {
    "number": _count,
    "content": lambda value: isinstance(value, dict),
    "sha256": _text(64),
    "valid_from": _day,
    "valid_until": lambda value: value is None or _day(value),
}
"""What each of them holds, and whether a value is of its kind; lengths are the columns'."""

Json = Mapping[str, Any]


def canonical(value: object) -> bytes:
    """Return the bytes that are hashed: sorted keys, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: object) -> str:
    """Return the SHA-256 of a value's canonical JSON."""
    return hashlib.sha256(canonical(value)).hexdigest()


def content_digest(content: object) -> str:
    """Return the SHA-256 under which a revision with this content was published."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def sealed(themes: Sequence[Json], items: Sequence[Json]) -> dict[str, Any]:
    """Return the package of these themes and items, with its manifest and its hash."""
    manifest = {
        "items": {item["code"]: digest(item) for item in items},
        "revisions": sum(len(item["revisions"]) for item in items),
    }
    whole = {"format": FORMAT, "themes": list(themes), "items": list(items), "manifest": manifest}
    return {**whole, "sha256": digest(whole)}


def written(package: Json) -> bytes:
    """Return a package as a file, for people to read too."""
    return json.dumps(package, ensure_ascii=False, sort_keys=True, indent=1).encode()


def opened(content: bytes) -> dict[str, Any]:
    """Return a package that is whole, unaltered and of a format that this installation knows.

    :raises Invalid: `package.broken`, `package.format`, `package.altered` or `package.incomplete`
    """
    package = _json(content)
    if package.get("format") != FORMAT:
        raise Invalid("package.format", field="file", given=str(package.get("format", ""))[:40], known=FORMAT)
    if set(package) != set(_PARTS):
        raise Invalid("package.incomplete", field="file", where="package")
    whole = {name: package[name] for name in _PARTS if name != "sha256"}
    if digest(whole) != package["sha256"]:
        raise Invalid("package.altered", field="file")
    _require_shape(package)
    if sealed(package["themes"], package["items"])["manifest"] != package["manifest"]:
        raise Invalid("package.altered", field="file")
    return package


def _json(content: bytes) -> dict[str, Any]:
    try:
        package = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
        # What no database holds, wherever it stands: half a character, or none.
        unkeepable = b"\\u0000" in canonical(package)
    except (ValueError, RecursionError) as error:
        raise Invalid("package.broken", field="file") from error
    if unkeepable or not isinstance(package, dict):
        raise Invalid("package.broken", field="file")
    return package


def _no_number(constant: str) -> Any:
    raise ValueError(constant)


def _require_shape(package: Json) -> None:
    """Let pass what is of the right kind in every place: it'd stand on public pages, and they'd fail over it."""
    themes = _each(package["themes"], "themes")
    for theme in themes:
        _require(set(theme) == set(_THEME), "themes")
        for name, fits in _THEME.items():
            _require(fits(theme[name]), f"themes.{name}")
    known = {theme["code"] for theme in themes}
    items = _each(package["items"], "items")
    for item in items:
        _require_item(item, known)
    _require(len({item["code"] for item in items}) == len(items), "items")


def _require_item(item: Json, themes: Collection[str]) -> None:
    code = item.get("code")
    where = code[:36] if isinstance(code, str) else "?"
    _require(set(item) == {*_ITEM, "revisions"}, where)
    for name, fits in _ITEM.items():
        _require(fits(item[name]), f"{where}.{name}")
    _require(item["theme"] in themes, f"{where}.theme")
    revisions = _each(item["revisions"], where)
    for revision in revisions:
        _require(set(revision) == set(_REVISION), where)
        for name, fits in _REVISION.items():
            _require(fits(revision[name]), f"{where}.{name}")
    _require(len({revision["number"] for revision in revisions}) == len(revisions), where)


def _each(rows: object, where: str) -> list[dict[str, Any]]:
    _require(isinstance(rows, list) and all(isinstance(row, dict) for row in rows), where)
    assert isinstance(rows, list)
    return rows


def _require(fits: bool, where: str) -> None:
    if not fits:
        raise Invalid("package.incomplete", field="file", where=where)
