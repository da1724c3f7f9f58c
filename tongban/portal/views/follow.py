"""Following one's own case without an account: by its number and query code, never through an address."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongban.cases import actions, queries
from tongban.design import refusals
from tongban.feedback import actions as feedback
from tongban.feedback import queries as ratings
from tongban.feedback.rules import Level
from tongban.files import queries as files
from tongban.lib.addresses import came_from
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.papers import queries as papers
from tongban.portal import sign_in
from tongban.portal.forms import ProofForm, RatingForm, TrackForm
from tongban.portal.sign_in import Opened, for_applicants, private, too_often
from tongban.portal.status import result_of, status


@private
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and code, and open the case that they belong to."""
    if request.method != "POST":
        return page(request, "portal/track.html", form=TrackForm())
    form = TrackForm(request.POST)
    if not form.is_valid():
        return page(request, "portal/track.html", status=422, form=form)
    at = timezone.now()
    try:
        said = form.cleaned_data
        case = actions.open_case(said["case"], said["code"], address=came_from(request), at=at)
    except Missing:
        # One sentence for both: which of them is wrong would be half the way for whoever guesses.
        form.add_error(None, _("The case number or the query code is wrong."))
        return page(request, "portal/track.html", status=422, form=form)
    except Refused as refused:
        return too_often(request, refused, at)
    sign_in.begin(request, case, at=at)
    return redirect("portal:case")


@private
@require_safe
@for_applicants
def case(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show the open case."""
    return _show(request, opened)


def _show(
    request: HttpRequest, opened: Opened, *, proof: Form | None = None, rating: Form | None = None
) -> HttpResponse:
    """Show the case, with a form that has to be put right if there is one."""
    tracked = queries.track(opened.case, at=timezone.now())
    given = ratings.rating(opened.case) if tracked.final else None
    return page(
        request,
        "portal/case.html",
        status=422 if proof or rating else 200,
        tracked=tracked,
        told=status(tracked),
        proved=opened.proved,
        proof=proof or ProofForm(),
        rating=rating or RatingForm(),
        given=given,
        level=Level(given.level).label if given else "",
        practice=tracked.practice,
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def prove(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Take the second proof, which the documents want."""
    form = ProofForm(request.POST)
    if request.method != "POST":
        return redirect("portal:case")
    if not form.is_valid():
        return _show(request, opened, proof=form)
    at, keys = timezone.now(), [f"proof:{opened.case}", f"address:{came_from(request)}"]
    try:
        actions.require_patience(*keys, at=at)
        if queries.proved(opened.case, form.cleaned_data["last"]):
            sign_in.prove(request)
            return redirect(reverse("portal:case") + "#documents")
        actions.attempt(*keys, at=at)
    except Refused as refused:
        return too_often(request, refused, at)
    form.add_error("last", _("These are not the last four characters of the applicant's number."))
    return _show(request, opened, proof=form)


@private
@require_safe
@for_applicants
def paper(request: HttpRequest, opened: Opened, place: int) -> HttpResponse:
    """Hand out a document, found by its place in the list."""
    if not opened.proved:
        return redirect(reverse("portal:case") + "#documents")
    rows = papers.papers_for_applicant(opened.case)
    if not 1 <= place <= len(rows):
        raise Missing
    found, once = rows[place - 1], {"verify_page": request.build_absolute_uri(reverse("portal:check"))}
    return _file(papers.pdf(found.id, once), "application/pdf", f"{found.number}.pdf")


@private
@require_safe
@for_applicants
def result(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Hand out the electronic result as it was made: it's the applicant's own."""
    if not opened.proved:
        return redirect(reverse("portal:case") + "#documents")
    tracked = queries.track(opened.case, at=timezone.now())
    stored = result_of(tracked)
    if not stored:
        raise Missing
    return _file(files.content(stored), files.file(stored).media)


def _file(content: bytes, media: str, name: str = "") -> HttpResponse:
    answer = HttpResponse(content, content_type=media)
    answer["Referrer-Policy"] = "no-referrer"
    answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return answer


@private
@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def rate(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Take the rating."""
    if request.method != "POST":
        return redirect("portal:case")
    form = RatingForm(request.POST)
    if not form.is_valid():
        return _show(request, opened, rating=form)
    said = form.cleaned_data
    try:
        feedback.rate(opened.case, said["level"], said["words"], by=opened.citizen, at=timezone.now())
    except Invalid as invalid:
        form.add_error(invalid.field, refusals.say(invalid))
        return _show(request, opened, rating=form)
    messages.success(request, _("Thank you. Your rating was kept."))
    return redirect("portal:case")


@private
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the case on this device."""
    sign_in.end(request)
    messages.success(request, _("The case is closed on this device."))
    return redirect("portal:home")
