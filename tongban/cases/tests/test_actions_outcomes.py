"""The five outcomes of an application (行政许可法 Art. 32), each with its paper."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tongban.cases import actions, queries
from tongban.cases.rules.enclosures import DEFECTS, Defect, Enclosed, How
from tongban.cases.rules.lifecycle import STEPS, State
from tongban.cases.tests import make
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.papers.models import Counter, Paper
from tongban.trail import queries as trail

MONDAY = make.MONDAY
DECEMBER = datetime(2026, 12, 14, 2, 0, tzinfo=UTC)
FORM = Defect("application-form", "unsigned", "第二页没有签名")


def test_accepting_starts_the_limit_and_tells_it_in_writing(in_hand, inspector):
    part = actions.accept(in_hand.id, by=inspector, at=make.day(1))

    assert (part.state, part.accepted_on, part.due_kind) == (State.ACCEPTED, date(2026, 6, 2), "promised")
    assert make.papers_of(part)[-1] == ("acceptance", make.MARKET, date(2026, 6, 2))
    assert make.said(part, "acceptance")["due_on"] == str(part.due_on)


def test_where_no_licence_is_needed_it_is_said_at_once_and_with_a_reason(in_hand, inspector):
    part = actions.dismiss(in_hand.id, "销售预包装食品只需备案", by=inspector, at=MONDAY)

    assert (part.state, part.outcome, part.decided_on) == (State.NOT_NEEDED, "not-needed", MONDAY.date())
    assert make.papers_of(part)[-1][0] == "not-needed"
    assert make.said(part, "not-needed")["reasons"] == ["销售预包装食品只需备案"]


def test_refusing_names_the_competent_body_and_the_remedies(in_hand, inspector):
    part = actions.refuse(
        in_hand.id, "经营场所不在本县", "360402-market-supervision", by=inspector, at=MONDAY
    )

    said = make.said(part, "not-accepted")
    assert (part.state, part.outcome) == (State.NOT_ACCEPTED, "not-accepted")
    assert said["competent"]
    assert len(said["remedies"]) == 2


def test_a_body_outside_of_the_directory_is_named_by_words_and_printed(in_hand, inspector):
    """Another province's, the tax office, the customs: whoever is competent isn't always in the directory."""
    part = actions.refuse(
        in_hand.id,
        "不属于本机关职权范围",
        "",
        elsewhere=" 国家税务总局\u202e赣州市税务局\n",
        by=inspector,
        at=MONDAY,
    )

    assert make.said(part, "not-accepted")["competent"] == "国家税务总局赣州市税务局"
    assert (
        queries.load(part.id, inspector, at=MONDAY).history[-1].words["competent"]
        == "国家税务总局赣州市税务局"
    )
    entry = trail.of_case(part.case_id)[-1]
    assert "competent" not in entry.facts


@pytest.mark.parametrize(
    ("competent", "elsewhere", "code"),
    [
        ("", " \u200e\n", r"competent\.missing"),
        ("360402-health", "赣江海关", r"competent\.both"),
        ("", "税" * 121, r"text\.too-long"),
        ("", "税务局\U000e0fff", r"text\.unreadable"),
    ],
)
def test_the_name_of_the_competent_body_is_looked_at_as_all_that_is_typed(
    in_hand, inspector, competent, elsewhere, code
):
    with pytest.raises(Invalid, match=code):
        actions.refuse(in_hand.id, "示例", competent, elsewhere=elsewhere, by=inspector, at=MONDAY)

    assert make.again(in_hand).state == State.RECEIVED


@pytest.mark.parametrize(("competent", "error"), [("", Invalid), ("nowhere", Missing)])
def test_nobody_is_refused_without_being_told_who_is_competent(in_hand, inspector, competent, error):
    with pytest.raises(error):
        actions.refuse(in_hand.id, "不属于本机关职权范围", competent, by=inspector, at=MONDAY)

    assert make.again(in_hand).state == State.RECEIVED


def test_what_is_corrected_on_the_spot_changes_neither_state_nor_clock(in_hand, inspector):
    before = (in_hand.state, in_hand.due_on)

    part = actions.correct(in_hand.id, "改正了联系电话", by=inspector, at=MONDAY)

    assert (part.state, part.due_on) == before
    assert make.events(part)[-1] == "part.correct"


def test_the_window_corrects_what_it_still_holds(window):
    part = make.lacking(window)

    assert actions.correct(part.id, "补填了日期", by=window, at=MONDAY).last_step == "correct"


def test_one_notice_lists_every_defect_with_its_kind_and_the_standard(in_hand, inspector):
    defects = [Defect("application-form", kind, "示例") for kind in DEFECTS]

    part = actions.ask(in_hand.id, defects, by=inspector, at=MONDAY)

    listed = make.said(part, "supplement")["defects"]
    assert (part.state, part.notices, part.due_kind) == (State.SUPPLEMENTING, 1, "supplement")
    assert len({each["problem"] for each in listed}) == len(DEFECTS)
    assert all(each["standard"] for each in listed)


@pytest.mark.parametrize(
    "defects", [[], [Defect("application-form", "ugly")], [Defect("a-passport-of-mars", "missing")]]
)
def test_a_notice_names_defects_that_the_rule_knows(in_hand, inspector, defects):
    with pytest.raises(Invalid):
        actions.ask(in_hand.id, defects, by=inspector, at=MONDAY)


def test_a_second_notice_is_refused_without_a_reason_and_counted_with_one(in_hand, inspector):
    actions.ask(in_hand.id, [FORM], by=inspector, at=MONDAY)
    brought = [Enclosed("application-form", How.SEEN)]
    actions.complete(in_hand.id, brought, by=inspector, at=make.day(1))

    with pytest.raises(Refused, match=r"notice\.second"):
        actions.ask(in_hand.id, [FORM], by=inspector, at=make.day(1))
    part = actions.ask(in_hand.id, [FORM], by=inspector, at=make.day(1), again="新提交的表格缺少一页")

    assert part.notices == 2
    assert make.said(part, "supplement")["second"] is True


def test_the_window_gives_the_one_notice_by_the_deciding_places_rule_and_in_its_own_name(window):
    part = make.lacking(window)
    assert (part.offer_id, queries.load(part.id, window, at=MONDAY).lacking[0].kind) == (None, "missing")

    part = actions.ask(part.id, [FORM], by=window, at=MONDAY)

    assert make.papers_of(part)[-1] == ("supplement", window.body, MONDAY.date())


def test_after_the_windows_notice_one_of_the_deciding_body_is_the_second(window, inspector):
    part = make.lacking(window)
    actions.ask(part.id, [FORM], by=window, at=MONDAY)
    actions.complete(part.id, [Enclosed("application-form", How.SEEN)], by=window, at=make.day(1))
    actions.take_over(part.id, by=inspector, at=make.day(1))

    with pytest.raises(Refused, match=r"notice\.second"):
        actions.ask(part.id, [FORM], by=inspector, at=make.day(2))


def test_the_notice_says_where_what_is_missing_can_be_brought_and_by_when_even_without_a_date(window):
    """Only who received it and who decides it see the case: sent to another hall, nobody there could take it in."""
    part = make.lacking(window)
    late = make.received(
        window,
        make.FOOD,
        at=DECEMBER,
        enclosed={
            **make.typed(make.FOOD)["enclosed"],
            "application-form": {"how": "missing", "reason": "没带"},
        },
    )

    actions.ask(part.id, [FORM], by=window, at=MONDAY)
    actions.ask(late.id, [FORM], by=window, at=DECEMBER)

    said, without_day = make.said(part, "supplement"), make.said(late, "supplement")
    assert said["supply_where"] == ["青山湖区政务服务中心（收件窗口）", "章贡区市场监督管理局（决定机关）"]
    assert (said["supply_by"], without_day["supply_by"]) == ("2026-06-23", None)
    assert "15个工作日" in without_day["when_late"]


def test_a_file_completed_at_the_window_goes_on_to_the_deciding_body_and_its_clock_runs_anew(window):
    part = make.lacking(window)
    actions.ask(part.id, [FORM], by=window, at=MONDAY)

    part = actions.complete(part.id, [Enclosed("application-form", How.SEEN)], by=window, at=make.day(8))

    assert (part.state, part.holder_id, part.offered_to_id) == (State.RECEIVED, window.body, make.MARKET)
    assert (part.due_kind, part.due_on) == ("notice", date(2026, 6, 16))


def test_what_was_brought_is_kept_beside_what_was_there_before(window):
    part = make.lacking(window)
    actions.ask(part.id, [FORM], by=window, at=MONDAY)
    actions.complete(part.id, [Enclosed("application-form", How.SEEN)], by=window, at=MONDAY)

    loaded = queries.load(part.id, window, at=MONDAY)

    rounds = [(each.how, each.round) for each in loaded.enclosed if each.material.code == "application-form"]
    assert rounds == [(How.MISSING, 1), (How.SEEN, 2)]
    assert loaded.lacking == []


@pytest.mark.parametrize(
    "brought",
    [[], [Enclosed("a-passport-of-mars", How.SEEN)], [Enclosed("application-form", How.SEEN)] * 2],
)
def test_what_is_brought_must_be_something_asked_for_and_each_once(window, brought):
    part = make.lacking(window)
    actions.ask(part.id, [FORM], by=window, at=MONDAY)

    with pytest.raises(Invalid):
        actions.complete(part.id, brought, by=window, at=MONDAY)


PAPER, RULES = "premises-paper", "safety-rules"


def test_what_is_still_lacking_is_named_before_a_part_of_it_is_taken_in(in_hand, inspector):
    """What isn't brought now costs a second notice: nobody takes that in without knowing."""
    asked = [Defect(PAPER, "illegible"), Defect(RULES, "incomplete"), Defect("applicant", "field", "电话")]
    actions.ask(in_hand.id, asked, by=inspector, at=MONDAY)
    brought = [Enclosed(PAPER, How.SEEN)]
    version = make.again(in_hand).version

    for known in ((), (RULES,)):
        with pytest.raises(Invalid, match=r"supplement\.partial") as refused:
            actions.complete(in_hand.id, brought, known=known, by=inspector, at=make.day(1))
        assert refused.value.params["lacking"] == tuple(asked[1:])
    assert make.again(in_hand).version == version

    part = actions.complete(in_hand.id, brought, known=(RULES, "applicant"), by=inspector, at=make.day(1))

    assert part.state == State.RECEIVED
    happened = queries.load(part.id, inspector, at=make.day(1)).history[-1]
    assert [each["material"] for each in happened.words["lacking"]] == [RULES, "applicant"]


def test_what_was_put_right_besides_answers_for_fields_and_what_the_rule_still_misses_is_named_too(window):
    part = make.lacking(window)
    actions.ask(part.id, [Defect("applicant", "field", "电话")], by=window, at=MONDAY)

    with pytest.raises(Invalid, match=r"supplement\.partial") as refused:
        actions.complete(part.id, [], put_right="电话已改", by=window, at=MONDAY)
    assert refused.value.params["lacking"] == (Defect("application-form", "missing"),)

    whole = [Enclosed("application-form", How.SEEN)]
    assert (
        actions.complete(part.id, whole, put_right="电话已改", by=window, at=MONDAY).state == State.RECEIVED
    )


def test_the_applicants_withdrawal_ends_the_case_and_the_open_offer(window, licence, inspector):
    part = actions.withdraw(licence.id, "不开店了", by=window, at=MONDAY)

    assert (part.state, part.offered_to_id, part.closed_on) == (State.WITHDRAWN, None, MONDAY.date())
    assert make.papers_of(part)[-1][0] == "withdrawal"
    with pytest.raises(Refused):
        actions.take_over(part.id, by=inspector, at=MONDAY)


def test_words_that_are_needed_cannot_be_blanks(in_hand, inspector):
    for blank in ("", " \n ", "\u200f\x00"):
        with pytest.raises(Invalid, match=r"words\.missing"):
            actions.dismiss(in_hand.id, blank, by=inspector, at=MONDAY)


def test_each_body_numbers_each_kind_without_gaps_even_if_a_step_is_refused(window, inspector):
    parts = [make.received(window, make.FOOD) for _ in range(4)]
    actions.take_over_all([part.id for part in parts], by=inspector, at=MONDAY)
    actions.accept(parts[0].id, by=inspector, at=MONDAY)
    for again in (parts[0].id, parts[0].id):
        with pytest.raises(Refused):
            actions.accept(again, by=inspector, at=MONDAY)
    actions.accept_all([part.id for part in parts[1:]], by=inspector, at=MONDAY)

    numbers = list(Paper.objects.filter(kind="acceptance").order_by("id").values_list("number", flat=True))
    assert Counter.objects.get(body=make.MARKET, kind="acceptance").last == len(set(numbers)) == 4
    assert [f"{serial}号" for serial in range(1, 5)] == [f"{int(n[-5:-1])}号" for n in numbers]


def test_many_are_accepted_together_or_none(window, inspector):
    parts = [make.received(window, make.FOOD) for _ in range(3)]
    for part in parts[:2]:
        actions.take_over(part.id, by=inspector, at=MONDAY)

    with pytest.raises(Refused, match=r"part\.not-held"):
        actions.accept_all([part.id for part in parts], by=inspector, at=MONDAY)

    assert {make.again(part).state for part in parts} == {State.RECEIVED}


WITH_WORDS = {
    "accept": lambda part, by: actions.accept(part, by=by, at=MONDAY),
    "correct": lambda part, by: actions.correct(part, "示例", by=by, at=MONDAY),
    "ask": lambda part, by: actions.ask(part, [FORM], again="示例", by=by, at=MONDAY),
    "complete": lambda part, by: actions.complete(
        part, [Enclosed("application-form", How.SEEN)], by=by, at=MONDAY
    ),
    "dismiss": lambda part, by: actions.dismiss(part, "示例", by=by, at=MONDAY),
    "refuse": lambda part, by: actions.refuse(part, "示例", "360402-health", by=by, at=MONDAY),
    "pause": lambda part, by: actions.pause(part, "hearing", "十日", "示例", by=by, at=MONDAY),
    "resume": lambda part, by: actions.resume(part, by=by, at=MONDAY),
    "propose": lambda part, by: actions.propose_extension(part, "示例", by=by, at=MONDAY),
    "extend": lambda part, by: actions.extend(part, "示例", by=by, at=MONDAY),
    "review": lambda part, by: actions.review(part, "示例", by=by, at=MONDAY),
    "grant": lambda part, by: actions.grant(part, by=by, at=MONDAY),
    "reject": lambda part, by: actions.reject(part, "示例", by=by, at=MONDAY),
    "make": lambda part, by: actions.make(part, "示例1号", by=by, at=MONDAY),
    "send": lambda part, by: actions.send(part, "electronic", by=by, at=MONDAY),
    "close": lambda part, by: actions.close(part, "示例", by=by, at=MONDAY),
    "withdraw": lambda part, by: actions.withdraw(part, "示例", by=by, at=MONDAY),
    "settle": lambda part, by: actions.settle(part, "示例1号", by=by, at=MONDAY),
}
PEOPLE_TAKE = [step for step in STEPS if step.role]


def test_every_step_that_people_take_has_an_action():
    assert {step.verb for step in PEOPLE_TAKE} == set(WITH_WORDS)


@pytest.fixture
def everybody(world):
    return make.clerk(make.MARKET, "receive", "handle", "review", "approve", name="everybody")


def test_a_step_where_it_does_not_begin_is_refused_by_name_and_never_breaks(window, everybody):
    received = make.take_over(make.received(window, make.FOOD), everybody)
    withdrawn = make.take_over(make.received(window, make.FOOD), everybody)
    actions.withdraw(withdrawn.id, "示例", by=everybody, at=MONDAY)

    for step in PEOPLE_TAKE:
        for part in (received, withdrawn):
            state = State(make.again(part).state)
            if state not in step.begins:
                with pytest.raises(Refused, match=r"part\.wrong-step|part\.|notice\."):
                    WITH_WORDS[step.verb](part.id, everybody)


def test_a_step_of_the_deciding_body_is_not_the_windows_whatever_the_state(window, licence):
    for step in PEOPLE_TAKE:
        if str(step.side) == "decider":
            with pytest.raises((NotAllowed, Refused)):
                WITH_WORDS[step.verb](licence.id, window)

    assert make.again(licence).version == licence.version
