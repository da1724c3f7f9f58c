"""The page of a case: everything that the window saw and said; for those who may know of it, and nobody else."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone

from tongban.cases import actions, queries
from tongban.cases.tests import make
from tongban.cases.tests.test_actions_joint import JOINT, published
from tongban.files import actions as files
from tongban.papers import queries as papers
from tongban.workbench.tests.desk_world import SCENES, Cast, browser, picture, stage, url


@pytest.fixture
def cast(db):
    make.data()
    return Cast()


@pytest.fixture
def page(cast):
    return files.store(
        io.BytesIO(picture().read()),
        declared_name="a.png",
        declared_type="image/png",
        by=cast.window,
        at=timezone.now(),
    ).sha256


@pytest.fixture
def part(cast, page):
    rule_codes = make.typed()["enclosed"]
    enclosed = {code: {"how": "seen", "pages": [page]} for code in rule_codes}
    return make.received(cast.window, at=timezone.now(), enclosed=enclosed)


def test_it_shows_what_the_window_saw_and_said(part, cast):
    said = browser(cast.officer(part)).get(url(part.id)).content.decode()

    for words in (
        part.case.reference,
        "申请人甲",
        make.NUMBER,
        "虚构路1号",
        "Checked against the original",
        "员工甲",
        "How this day was computed",
        "One notice, counted from the receipt",
        "Receipt for papers",
        "Received at the window",
        "Offered to",
        "For the other system",
    ):
        assert words in said


def test_both_clocks_are_shown_where_receipt_and_acceptance_lie_apart(part, cast):
    from datetime import timedelta

    officer = cast.officer(part)
    actions.take_over(part.id, by=officer, at=timezone.now() + timedelta(days=1))

    said = browser(officer).get(url(part.id)).content.decode()

    assert "counted from the receipt" in said
    assert "counted from taking over here" in said


def test_it_costs_the_same_for_a_short_and_a_long_history(cast, cost):
    short, by, _ = stage("accept", cast)
    long, _, _ = stage("close", cast)
    here = browser(by)
    here.get(url(short.id))

    first, second = (cost(lambda part=part: here.get(url(part.id))) for part in (short, long))

    assert first <= 20
    assert second <= 20


def test_a_page_is_shown_marked_and_kept_nowhere(part, page, cast):
    answer = browser(cast.officer(part)).get(f"/desk/parts/{part.id}/pages/{page}")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_only_pages_of_the_case_are_shown_with_it(part, cast):
    other = files.store(
        io.BytesIO(_other()),
        declared_name="b.png",
        declared_type="image/png",
        by=cast.window,
        at=timezone.now(),
    ).sha256

    assert browser(cast.officer(part)).get(f"/desk/parts/{part.id}/pages/{other}").status_code == 404


def _other() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (50, 60), "red").save(out, "PNG")
    return out.getvalue()


def test_a_document_is_a_page_and_a_pdf(part, cast):
    (receipt,) = papers.papers_of(part.case_id)
    here = browser(cast.officer(part))

    shown = here.get(f"/desk/papers/{receipt.id}")
    assert receipt.number in shown.content.decode()
    assert "data-print" in shown.content.decode()
    pdf = here.get(f"/desk/papers/{receipt.id}/pdf")
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Cache-Control"] == "private, no-store"


def test_its_number_in_the_other_system_is_recorded_once_and_counted(part, cast):
    officer = cast.officer(part)
    actions.take_over(part.id, by=officer, at=timezone.now())
    here, address = browser(officer), url(part.id, "copied")
    version = make.again(part).version

    assert here.post(address, {"number": "", "seen": version}).status_code == 422
    assert here.post(address, {"number": "GA-1", "seen": version}).status_code == 302
    said = here.get(url(part.id)).content.decode()
    assert "GA-1" in said
    assert "1 case typed twice this month" in said
    assert here.post(address, {"number": "GA-2", "seen": version}).status_code == 409
    kept = queries.load(part.id, officer, at=timezone.now()).copied
    assert kept
    assert kept.number == "GA-1"


def _addresses(part, page):
    (receipt, *_) = papers.papers_of(part.case_id)
    yield from (url(part.id), url(part.id, "copied"), f"/desk/parts/{part.id}/pages/{page}")
    yield from (f"/desk/papers/{receipt.id}", f"/desk/papers/{receipt.id}/pdf")
    yield from (url(part.id, verb) for verb in SCENES)


def test_for_another_place_no_address_of_the_case_exists(part, page, cast):
    elsewhere = browser(cast("360402-police", "handle"))

    for address in _addresses(part, page):
        answers = {elsewhere.get(address).status_code, elsewhere.post(address, {"seen": "1"}).status_code}
        assert answers <= {404, 405}, address
        assert 404 in answers, address
    assert elsewhere.post("/desk/cases/many", {"verb": "accept", "part": str(part.id)}).status_code == 404


def test_strangers_are_asked_to_sign_in(part, page, client):
    for address in _addresses(part, page):
        assert client.get(address).status_code in {302, 405}
        assert client.post(address).status_code in {302, 405}


def test_no_address_on_the_page_names_a_person(part, cast):
    import re

    said = browser(cast.officer(part)).get(url(part.id)).content.decode()

    for address in re.findall(r'(?:href|src|action)="([^"]*)"', said):
        assert make.NUMBER not in address
        assert "申请人" not in address


def test_a_learner_plays_both_sides_and_others_see_nothing_of_it(cast):
    learner = make.clerk("360111-service-centre", "receive", name="learner", practice=True)
    part = make.received(learner, at=timezone.now())
    here = browser(learner)

    assert here.post(url(part.id, "take-over"), {"seen": part.version}).status_code == 302
    assert here.post(url(part.id, "accept"), {}).status_code == 302
    assert make.again(part).state == "accepted"
    assert browser(cast.officer(part)).get(url(part.id)).status_code == 404


def test_the_laws_limit_says_on_what_it_rests_and_who_may_extend_it(cast, tmp_path):
    published(tmp_path)
    officer = cast(make.MARKET, "handle")
    part = make.take_over(make.received(cast.window, JOINT, at=timezone.now()), officer, at=timezone.now())
    actions.accept(part.id, by=officer, at=timezone.now())
    here = browser(officer)

    said = here.get(url(part.id)).content.decode()
    for words in (
        "45 working days",
        "Several bodies handle this jointly",
        "Art. 42(2)",
        "by 15 working days",
    ):
        assert words in said
    asked = here.get(url(part.id, "propose")).content.decode()
    assert "if the head of the people&#x27;s government at its level approves" in asked
    assert "only once that approval has been given" in asked
    actions.propose_extension(part.id, "需要会审", by=officer, at=timezone.now())
    assert "government at its level has to approve it" in here.get(url(part.id)).content.decode()


def test_once_silence_has_accepted_no_button_of_an_outcome_is_offered_and_the_page_says_why(cast):
    officer = cast(make.MARKET, "handle")
    part = make.take_over(make.received(cast.window, make.FOOD), officer)
    here = browser(officer)

    said = here.get(url(part.id)).content.decode()

    for verb in ("accept", "ask", "dismiss", "refuse"):
        assert f'"{url(part.id, verb)}"' not in said
        assert here.get(url(part.id, verb)).status_code == 409
    assert f'"{url(part.id, "correct")}"' in said
    assert "ended on 8 Jun 2026: by law the application counts as accepted" in said


def test_once_the_limit_has_ended_no_more_time_is_offered_and_a_proposal_says_why_it_cannot_be_approved(cast):
    officer, head = cast(make.MARKET, "handle"), cast(make.MARKET, "approve")
    proposed, bare = (make.take_over(make.received(cast.window, make.FOOD), officer) for _ in "ab")
    for part in (proposed, bare):
        actions.accept(part.id, by=officer, at=make.MONDAY)
    actions.propose_extension(proposed.id, "需要再次核查", by=officer, at=make.day(1))

    said = browser(head).get(url(proposed.id)).content.decode()

    assert f'"{url(proposed.id, "extend")}"' not in said
    assert "it can be extended only before it ends" in said
    assert "has to approve it" not in said
    assert f'"{url(bare.id, "propose")}"' not in browser(officer).get(url(bare.id)).content.decode()
    assert browser(officer).get(url(bare.id, "propose")).status_code == 409
