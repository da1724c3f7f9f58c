"""Items with all their revisions, packed for another installation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tongban.catalogue.models import Item, Revision, Theme
from tongban.catalogue.rules import package
from tongban.lib.refusals import Missing


def pack(codes: Sequence[str] = ()) -> dict[str, Any]:
    """Return the package of these items, or of the whole catalogue: the same bytes whenever the same stands in it.

    :raises Missing: if there is no such item
    """
    rows = Item.objects.order_by("code").prefetch_related("revisions")
    items = list(rows.filter(pk__in=codes) if codes else rows)
    if len(items) < len(set(codes)):
        raise Missing
    themes = Theme.objects.filter(pk__in={item.theme_id for item in items}).order_by("code")
    return package.sealed(
        list(themes.values("code", "name", "subject", "position")), [_item(item) for item in items]
    )


def _item(item: Item) -> dict[str, Any]:
    revisions = sorted(item.revisions.all(), key=lambda each: each.number)
    return {
        "code": item.code,
        "base_code": item.base_code,
        "name": item.name,
        "type": item.type,
        "theme": item.theme_id,
        "subjects": item.subjects,
        "department": item.department,
        "entry": item.entry,
        "illustrative": item.illustrative,
        "owner": item.owner,
        "words": item.words,
        "revisions": [_revision(each) for each in revisions],
    }


def _revision(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "content": revision.content,
        "sha256": revision.sha256,
        "valid_from": revision.valid_from.isoformat(),
        "valid_until": revision.valid_until.isoformat() if revision.valid_until else None,
    }
