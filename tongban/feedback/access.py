"""Who may rate: decided here and nowhere else."""

from __future__ import annotations

from uuid import UUID

from tongban.lib.actors import Actor, Citizen
from tongban.lib.refusals import Missing


def require_own(by: Actor, case: UUID) -> None:
    """Let pass only the applicant of the case, never staff in their place.

    :raises Missing: for everybody else
    """
    if not isinstance(by, Citizen) or by.case != case:
        raise Missing
