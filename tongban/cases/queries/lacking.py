"""What files lack: before a supplement is taken in, and before many are accepted or granted at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from tongban.cases.models import Act, Case, Enclosure, Part
from tongban.cases.rules import enclosures
from tongban.cases.rules.enclosures import Defect, How
from tongban.catalogue import queries as catalogue
from tongban.catalogue.rules import Rule
from tongban.lib.actors import Clerk
from tongban.lib.texts import Text


def left_after(
    case: Case, rule: Rule, brought: Iterable[enclosures.Enclosed], *, put_right: bool
) -> list[Defect]:
    """Return what a file still lacks once this was brought: of the last notice, and by the rule.

    :param put_right: whether something was put right besides, such as a field of the form
    """
    now = {each.material: each for each in brought}
    rows = Enclosure.objects.filter(case=case).order_by("round", "id")
    last = {row.material: enclosures.Enclosed(row.material, How(row.how)) for row in rows}
    by_rule = enclosures.defects(rule, case.answers, last | now)
    return enclosures.unanswered_defects(_told(case), by_rule, now, rule, put_right=put_right)


def _told(case: Case) -> list[Defect]:
    """Return what the last notice asked for."""
    notice = Act.objects.filter(case=case, verb="ask").order_by("-version").first()
    named = (notice.words or {}).get("defects", ()) if notice else ()
    return [Defect(each["material"], each["kind"], each["note"]) for each in named]


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A part whose file lacks something: materials with what is wrong, those only promised, those not scanned."""

    id: UUID
    reference: str
    lacking: tuple[tuple[Text, str], ...]
    promised: tuple[Text, ...]
    unscanned: tuple[Text, ...]


def incomplete(by: Clerk, parts: Collection[UUID]) -> list[Incomplete]:
    """Return those of the parts whose file lacks something by its rule, in one statement however many there are.

    Parts that the clerk has nothing to do with are left out, as if they didn't exist.
    """
    rows = (
        _own(by)
        .filter(id__in=parts)
        .annotate(
            material=F("case__enclosures__material"),
            how=F("case__enclosures__how"),
            pages=Count("case__enclosures__pages"),
        )
        .order_by("id", "case__enclosures__round", "case__enclosures__id")
        .values_list("id", "case__reference", "case__revision", "case__answers", "material", "how", "pages")
    )
    found = [_looked_at(list(of_part)) for _, of_part in groupby(rows, key=lambda row: row[0])]
    return [each for each in found if each.lacking or each.promised or each.unscanned]


def _own(by: Clerk) -> Any:
    parts = Part.objects.filter(practice=by.practice)
    if by.practice:
        return parts.filter(case__post=by.post)
    own = by.bodies
    return parts.filter(
        Q(holder__in=own) | Q(decider__in=own) | Q(offered_to__in=own) | Q(case__body__in=own)
    )


def _looked_at(rows: list[tuple[Any, ...]]) -> Incomplete:
    """Return what one part's file lacks; of each material, the last round counts."""
    part, reference, revision, answers, *_ = rows[0]
    rule = catalogue.edition(revision).rule
    last = {material: (how, pages) for *_, material, how, pages in rows if material}
    names = {each.code: each.name for each in rule.materials}
    given = {code: enclosures.Enclosed(code, How(how)) for code, (how, _) in last.items()}
    defects = enclosures.defects(rule, answers, given)
    wrong = {each.material for each in defects}
    return Incomplete(
        id=part,
        reference=reference,
        lacking=tuple((names[each.material], each.kind) for each in defects),
        promised=tuple(
            names[code]
            for code, (how, _) in last.items()
            if how == How.PROMISED and code in names and code not in wrong
        ),
        unscanned=tuple(
            each.name
            for each in rule.materials
            if each.code in last and enclosures.unscanned(each, *last[each.code])
        ),
    )
