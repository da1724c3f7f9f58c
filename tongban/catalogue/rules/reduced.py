"""What a revision asks less than the one before it (减材料、减环节、减时限、减跑动), and what more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tongban.catalogue.rules.elements import Limit, Material, Rule
from tongban.lib.texts import Text


@dataclass(frozen=True, slots=True)
class Count:
    """One measure before and after; none where a revision doesn't say it."""

    before: int | None
    after: int | None

    @property
    def less(self) -> int:
        """Return by how much it fell; below zero if it rose, 0 where it can't be said."""
        return 0 if self.before is None or self.after is None else self.before - self.after


@dataclass(frozen=True, slots=True)
class Reduced:
    """What is asked less, or more, than before.

    `gone` and `new` are materials; `eased` those that need not be brought any more, or not at once: fetched by the
    window, promised, or brought later.
    """

    materials: Count
    steps: Count
    statutory: Count
    promised: Count
    trips: Count
    fee: Count
    gone: tuple[Text, ...]
    new: tuple[Text, ...]
    eased: tuple[Text, ...]

    @property
    def anything(self) -> bool:
        """Return whether anything became less."""
        counts = (self.materials, self.steps, self.statutory, self.promised, self.trips, self.fee)
        return bool(self.gone or self.eased or any(count.less > 0 for count in counts))


def reduced(before: Rule, after: Rule) -> Reduced:
    """Return what a revision asks less, or more, than the one before it."""
    old, new = ({each.code: each for each in rule.materials} for rule in (before, after))
    return Reduced(
        materials=Count(len(old), len(new)),
        steps=Count(len(before.steps), len(after.steps)),
        statutory=_days(before.statutory, after.statutory),
        promised=_days(before.promised, after.promised),
        trips=Count(before.trips, after.trips),
        fee=Count(_cents(before.fee), _cents(after.fee)),
        gone=_names(old[code] for code in old.keys() - new.keys()),
        new=_names(new[code] for code in new.keys() - old.keys()),
        eased=_names(new[code] for code in old.keys() & new.keys() if _ease(old[code]) < _ease(new[code])),
    )


def _days(before: Limit | None, after: Limit | None) -> Count:
    """Return two limits, where they are counted in the same days."""
    if before and after and before.unit != after.unit:
        return Count(None, None)
    return Count(before.days if before else None, after.days if after else None)


def _cents(amount: str) -> int | None:
    try:
        return int(Decimal(amount) * 100)
    except InvalidOperation:
        return None


def _ease(material: Material) -> int:
    """Return in how many ways a material need not be brought."""
    return sum((material.fetchable, material.promise_allowed, material.missable, not material.required))


def _names(materials: Iterable[Material]) -> tuple[Text, ...]:
    return tuple(each.name for each in sorted(materials, key=lambda each: each.code))
