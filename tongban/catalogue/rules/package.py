"""Packages: items with all their revisions on the way from one installation to another, as JSON that seals itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from tongban.lib.refusals import Invalid

FORMAT = "tongban-package/1"
_PARTS = ("format", "themes", "items", "manifest", "sha256")
_ITEM = (
    "code",
    "base_code",
    "name",
    "type",
    "theme",
    "subjects",
    "department",
    "entry",
    "illustrative",
    "owner",
    "words",
)
_REVISION = ("number", "content", "sha256", "valid_from", "valid_until")

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
        package = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Invalid("package.broken", field="file") from error
    if not isinstance(package, dict):
        raise Invalid("package.broken", field="file")
    return package


def _require_shape(package: Json) -> None:
    try:
        for item in package["items"]:
            if {*_ITEM, "revisions"} != set(item):
                raise Invalid("package.incomplete", field="file", where=str(item.get("code", "?"))[:36])
            if any(not set(_REVISION) <= set(revision) for revision in item["revisions"]):
                raise Invalid("package.incomplete", field="file", where=str(item["code"])[:36])
    except (TypeError, AttributeError) as error:
        raise Invalid("package.incomplete", field="file", where="items") from error
