"""Every step of the lifecycle has a page, says what it does, and is taken from there or not at all."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.html import escape

from tongban.cases import actions
from tongban.cases.rules import custody, lifecycle
from tongban.cases.tests import make
from tongban.papers import queries as papers
from tongban.trail import queries as trails
from tongban.workbench import vocabulary
from tongban.workbench.tests.desk_world import SCENES, Cast, browser, picture, stage, url

PEOPLE = {step.verb for step in lifecycle.STEPS if step.side is not lifecycle.Side.SYSTEM}
MOVES = {move.verb for move in custody.MOVES if move.by != "system"}
DANGER = sorted(step.verb for step in lifecycle.STEPS if step.danger)
WORDY = sorted(verb for verb, scene in SCENES.items() if scene.typed and verb not in {"ask", "complete"})


@pytest.fixture
def cast(db):
    make.data()
    return Cast()


def test_no_step_is_without_a_page():
    assert set(SCENES) == PEOPLE | MOVES
    assert set(vocabulary.STEPS) >= PEOPLE | MOVES
    assert set(vocabulary.MEANS) >= PEOPLE | MOVES
    assert set(vocabulary.HAPPENED) >= {step.verb for step in lifecycle.STEPS} | MOVES | {"receive"}


def test_every_word_of_the_rules_has_one_on_the_page():
    from tongban.cases.rules import clock, enclosures
    from tongban.lib import workdays

    assert set(vocabulary.STATES) == set(vocabulary.TONES) == {str(state) for state in lifecycle.State}
    assert set(vocabulary.DEFECTS) == set(enclosures.DEFECTS)
    assert set(vocabulary.CLOCKS) == set(vocabulary.DUE) == {str(kind) for kind in clock.Kind}
    assert set(vocabulary.DAYS) == {str(kind) for kind in workdays.Kind}
    assert set(vocabulary.HOW) == {str(how) for how in enclosures.How}
    assert set(vocabulary.OFFERS) == {str(offer) for offer in custody.Offer}


@pytest.mark.parametrize("verb", sorted(SCENES))
def test_a_step_is_offered_shown_and_taken(verb, cast):
    part, by, typed = stage(verb, cast)
    here = browser(by)

    case = here.get(url(part.id)).content.decode()
    assert f'"{url(part.id, verb)}"' in case
    asked = here.get(url(part.id, verb))
    assert asked.status_code == 200
    assert escape(str(vocabulary.MEANS[verb])) in asked.content.decode()

    taken = here.post(url(part.id, verb), {**typed, "seen": part.version, "sure": "1"})
    assert taken.status_code == 302, taken.content.decode()
    after = make.again(part)
    assert after.version > part.version
    assert after.last_step == verb
    if verb in PEOPLE:
        assert after.state == str(lifecycle.BY_VERB[verb].ends or part.state)


def test_a_step_that_asks_nothing_reads_no_page(cast, cost):
    part, by, _ = stage("accept", cast)
    here = browser(by)
    assert cost(lambda: here.post(url(part.id, "accept"), {"seen": part.version})) <= 6
    assert make.again(part).state == "accepted"


@pytest.mark.parametrize("verb", WORDY)
def test_what_is_missing_is_asked_for_again_and_nothing_is_done(verb, cast):
    part, by, _ = stage(verb, cast)
    before = trails.count()

    answer = browser(by).post(url(part.id, verb), {"seen": part.version, "sure": "1"})

    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert trails.count() == before
    assert make.again(part).version == part.version


@pytest.mark.parametrize("verb", DANGER)
def test_what_cannot_be_taken_back_is_shown_as_a_document_first(verb, cast):
    part, by, typed = stage(verb, cast)
    issued = len(papers.papers_of(part.case_id))

    answer = browser(by).post(url(part.id, verb), {**typed, "seen": part.version})

    said = answer.content.decode()
    assert answer.status_code == 200
    assert "Check the document before it is issued" in said
    assert typed["reason"] in said
    assert part.case.applicant["name"] in said
    assert make.again(part).state == part.state
    assert len(papers.papers_of(part.case_id)) == issued


def test_the_document_that_was_shown_is_the_one_that_is_issued(cast):
    part, by, typed = stage("reject", cast)
    here = browser(by)
    shown = here.post(url(part.id, "reject"), {**typed, "seen": part.version}).content.decode()

    here.post(url(part.id, "reject"), {**typed, "seen": part.version, "sure": "1"})

    for block in papers.blocks(papers.paper(papers.papers_of(part.case_id)[-1].id)):
        if block["kind"] == "para":
            assert block["text"] in shown


def test_a_second_notice_wants_its_reason(cast):
    part, by, typed = stage("complete", cast)
    here = browser(by)
    here.post(url(part.id, "complete"), {**typed, "seen": part.version})
    assert "One notice was given already" in here.get(url(part.id, "ask")).content.decode()
    asked = {"on-applicant": "on", "kind-applicant": "field"}

    without = here.post(url(part.id, "ask"), asked)
    assert without.status_code == 422

    here.post(url(part.id, "ask"), {**asked, "again": "补交的材料与申请不一致"})
    assert make.again(part).notices == 2


def test_a_notice_that_names_nothing_is_not_given(cast):
    part, by, _ = stage("ask", cast)

    answer = browser(by).post(url(part.id, "ask"), {"seen": part.version})

    assert answer.status_code == 422
    assert make.again(part).notices == 0


def test_what_was_brought_comes_with_its_pages(cast):
    part, by, typed = stage("complete", cast)
    (how,) = typed
    here = browser(by)
    pages = how.replace("how-", "pages-")

    without = here.post(url(part.id, "complete"), {how: "handed-in", "seen": part.version})
    assert without.status_code == 422

    def send(**more):
        # A page can be read only once: each time it's chosen anew.
        files = [picture(), picture()]
        return here.post(
            url(part.id, "complete"), {how: "handed-in", pages: files, "seen": part.version, **more}
        )

    assert "Original not shown" in send().content.decode()
    send(known=how.removeprefix("how-"))
    assert make.again(part).state == "received"
    assert here.get(url(part.id)).content.decode().count("?width=240") == 2


def test_a_file_that_is_not_what_it_says_is_refused_with_the_form_kept(cast):
    part, by, typed = stage("make", cast)
    bad = SimpleUploadedFile("result.png", b"MZ\x90\x00" * 40, "image/png")

    answer = browser(by).post(url(part.id, "make"), {**typed, "file": bad, "seen": part.version})

    assert answer.status_code == 422
    assert typed["result_number"] in answer.content.decode()
    assert make.again(part).state == "granted"


def test_the_electronic_result_can_be_looked_at(cast):
    part, by, typed = stage("make", cast)
    here = browser(by)
    here.post(url(part.id, "make"), {**typed, "file": picture(), "seen": part.version})

    assert "Show it" in here.get(url(part.id)).content.decode()


def test_a_waybill_is_needed_for_the_post_and_a_window_for_collecting(cast):
    part, by, _ = stage("send", cast)
    here = browser(by)

    assert here.post(url(part.id, "send"), {"way": "post"}).status_code == 422
    assert here.post(url(part.id, "send"), {"way": "window"}).status_code == 422
    assert make.again(part).state == "made"


def test_the_result_goes_to_any_window_of_the_province(cast):
    part, by, _ = stage("send", cast)
    here = browser(by)
    assert "360402-hall-08" in here.get(url(part.id, "send") + "?place=360402").content.decode()

    sent = here.post(url(part.id, "send"), {"way": "window", "window": "360402-hall-08", "place": "360402"})

    assert sent.status_code == 302
    assert make.again(part).offered_to_id == "360402-service-centre"


def test_the_same_person_does_not_review(cast):
    part, _by, _ = stage("review", cast)
    officer = cast.officer(part)

    assert browser(officer).get(url(part.id, "review")).status_code == 403
    assert browser(officer).post(url(part.id, "review"), {"opinion": "可以"}).status_code == 403


def test_the_window_sees_no_button_of_the_deciding_place_and_its_posts_are_refused(cast):
    part, _by, _ = stage("accept", cast)
    here = browser(cast.window)

    assert url(part.id, "accept") not in here.get(url(part.id)).content.decode()
    assert here.post(url(part.id, "accept"), {"seen": part.version}).status_code == 403


@pytest.mark.parametrize("verb", ["deem", "lapse", "fly"])
def test_what_nobody_takes_has_no_page(verb, cast):
    part, by, _ = stage("accept", cast)

    assert browser(by).get(url(part.id, verb)).status_code == 404
    assert browser(by).post(url(part.id, verb)).status_code == 404


def test_two_clerks_press_and_the_second_is_told_who_was_first(cast):
    part, first, _ = stage("accept", cast)
    second = cast(part.decider_id, "handle", name="colleague")
    browser(first).post(url(part.id, "accept"), {"seen": part.version})

    late = browser(second).post(url(part.id, "accept"), {"seen": part.version})

    said = late.content.decode()
    assert late.status_code == 409
    assert "The case has gone on in the meantime" in said
    assert "员工甲" in said
    assert "Accepted, being examined" in said
    assert url(part.id) in said
    assert make.again(part).version == part.version + 1


def test_pressed_twice_it_is_done_once(cast):
    part, by, typed = stage("make", cast)
    here, sent = browser(by), {**typed, "seen": part.version}

    assert here.post(url(part.id, "make"), sent).status_code == 302
    assert here.post(url(part.id, "make"), sent).status_code == 409
    assert make.again(part).version == part.version + 1


def test_an_old_page_is_told_what_happened_before_its_form_is_shown(cast):
    part, _by, _ = stage("take-over", cast)
    actions.recall(part.id, "送错", by=cast.window, at=timezone.now())

    answer = browser(cast.window).post(url(part.id, "recall"), {"reason": "送错", "seen": part.version})

    assert answer.status_code == 409
    assert "Offer recalled" in answer.content.decode()


def test_a_closed_case_is_handed_over_no_more(cast):
    part, by, typed = stage("close", cast)
    here = browser(by)
    here.post(url(part.id, "close"), {**typed, "seen": part.version})

    assert url(part.id, "offer") not in here.get(url(part.id)).content.decode()
    assert here.post(url(part.id, "offer"), {"to": "360702-police-household"}).status_code == 409


def test_nobody_is_told_to_wait_for_somebody_who_is_at_the_page(cast):
    part, second, _ = stage("review", cast)
    waits = "A second person has to review it"

    assert waits in browser(cast.officer(part)).get(url(part.id)).content.decode()
    assert waits not in browser(second).get(url(part.id)).content.decode()


def test_a_partial_supplement_is_taken_in_only_by_who_was_told_what_is_lacking_still(cast):
    part, by, typed = stage("complete", cast)
    here = browser(by)
    (how,) = typed
    lacking = how.removeprefix("how-")
    here_is = {"put_right": "电话已改", "seen": part.version}

    assert 'name="known"' not in here.get(url(part.id, "complete")).content.decode()
    first = here.post(url(part.id, "complete"), here_is)

    said = first.content.decode()
    assert first.status_code == 422
    assert "This is still lacking" in said
    assert "Illegible: 看不清" in said
    assert f'value="{lacking} "' in said
    assert 'href="#id_known"' in said
    assert make.again(part).version == part.version
    assert here.post(url(part.id, "complete"), {**here_is, "known": "something-else"}).status_code == 422

    assert here.post(url(part.id, "complete"), {**here_is, "known": f"{lacking} "}).status_code == 302
    assert make.again(part).state == "received"
    assert "Still lacking: " in here.get(url(part.id)).content.decode()


def test_the_competent_body_may_be_one_that_no_list_here_has(cast):
    part, by, typed = stage("refuse", cast)
    here, tax = browser(by), "国家税务总局赣州市章贡区税务局"
    sent = {"reason": typed["reason"], "seen": part.version}

    for wrong, said in (
        ({}, "Name the body that is competent."),
        ({"competent": typed["competent"], "elsewhere": tax}, "not both"),
    ):
        answer = here.post(url(part.id, "refuse"), {**sent, **wrong})
        assert answer.status_code == 422
        assert said in answer.content.decode()

    assert tax in here.post(url(part.id, "refuse"), {**sent, "elsewhere": tax}).content.decode()
    here.post(url(part.id, "refuse"), {**sent, "elsewhere": tax, "sure": "1"})
    issued = papers.paper(papers.papers_of(part.case_id)[-1].id)
    assert f"请向{tax}申请" in str(papers.blocks(issued))
