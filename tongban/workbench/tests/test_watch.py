"""Watching and urging on the pages: what a supervisor sees, what the body that was urged sees and answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tongban.cases import actions
from tongban.cases.models import Transfer, Urging
from tongban.cases.tests import make
from tongban.workbench.tests.desk_world import POLICE, Cast, browser, url


@pytest.fixture
def cast(db):
    make.data()
    return Cast()


@pytest.fixture
def supervisor(cast):
    return cast("360700-service-centre", "supervise")


def late(cast, count=1):
    """Return parts that were received long ago and that nobody took over, with their reminders."""
    now = timezone.now()
    parts = [make.received(cast.window, at=now - timedelta(days=20)) for _ in range(count)]
    for day in (12, 8, 0):
        actions.sweep(now - timedelta(days=day))
    return parts


def urged(part, supervisor, days=2):
    now = timezone.now()
    return actions.urge(
        part.id, POLICE, "请尽快签收", (now + timedelta(days=days)).date(), by=supervisor, at=now
    )


def test_a_supervisor_begins_at_the_watch_and_sees_what_is_late_and_who_is_responsible(cast, supervisor):
    (part,) = late(cast)
    actions.obstruct(
        "other",
        "等了两周",
        by=cast.window,
        at=timezone.now() - timedelta(days=20),
        owner=POLICE,
        item=make.RENEW,
    )
    here = browser(supervisor)

    assert here.get("/desk/")["Location"] == "/desk/watch"
    said = here.get("/desk/watch").content.decode()
    for words in (
        part.case.reference,
        "working days late",
        "One notice, counted from the receipt",
        "reported upwards",
        "offered by Qingshanhu District Government Service Centre",
        "Zhanggong District Public Security Bureau",
        "Could not be done, answer overdue",
        f"/desk/parts/{part.id}/urge",
        "申***",
    ):
        assert words in said, words
    assert "申请人甲" not in said
    assert make.NUMBER not in said


def test_in_chinese_too(cast, supervisor):
    late(cast)

    said = browser(supervisor, english=False).get("/desk/watch").content.decode()

    for words in ("督办台", "个工作日", "移交后无人签收", "责任单位"):
        assert words in said, words


def test_where_nothing_is_late_the_page_says_so(cast, supervisor):
    said = browser(supervisor).get("/desk/watch").content.decode()

    assert "Nothing is late" in said
    for group in ("urged", "overdue", "offers", "obstacles", "deemed"):
        answer = browser(supervisor).get(f"/desk/watch/{group}")
        assert answer.status_code == 200
        assert 'class="empty"' in answer.content.decode()


def test_only_supervisors_get_in(cast):
    officer = browser(cast(POLICE, "handle"))

    assert officer.get("/desk/watch").status_code == 403
    assert "/desk/watch" not in officer.get("/desk/cases/in-hand").content.decode()


@pytest.mark.parametrize("where", ["", "/overdue", "/offers"])
def test_the_watch_costs_the_same_for_one_or_for_many(cast, supervisor, cost, where):
    late(cast)
    here = browser(supervisor)
    here.get(f"/desk/watch{where}")
    one = cost(lambda: here.get(f"/desk/watch{where}"))
    late(cast, 6)

    assert cost(lambda: here.get(f"/desk/watch{where}")) == one <= 20


def test_a_long_list_has_a_next_page(cast, supervisor, monkeypatch):
    monkeypatch.setattr("tongban.cases.queries.watch.PAGE", 2)
    parts = late(cast, 3)
    here = browser(supervisor)

    first = here.get("/desk/watch/offers").content.decode()
    start = first.index("/desk/watch/offers?after=")
    more = first[start : first.index('"', start)].replace("&amp;", "&")
    second = here.get(more).content.decode()

    counted = [sum(f"{part.case.reference}</a>" in page for part in parts) for page in (first, second)]
    assert counted == [2, 1]
    assert "Back to the first page" in second


def test_a_supervisor_sees_how_a_case_goes_and_not_who_it_is(cast, supervisor):
    (part,) = late(cast)
    here = browser(supervisor)

    said = here.get(url(part.id)).content.decode()
    assert "You see this as a supervisor" in said
    assert "申***" in said
    for hidden in ("申请人甲", make.NUMBER, "虚构路1号", "/desk/papers/", "/pages/"):
        assert hidden not in said
    paper = make.papers_of(part)
    assert paper
    for closed in (url(part.id, "withdraw"), url(part.id, "take-over")):
        assert here.get(closed).status_code == 403
    assert here.get(f"/desk/window/obstacles/new?part={part.id}").status_code == 404
    assert here.get(f"/desk/window/receipts/{part.case_id}").status_code == 404


def test_urging_is_asked_recorded_and_shown(cast, supervisor):
    (part,) = late(cast)
    here = browser(supervisor)
    form = here.get(url(part.id, "urge")).content.decode()
    assert "Zhanggong District Public Security Bureau" in form
    assert "Qingshanhu" not in form

    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    for wrong in ({"text": ""}, {"answer_by": "2020-01-01"}, {"body": "360111-service-centre"}):
        fields = {"body": POLICE, "text": "请尽快签收", "answer_by": day, **wrong}
        assert here.post(url(part.id, "urge"), fields).status_code == 422
    done = here.post(url(part.id, "urge"), {"body": POLICE, "text": "请尽快签收", "answer_by": day})

    assert done["Location"] == url(part.id)
    said = here.get(url(part.id)).content.decode()
    assert "请尽快签收" in said
    assert "Urged by a supervisor" in said
    again = here.post(url(part.id, "urge"), {"body": POLICE, "text": "再催", "answer_by": day})
    assert again.status_code == 409


def test_the_body_sees_the_mark_and_answers(cast, supervisor):
    (part,) = late(cast)
    row = urged(part, supervisor)
    officer = browser(cast.officer(part))

    desk = officer.get("/desk/cases/incoming").content.decode()
    assert "Urged: answer by" in desk
    assert "reported upwards" in desk
    assert "A supervisor waits for your answer about 1 case" in desk
    assert part.case.reference in officer.get("/desk/urged").content.decode()
    assert "请尽快签收" in officer.get(url(part.id)).content.decode()

    answer = f"/desk/urgings/{row.id}/answer"
    empty = officer.post(answer, {"text": " "})
    assert empty.status_code == 422
    assert 'aria-invalid="true"' in empty.content.decode()
    assert officer.post(answer, {"text": "今天签收"})["Location"] == url(part.id)

    assert Urging.objects.get().answer == {"text": "今天签收"}
    desk = officer.get("/desk/cases/incoming").content.decode()
    assert "Urged" not in desk
    assert "A supervisor waits" not in desk
    assert "今天签收" in browser(supervisor).get(url(part.id)).content.decode()


def test_others_neither_see_nor_answer_it(cast, supervisor):
    (part,) = late(cast)
    row = urged(part, supervisor)
    stranger = browser(cast("360703-police", "handle"))

    assert stranger.post(f"/desk/urgings/{row.id}/answer", {"text": "x"}).status_code == 404
    giver = browser(cast.window)
    assert (
        giver.post(f"/desk/urgings/{row.id}/answer", {"text": "x", "part": str(part.id)}).status_code == 403
    )
    assert "Urged: answer" not in giver.get("/desk/cases/in-hand").content.decode()


def test_what_was_urged_and_not_answered_in_time_stands_first(cast, supervisor):
    parts = late(cast, 2)
    now = timezone.now()
    for part, due in zip(parts, (4, -3), strict=True):
        at = now - timedelta(days=6)
        day = timezone.localdate(now) + timedelta(days=due)
        actions.urge(part.id, POLICE, "请签收", day, by=supervisor, at=at)

    said = browser(supervisor).get("/desk/watch/urged").content.decode()

    assert said.index(parts[1].case.reference) < said.index(parts[0].case.reference)
    assert "late" in said


def test_what_could_not_be_done_is_urged_and_marked(cast, supervisor):
    row = actions.obstruct(
        "other",
        "等了两周",
        by=cast.window,
        at=timezone.now() - timedelta(days=20),
        owner=POLICE,
        item=make.RENEW,
    )
    here, officer = browser(supervisor), browser(cast(POLICE, "handle"))
    day = timezone.localdate().isoformat()
    done = here.post(f"/desk/obstacles/{row.id}/urge", {"body": POLICE, "text": "请答复", "answer_by": day})

    assert done["Location"] == f"/desk/window/obstacles/{row.id}"
    assert "Urged: answer by" in officer.get("/desk/window/obstacles").content.decode()
    said = officer.get(f"/desk/window/obstacles/{row.id}").content.decode()
    assert "A supervisor urges an answer" in said
    assert "请答复" in said
    officer.post(f"/desk/window/obstacles/{row.id}", {"text": "已办理"})
    assert Urging.objects.get().answered_at


def test_nobody_is_watched_while_practising(cast, supervisor):
    (part,) = late(cast)
    learner = make.clerk("360700-service-centre", "supervise", name="learner", practice=True)

    said = browser(learner).get("/desk/watch").content.decode()

    assert "Nobody is watched while practising" in said
    assert part.case.reference not in said


def test_a_handover_has_its_slip_for_both_sides(cast):
    (part,) = late(cast)
    row = Transfer.objects.get(part=part)
    officer = browser(cast.officer(part))
    assert "/slip" not in officer.get(url(part.id)).content.decode()
    assert officer.post(f"/desk/transfers/{row.id}/slip").status_code == 409
    make.take_over(part, cast.officer(part), at=timezone.now())

    assert f"/desk/transfers/{row.id}/slip" in officer.get(url(part.id)).content.decode()
    page = officer.post(f"/desk/transfers/{row.id}/slip", follow=True)
    said = page.content.decode()
    assert page.status_code == 200
    for words in ("移交签收单", "移出单位", "青山湖区政务服务中心", "章贡区公安局", "员工甲"):
        assert words in said
    assert said.count("<figure") == 1
    assert browser(cast("360703-police")).post(f"/desk/transfers/{row.id}/slip").status_code == 404


def test_what_could_not_be_done_has_its_slip(cast):
    row = actions.obstruct(
        "other", "等了两周", by=cast.window, at=timezone.now(), owner=POLICE, item=make.RENEW
    )
    here = browser(cast.window)

    assert f"/desk/obstacles/{row.id}/slip" in here.get(f"/desk/window/obstacles/{row.id}").content.decode()
    said = here.get(f"/desk/obstacles/{row.id}/slip").content.decode()
    for words in ("办不成事登记回执", "等了两周", "章贡区公安局"):
        assert words in said
    pdf = here.get(f"/desk/obstacles/{row.id}/slip/pdf")
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Cache-Control"] == "private, no-store"
    assert browser(cast("360703-police")).get(f"/desk/obstacles/{row.id}/slip").status_code == 404
