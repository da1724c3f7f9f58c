"""What files lack: before a supplement is taken in."""

from __future__ import annotations

from collections.abc import Iterable

from tongban.cases.models import Act, Case, Enclosure
from tongban.cases.rules import enclosures
from tongban.cases.rules.enclosures import Defect, How
from tongban.catalogue.rules import Rule


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
