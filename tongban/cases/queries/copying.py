"""How often cases had to be typed once more into a department's own system (二次录入)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from tongban.cases.models import Copying
from tongban.lib.actors import Clerk


def copied_this_month(by: Clerk, *, at: datetime) -> int:
    """Return how many cases of the clerk's bodies were typed twice since the month began."""
    first = timezone.localtime(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    ours = Q(part__decider__in=by.bodies) | Q(part__holder__in=by.bodies)
    return Copying.objects.filter(ours, at__gte=first, at__lte=at, practice=by.practice).count()
