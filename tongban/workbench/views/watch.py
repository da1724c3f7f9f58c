"""Watching (督办): what is late in the bodies of a supervisor's region; and what one's own body was urged to do."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tongban.cases.queries import watch as watched
from tongban.cases.queries.watch import GROUPS, MANY, Page
from tongban.lib.pages import page
from tongban.lib.refusals import NotAllowed
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.watch_lines import Line, Lines

TITLES = {
    "urged": gettext_lazy("Urged, not yet answered"),
    "overdue": gettext_lazy("Parts past their day"),
    "offers": gettext_lazy("Offers that nobody answers"),
    "obstacles": gettext_lazy("Could not be done, answer overdue"),
    "deemed": gettext_lazy("Accepted by silence of late"),
}
MEANS = {
    "urged": gettext_lazy("Those whose answer is overdue stand first."),
    "overdue": gettext_lazy("Past the day that counts for them, the longest first."),
    "offers": gettext_lazy("Reminded of on the second working day, reported upwards on the fourth."),
    "obstacles": gettext_lazy("Whoever owns it has to answer; nobody can close it without."),
    "deemed": gettext_lazy("Within the last 30 days nobody told the applicant anything in time."),
}
TONES = {"urged": "warn", "overdue": "bad", "offers": "warn", "obstacles": "bad", "deemed": ""}


@require_safe
@for_clerks
def watch(request: ClerkRequest, group: str = "") -> HttpResponse:
    """Show the beginning of every list to a supervisor, or one of them page by page."""
    clerk = request.clerk
    if not clerk.watches:
        raise NotAllowed
    found = watched.watch(
        () if clerk.practice else clerk.watches,
        at=timezone.now(),
        group=group,
        after=request.GET.get("after", ""),
    )
    lines = Lines(found, clerk)
    return page(
        request,
        "workbench/watch/watch.html",
        section="watch",
        group=group,
        title=TITLES[group] if group else "",
        today=found.today,
        tiles=[(TITLES[each], _many(found.counts[each]), reverse("workbench:watch", args=[each]),
                TONES[each] if found.counts[each] else "good") for each in GROUPS],
        tabs=[(reverse("workbench:watch", args=[each]), TITLES[each], each == group,
               _many(found.counts[each])) for each in GROUPS],
        sections=[(each.group, TITLES[each.group], MEANS[each.group], lines.of(each), _more(each, group))
                  for each in found.pages],
        first=reverse("workbench:watch", args=[group]) if group and found.pages[0].earlier else "",
        nothing=not any(found.counts.values()),
    )  # fmt: skip


def _many(count: int) -> int | str:
    return f"{MANY - 1}+" if count >= MANY else count


def _more(shown: Page, group: str) -> str:
    """Return where the rest of a list stands: on its own page, or on the next one."""
    here = reverse("workbench:watch", args=[shown.group])
    if not shown.after:
        return ""
    return f"{here}?{urlencode({'after': shown.after})}" if group else here


@require_safe
@for_clerks
def urged(request: ClerkRequest) -> HttpResponse:
    """Show what the clerk's bodies were urged to do and haven't answered, the first due first."""
    clerk = request.clerk
    bodies = () if clerk.practice else clerk.bodies
    found = watched.watch(bodies, at=timezone.now(), group="urged", after=request.GET.get("after", ""))
    lines: list[Line] = Lines(found, clerk).of(found.pages[0])
    after = found.pages[0].after
    return page(
        request,
        "workbench/watch/urged.html",
        section="urged",
        title=_("What your body was urged to do"),
        lines=lines,
        first=reverse("workbench:urged") if found.pages[0].earlier else "",
        more=f"{reverse('workbench:urged')}?{urlencode({'after': after})}" if after else "",
    )
