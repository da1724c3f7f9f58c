"""Bringing in a package from another installation: a dry run first, all or nothing, and nothing published changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from tongban.catalogue import access, rules
from tongban.catalogue.models import Item, Revision, Theme
from tongban.catalogue.rules import fitting, package
from tongban.lib.actors import Actor
from tongban.lib.refusals import Invalid, Refused
from tongban.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a package brought, or would bring: by codes of items and keys of revisions."""

    items: tuple[str, ...]
    revisions: tuple[str, ...]
    skipped: int


@transaction.atomic
def unpack(content: bytes, *, by: Actor, at: datetime, dry_run: bool = False) -> Unpacked:
    """Take in what of a package isn't here yet; what is here stays as it is, but ends where the package says so.

    :raises NotAllowed: unless an operator does it; whoever brings in lists may try it
    :raises Invalid: if the package is altered, of another format, or doesn't hold together
    :raises Refused: `package.revision-changed` or `package.item-changed` if it says otherwise what is published here
    """
    access.require_package(by, dry_run=dry_run)
    whole = package.opened(content)
    known = {
        item.code: item for item in Item.objects.filter(pk__in=[each["code"] for each in whole["items"]])
    }
    there = dict(Revision.objects.filter(item__in=known).values_list("key", "sha256"))
    items = [each for each in whole["items"] if each["code"] not in known]
    for each in whole["items"]:
        _require_same(each, known.get(each["code"]))
    revisions = list(_new_revisions(whole, there))
    if not dry_run and (items or revisions):
        try:
            with transaction.atomic():
                _write(whole, items, revisions)
        except (TypeError, ValueError, DatabaseError, ValidationError) as error:
            raise Invalid("package.incomplete", field="file", where="items") from error
        trail.record([_entry(whole, items, revisions, by, at)])
    every = sum(len(each["revisions"]) for each in whole["items"])
    keys = tuple(revision.key for revision in revisions)
    return Unpacked(tuple(each["code"] for each in items), keys, every - len(keys))


def _require_same(each: Mapping[str, Any], known: Item | None) -> None:
    """Let pass an item that is new, or is here under the same name, base code and type.

    :raises Refused: if the two installations disagree: somebody has to decide, not an import
    """
    if known is None:
        return
    for name in ("name", "base_code", "type"):
        if getattr(known, name) != each[name]:
            raise Refused("package.item-changed", item=known.code, what=name)


def _new_revisions(whole: Mapping[str, Any], there: Mapping[str, str]) -> Iterator[Revision]:
    for item in whole["items"]:
        for each in item["revisions"]:
            key = f"{item['code']}@{each['number']}"
            if there.get(key, each["sha256"]) != each["sha256"]:
                raise Refused("package.revision-changed", key=key)
            if package.content_digest(each["content"]) != each["sha256"]:
                raise Invalid("package.altered", field="file")
            made = _revision(key, item["code"], each)
            if key not in there:
                yield made


def _revision(key: str, item: str, each: Mapping[str, Any]) -> Revision:
    """Return the revision, read through once: what can't be read here can't be published here.

    :raises Invalid: `package.revision-unreadable`
    """
    try:
        rule = rules.parse(each["content"])
        if rule.code != item or not fitting.fits(each["content"], rule):
            raise rules.Broken(f"{key}: a value of another kind")  # refused as any that can't be read
        until = each["valid_until"]
        return Revision(
            key=key,
            item_id=item,
            number=each["number"],
            content=each["content"],
            sha256=each["sha256"],
            valid_from=date.fromisoformat(each["valid_from"]),
            valid_until=date.fromisoformat(until) if until else None,
        )
    except (rules.Broken, TypeError, ValueError) as error:
        raise Invalid("package.revision-unreadable", field="file", key=key) from error


def _write(whole: Mapping[str, Any], items: list[dict[str, Any]], revisions: list[Revision]) -> None:
    Theme.objects.bulk_create([Theme(**each) for each in whole["themes"]], ignore_conflicts=True)
    Item.objects.bulk_create([_item(each) for each in items])
    Revision.objects.bulk_create(revisions)
    _end_the_ones_before(whole)


def _end_the_ones_before(whole: Mapping[str, Any]) -> None:
    """Let revisions that were here without an end hold until the day that the package gives."""
    days = {
        f"{item['code']}@{each['number']}": each["valid_until"]
        for item in whole["items"]
        for each in item["revisions"]
        if each["valid_until"]
    }
    for row in Revision.objects.filter(pk__in=days, valid_until__isnull=True):
        row.valid_until = date.fromisoformat(days[row.pk])
        row.save(update_fields=["valid_until"])


def _item(each: Mapping[str, Any]) -> Item:
    own = {name: value for name, value in each.items() if name not in {"theme", "revisions"}}
    return Item(theme_id=each["theme"], **own)


def _entry(
    whole: Mapping[str, Any], items: list[dict[str, Any]], revisions: list[Revision], by: Actor, at: datetime
) -> trail.Entry:
    return trail.entry(
        "catalogue.package.import",
        f"package:{whole['sha256'][:16]}",
        actor=str(by),
        at=at,
        items=len(items),
        revisions=len(revisions),
        sha256=whole["sha256"],
    )
