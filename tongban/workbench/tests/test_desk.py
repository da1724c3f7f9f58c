"""The desk: lists by urgency, steps with many at once, looking up."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from django.utils import timezone

from tongban.cases import actions, queries
from tongban.cases.queries import TABS
from tongban.cases.tests import make
from tongban.files import actions as files
from tongban.workbench.tests.desk_world import INSTANT, Cast, browser, picture, stage, url


@pytest.fixture
def cast(db):
    make.data()
    return Cast()


def _received(cast, count=1, item=make.RENEW):
    return [make.received(cast.window, item, at=timezone.now()) for _ in range(count)]


def test_what_is_offered_is_shown_with_its_urgency_and_a_masked_name(cast):
    (part,) = _received(cast)

    said = browser(cast.officer(part)).get("/desk/cases/incoming").content.decode()

    for words in (part.case.reference, "申***", "On time", "Received, not yet accepted", "to accept or ask"):
        assert words in said
    assert "申请人甲" not in said
    assert make.NUMBER not in said


@pytest.mark.parametrize("tab", TABS)
def test_an_empty_list_says_what_to_do_next(tab, cast):
    answer = browser(cast("360402-police", "handle")).get(f"/desk/cases/{tab}")

    assert answer.status_code == 200
    assert 'class="empty"' in answer.content.decode()


def test_the_desk_costs_the_same_for_one_part_or_for_ten(cast, cost):
    (part,) = _received(cast)
    here = browser(cast.officer(part))
    here.get("/desk/cases/incoming")
    one = cost(lambda: here.get("/desk/cases/incoming"))
    _received(cast, 9)

    assert cost(lambda: here.get("/desk/cases/incoming")) == one <= 5


def test_a_long_list_is_walked_by_key_and_nothing_is_shown_twice(cast):
    parts = _received(cast, 27)
    here = browser(cast.officer(parts[0]))

    first = here.get("/desk/cases/incoming")
    (older,) = re.findall(r'href="(/desk/cases/incoming[?]after=[^"]+)"', first.content.decode())
    second = here.get(unescape(older))

    said = first.content.decode(), second.content.decode()
    assert [sum(part.case.reference + "</a>" in page for part in parts) for page in said] == [25, 2]
    assert all(any(part.case.reference + "</a>" in page for page in said) for part in parts)
    assert "Back to the first page" in second.content.decode()


def test_an_applicant_who_waits_is_seen_first(cast):
    (waiting,) = _received(cast, 1, INSTANT)
    officer = cast.officer(waiting)
    slow = make.received(cast.window, "JX-P-0012", at=timezone.now())
    assert slow.decider_id == officer.body

    said = browser(officer).get("/desk/cases/incoming").content.decode()

    assert "Applicant is waiting" in said
    assert said.index(waiting.case.reference) < said.index(slow.case.reference)


def test_many_are_taken_over_accepted_and_granted_at_once(cast):
    parts = _received(cast, 3)
    here = browser(cast.officer(parts[0]))

    for verb, tab, state in (
        ("take-over", "incoming", "received"),
        ("accept", "in-hand", "accepted"),
        ("grant", "review", "granted"),
    ):
        chosen = [_choice(part) for part in parts]
        # Nothing of these was scanned, which is said first; see below.
        sent = {"verb": verb, "tab": tab, "part": chosen, "sure": "1"}
        done = here.post("/desk/cases/many", sent, follow=True)
        assert "3 cases" in done.content.decode()
        assert {make.again(part).state for part in parts} == {state}


def test_what_changed_since_the_list_was_shown_is_not_done_blindly(cast):
    (part,) = _received(cast)
    officer = cast.officer(part)
    shown = _choice(part)
    actions.take_over(part.id, by=officer, at=timezone.now())

    sent = {"verb": "accept", "tab": "in-hand", "part": shown, "sure": "1"}
    answer = browser(officer).post("/desk/cases/many", sent)

    assert answer.status_code == 409
    assert make.again(part).state == "received"


def _choice(part):
    """Return what the box of a row posts: the part with the version that was shown."""
    return f"{part.id}.{make.again(part).version}"


def test_if_one_cannot_none_is_done_and_it_is_said_which(cast):
    parts = _received(cast, 3)
    officer = cast.officer(parts[0])
    for part in parts:
        actions.take_over(part.id, by=officer, at=timezone.now())
    actions.accept(parts[1].id, by=officer, at=timezone.now())
    chosen = [_choice(part) for part in parts]

    sent = {"verb": "accept", "tab": "in-hand", "part": chosen, "sure": "1"}
    answer = browser(officer).post("/desk/cases/many", sent)

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Nothing was done" in said
    assert [each["reference"] for each in answer.context["stuck"]] == [parts[1].case.reference]
    assert said.count(" checked>") == 3
    assert [make.again(part).state for part in parts] == ["received", "accepted", "received"]


def test_nothing_chosen_does_nothing_and_says_how_to_choose(cast):
    (part,) = _received(cast)

    answer = browser(cast.officer(part)).post(
        "/desk/cases/many", {"verb": "accept", "tab": "in-hand"}, follow=True
    )

    assert "Choose one or more cases first" in answer.content.decode()


def test_made_up_ids_do_not_exist(cast):
    (part,) = _received(cast)
    here = browser(cast.officer(part))

    assert here.post("/desk/cases/many", {"verb": "accept", "part": "x"}).status_code == 404


def test_a_reference_leads_to_its_case(cast):
    (part,) = _received(cast)
    here = browser(cast.officer(part))

    by_address = here.get("/desk/search", {"q": part.case.reference.lower()})
    assert by_address["Location"] == url(part.id)
    assert here.post("/desk/search", {"q": part.case.reference})["Location"] == url(part.id)


def test_an_identity_number_is_posted_and_never_stands_in_an_address(cast):
    (part,) = _received(cast)
    here = browser(cast.officer(part))

    posted = here.post("/desk/search", {"q": make.NUMBER})
    assert part.case.reference in posted.content.decode()
    assert make.NUMBER not in posted.content.decode()

    got = here.get("/desk/search", {"q": make.NUMBER}, follow=True)
    assert got.redirect_chain == [("/desk/search", 302)]
    assert part.case.reference not in got.content.decode()
    assert make.NUMBER not in got.content.decode()
    assert 'method="post"' in got.content.decode()


def test_looking_up_finds_only_what_one_may_see(cast):
    _received(cast)

    answer = browser(cast("360402-police", "handle")).post("/desk/search", {"q": make.NUMBER})

    assert "No case that you may see" in answer.content.decode()


def test_what_was_sent_elsewhere_and_what_was_closed_stay_in_sight(cast):
    part, by, _ = stage("close", cast)
    actions.close(part.id, "本人签收", by=by, at=timezone.now())

    assert part.case.reference in browser(by).get("/desk/cases/closed").content.decode()

    other, _, _ = stage("accept", cast)
    assert other.case.reference in browser(cast.window).get("/desk/cases/sent").content.decode()


def test_the_page_speaks_chinese_unless_asked_otherwise(cast):
    (part,) = _received(cast)

    said = browser(cast.officer(part), english=False).get("/desk/cases/incoming").content.decode()

    assert "已收件，待受理" in said
    assert "Received, not yet accepted" not in said


def test_a_learner_is_told_where_practice_cases_come_from(cast):
    learner = make.clerk("360111-service-centre", "receive", name="learner", practice=True)

    said = browser(learner).get("/desk/cases/in-hand").content.decode()

    assert "No practice case yet" in said
    assert "Practice cases" in said


def _food(cast, **changes):
    """Return a food licence whose papers are all scanned but for these, in the hands of who decides."""
    page = files.store(
        io.BytesIO(picture().read()),
        declared_name="a.png",
        declared_type="image/png",
        by=cast.window,
        at=timezone.now(),
    ).sha256
    whole = {code: {"how": "seen", "pages": [page]} for code in make.typed(make.FOOD)["enclosed"]}
    given = {**whole, **{code.replace("_", "-"): how for code, how in changes.items()}}
    part = make.received(cast.window, make.FOOD, at=timezone.now(), enclosed=given)
    if part.offer_id is None:
        actions.offer(part.id, part.decider_id, by=cast.window, at=timezone.now())
    return actions.take_over(part.id, by=cast.officer(part), at=timezone.now())


MISSING, PROMISED, UNSCANNED = {"how": "missing", "reason": "没带"}, {"how": "promised"}, {"how": "seen"}


def test_before_many_are_accepted_it_is_said_which_lack_something_and_they_can_be_left_out(cast):
    whole, lacks = _food(cast), _food(cast, application_form=MISSING)
    here = browser(cast.officer(whole))
    sent = {"verb": "accept", "tab": "in-hand", "part": [_choice(lacks), _choice(whole)]}

    said = here.post("/desk/cases/many", sent).content.decode()

    assert "lack something by their rule: 1 of 2" in said
    assert said.count(lacks.case.reference) == 1
    assert whole.case.reference not in said
    assert ": Missing" in said
    assert {make.again(part).state for part in (lacks, whole)} == {"received"}

    here.post("/desk/cases/many", {**sent, "part": re.findall(r'name="part" value="([^"]+)"', said)[:1]})
    assert (make.again(lacks).state, make.again(whole).state) == ("received", "accepted")
    here.post("/desk/cases/many", {**sent, "part": [_choice(lacks)], "sure": "1"})
    assert make.again(lacks).state == "accepted"


def test_what_was_promised_or_not_scanned_is_said_too_and_to_nobody_else(cast):
    part = _food(cast, premises_paper=PROMISED, layout=UNSCANNED)
    sent = {"verb": "accept", "tab": "in-hand", "part": _choice(part)}

    said = browser(cast.officer(part)).post("/desk/cases/many", sent).content.decode()

    assert ": Promised in writing" in said
    assert ": Not scanned" in said
    assert ": Missing" not in said
    assert browser(cast("360402-police", "handle")).post("/desk/cases/many", sent).status_code == 404


def test_saying_what_many_lack_costs_one_statement_however_many_there_are(cast, cost):
    parts = [_food(cast, application_form=MISSING) for _ in range(4)]
    officer = cast.officer(parts[0])
    found = []

    assert cost(lambda: found.extend(queries.incomplete(officer, [part.id for part in parts]))) == 1
    assert len(found) == 4
