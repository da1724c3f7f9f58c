"""Copies of files for the screen and for paper: marked with what they are for, kept by no cache, run by no browser."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongban.files import queries as files
from tongban.workbench.sign_in import ClerkRequest

WIDTHS = {"240": 240, "480": 480, "960": 960}


def marks(request: ClerkRequest, item: str, *, seen: bool) -> tuple[str, str]:
    """Return the two lines of a watermark: for what alone the copy may be used; how far it was checked, where, when."""
    window = request.at_work.window
    place = window.hall.name if window else request.at_work.body.name
    checked = _("checked against the original (B)") if seen else _("not checked against the original (C)")
    day = timezone.localdate().isoformat()
    return _("Only for: %(item)s") % {"item": item}, f"{checked} · {place} · {day}"


def copy_of(request: ClerkRequest, sha: str, purpose: str, note: str) -> HttpResponse:
    """Return the marked copy of a file, narrow if the address asks for one of the widths that there are.

    :raises Missing: if there is no such file
    """
    made = files.copy(sha, purpose=purpose, note=note, width=WIDTHS.get(request.GET.get("width", "")))
    answer = HttpResponse(made.content, content_type=made.media)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    # A sandbox would keep browsers from showing PDFs at all; the gate let none in that acts by itself.
    sandbox = "" if made.media == "application/pdf" else "; sandbox"
    answer["Content-Security-Policy"] = f"default-src 'none'{sandbox}"
    answer["Content-Disposition"] = "inline"
    return answer
