"""What the catalogue can tell: which items there are, and what a revision demands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q

from tongban.catalogue import rules
from tongban.catalogue.models import Item, Revision, Theme
from tongban.catalogue.rules.proposing import standing
from tongban.lib.refusals import Missing
from tongban.lib.texts import Text


@dataclass(frozen=True, slots=True)
class Found:
    """An item as a search shows it; `revision` is empty where only the list's entry is known."""

    code: str
    name: Text
    theme: Text
    department: Text
    subjects: tuple[str, ...]
    illustrative: bool
    revision: str
    why: str
    stopped: str = ""
    """`suspended` or `ended`, where a window can't receive it on the day; "" where it can."""

    @property
    def complete(self) -> bool:
        """Return whether the item's rule is known to the last detail, so that a window can receive it."""
        return bool(self.revision)

    @property
    def offered(self) -> bool:
        """Return whether a window receives it on the day: its rule is known, and it's neither suspended nor ended."""
        return self.complete and not self.stopped


@dataclass(frozen=True, slots=True)
class Edition:
    """A revision with its rule."""

    key: str
    item: str
    number: int
    valid_from: date
    rule: rules.Rule
    illustrative: bool
    sha256: str


@lru_cache(maxsize=4096)
def edition(key: str) -> Edition:
    """Return a revision by its key; kept in the process, since a published one never changes.

    :raises Missing: if there is no such revision
    """
    found = Revision.objects.select_related("item").filter(pk=key).first()
    if found is None:
        raise Missing
    return Edition(
        key=found.key,
        item=found.item_id,
        number=found.number,
        valid_from=found.valid_from,
        rule=rules.parse(found.content),
        illustrative=found.item.illustrative,
        sha256=found.sha256,
    )


def in_force(item: str, day: date) -> Edition:
    """Return the revision of an item that is in force on a day.

    :raises Missing: if there is none
    """
    rows = Revision.objects.filter(holds(day), item=item)
    found = rows.order_by("-valid_from", "-number").first()
    if found is None:
        raise Missing
    return edition(found.key)


def holds(day: date) -> Q:
    """Return what picks the revisions that hold on a day, of items that haven't ended."""
    current = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    return current & (Q(item__ended_on__isnull=True) | Q(item__ended_on__gt=day)) & Q(valid_from__lte=day)


def search(words: str, day: date, *, theme: str = "", limit: int = 20) -> list[Found]:
    """Return the items whose name, everyday name, code, pinyin or initials contain every word typed.

    Those that a window can receive come first, then those whose name begins as typed, then short names; where nothing
    was typed, in the catalogue's order. It's always the same, however the server finds them.
    """
    items = Item.objects.select_related("theme").order_by("code")
    for word in words.lower().split():
        items = items.filter(words__contains=word)
    if theme:
        items = items.filter(theme=theme)
    current = current_revisions(day)
    found = [_found(item, current.get(item.code, ""), words, day) for item in items[: max(limit, 500)]]
    found = [each for each in found if each.stopped != "ended"]
    found.sort(
        key=lambda each: (
            not each.complete,
            not each.name.zh.startswith(words),
            len(each.name.zh) if words else 0,
            each.code,
        )
    )
    return found[:limit]


def current_revisions(day: date) -> dict[str, str]:
    """Return the key of the revision in force by item."""
    rows = Revision.objects.filter(holds(day)).order_by("valid_from", "number")
    return dict(rows.values_list("item_id", "key"))


def _found(item: Item, revision: str, words: str, day: date) -> Found:
    stands = standing_of(item, day)
    return Found(
        code=item.code,
        name=Text.of(item.name),
        theme=Text.of(item.theme.name),
        department=Text.of(item.department),
        subjects=tuple(item.subjects.split(",")),
        illustrative=item.illustrative,
        revision=revision,
        why=_why(item, words.lower().split()),
        stopped="" if stands.is_open else stands.state,
    )


def named(items: Iterable[str], day: date) -> dict[str, tuple[Text, rules.Standing]]:
    """Return what items are called and whether they can be received on a day, by their codes."""
    rows = Item.objects.filter(code__in=items)
    return {item.code: (Text.of(item.name), standing_of(item, day)) for item in rows}


def standing_of(item: Item, day: date) -> rules.Standing:
    """Return whether a loaded item can be received on a day."""
    over = item.ended_on is not None and item.ended_on <= day
    because = Text.of((item.ended_because if over else item.stopped_because) or None)
    return standing(day, item.suspended_on, item.suspended_until, item.ended_on, because)


def _why(item: Item, words: list[str]) -> str:
    """Return the line of the item's words that was met, where the name alone doesn't show it."""
    if not words or all(word in item.name["zh"].lower() for word in words):
        return ""
    lines = item.words.split("\n")
    return next((line for line in lines if words[0] in line), "")


def item_names(codes: set[str]) -> dict[str, Text]:
    """Return the names of items by code."""
    return {
        code: Text.of(name) for code, name in Item.objects.filter(pk__in=codes).values_list("code", "name")
    }


def themes() -> list[tuple[str, Text]]:
    """Return the themes in their order: code and name."""
    rows = Theme.objects.order_by("position").values_list("code", "name")
    return [(code, Text.of(name)) for code, name in rows]


def counts() -> tuple[int, int]:
    """Return how many items there are, and how many of them a window can receive."""
    return Item.objects.count(), Revision.objects.values("item").distinct().count()
