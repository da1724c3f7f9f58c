"""Copies of the pages of a case, each marked with what it's for; never the stored file itself."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from tongban.cases import queries
from tongban.cases.queries import CaseFile
from tongban.lib.refusals import Missing
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.copies import copy_of


@require_safe
@for_clerks
def page_copy(request: ClerkRequest, part_id: UUID, sha: str) -> HttpResponse:
    """Return a marked copy of one page that belongs to the case, or a small picture of it (`?width=240`)."""
    file = queries.load(part_id, request.clerk, at=timezone.now())
    found = next((each for each in file.enclosed if sha in each.pages), None)
    result = file.delivery.result_id if file.delivery else None
    if file.watching or (found is None and sha != result):
        raise Missing
    note = _note(file, found) if found else ""
    purpose = _("Only for: %(item)s") % {"item": file.edition.rule.name}
    return copy_of(request, sha, purpose, note)


def _note(file: CaseFile, found: queries.Enclosed) -> str:
    """Return the second line of the mark: how the page was checked, where, and on which day."""
    checked = {
        "A": _("from the issuing body"),
        "B": _("checked against the original"),
        "C": _("original not checked"),
        "D": _("made by the applicant"),
    }.get(found.trust, "")
    day = date_format(timezone.localdate(found.at), pgettext("a day on a mark", "j M Y"))
    return " · ".join(filter(None, (checked, str(file.receiver.name), day)))
