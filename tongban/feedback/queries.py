"""What was said."""

from __future__ import annotations

from uuid import UUID

from tongban.feedback.models import Rating


def rating(case: UUID) -> Rating | None:
    """Return how the case was rated, if it was."""
    return Rating.objects.filter(case=case).first()
