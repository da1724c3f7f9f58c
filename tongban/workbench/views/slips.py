"""Slips: of a handover, and of what could not be done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tongban.cases import actions, queries
from tongban.lib.refusals import Missing
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.papers import sheet_page, sheet_pdf


@require_POST
@for_clerks
def custody_slip(request: ClerkRequest, transfer_id: UUID) -> HttpResponse:
    """Make the slip of a handover when it's first asked for, and show it."""
    return redirect("workbench:paper", actions.custody_slip(transfer_id, by=request.clerk, at=timezone.now()))


@require_safe
@for_clerks
def obstacle_slip(request: ClerkRequest, obstacle_id: UUID) -> HttpResponse:
    """Show the slip that whoever came takes along."""
    row, slip = _slip(request, obstacle_id)
    return sheet_page(request, slip, "workbench/obstacles/slip.html", row=row, practice=row.practice)


@require_safe
@for_clerks
def obstacle_slip_pdf(request: ClerkRequest, obstacle_id: UUID) -> HttpResponse:
    """Return the slip as PDF."""
    _row, slip = _slip(request, obstacle_id)
    return sheet_pdf(request, slip)


def _slip(request: ClerkRequest, obstacle_id: UUID) -> tuple[Any, UUID]:
    """Return the record and its slip.

    :raises Missing: if there is none, or it's none of the clerk's bodies' own
    """
    row = queries.obstacle(obstacle_id, request.clerk)
    if row.slip is None or not request.clerk.bodies & {row.owner_id, row.body_id}:
        raise Missing
    return row, row.slip
