"""What a window takes down: what is lacking is named, what people are called stays as it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tongban.cases.rules import enclosures, intake, reference
from tongban.cases.rules.applicant import party
from tongban.cases.rules.enclosures import Enclosed, How, Trust
from tongban.cases.tests import rule as made
from tongban.lib.refusals import Invalid
from tongban.papers.rules import short_name

WHOLE: dict[str, Any] = {
    "subject": "person",
    "place": "360702",
    "answers": {"who": "self"},
    "applicant": {"name": "申请人甲", "number": "360121180001010017", "phone": "00000000000"},
    "fields": {"reason": "示例"},
    "enclosed": {"id-card": {"how": "seen"}},
    "wish": {"way": "window"},
}
AGENT = {**WHOLE["applicant"], "name": "代理人丙", "authority": "letter"}


def test_a_whole_draft_is_read_as_an_application():
    found = intake.read(WHOLE, made.rule())

    assert found.applicant.name == "申请人甲"
    assert [each.material for each in found.enclosed] == ["id-card"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject": "company"}, "subject"),
        ({"place": ""}, "place"),
        ({"answers": {}}, "answers.who"),
        ({"answers": {"who": "nobody"}}, "answers.who"),
        ({"applicant": {**WHOLE["applicant"], "name": " "}}, "applicant.name"),
        ({"applicant": {**WHOLE["applicant"], "number": "360121180001010018"}}, "applicant.number"),
        ({"applicant": {**WHOLE["applicant"], "phone": "12"}}, "applicant.phone"),
        ({"agent": {**WHOLE["applicant"], "authority": ""}}, "agent.authority"),
        ({"answers": {"who": "agent"}}, "agent.name"),
        ({"fields": {}}, "fields.reason"),
        ({"enclosed": {}}, "enclosed.id-card"),
        ({"enclosed": {"id-card": {"how": "missing"}}}, "enclosed.id-card"),
        ({"enclosed": {"id-card": {"how": "handed-in"}}}, "enclosed.id-card"),
        ({"enclosed": {"id-card": {"how": "promised"}}}, "enclosed.id-card"),
        ({"wish": {"way": "electronic"}}, "wish.way"),
        ({"wish": {"way": "post"}}, "wish.address"),
    ],
)
def test_what_is_wrong_is_named(changes, field):
    with pytest.raises(Invalid) as refused:
        intake.read({**WHOLE, **changes}, made.rule())

    assert refused.value.field == field


def test_situations_decide_what_is_asked_for():
    with pytest.raises(Invalid) as refused:
        intake.read({**WHOLE, "answers": {"who": "agent"}, "agent": AGENT}, made.rule())

    assert refused.value.field == "enclosed.letter"


@pytest.mark.parametrize("name", ["申请人𠮷", "申请人䶮", "阿卜杜·热依木", "Ö Ångström"])
def test_a_name_stays_as_it_is_written(name):
    assert party({**WHOLE["applicant"], "name": name}).name == name


@given(st.text(max_size=120))
def test_no_text_is_stored_that_could_turn_a_document_around(name):
    try:
        found = party({**WHOLE["applicant"], "name": name}).name
    except Invalid:
        return
    assert not set(found) & set("\u202e\u202d\u2066\u200f\x00\x1b\n")


def test_a_hundred_kilobytes_are_refused_by_name():
    with pytest.raises(Invalid) as refused:
        party({**WHOLE["applicant"], "name": "名" * 100_000})

    assert (refused.value.code, refused.value.field) == ("text.too-long", "applicant.name")


def test_an_upload_becomes_b_once_the_window_has_seen_the_original():
    material = made.rule().materials[0]

    assert enclosures.trust(Enclosed("id-card", How.HANDED_IN, ("x",)), material) is Trust.C
    assert enclosures.trust(Enclosed("id-card", How.SEEN, ("x",)), material) is Trust.B
    assert enclosures.trust(Enclosed("id-card", How.FETCHED), material) is Trust.A


def test_what_the_applicant_made_is_d():
    material = made.rule().materials[2]

    assert enclosures.trust(Enclosed("photo", How.HANDED_IN, ("x",)), material) is Trust.D


def test_an_upload_in_place_of_an_original_is_a_defect():
    found = enclosures.defects(
        made.rule(), {"who": "self"}, {"id-card": Enclosed("id-card", How.HANDED_IN, ("x",))}
    )

    assert [(each.material, each.kind) for each in found] == [("id-card", "not-original")]


@given(st.integers(0, 10**6), st.sampled_from(["360111", "JXZ-3600-01"]))
def test_a_reference_read_back_is_itself_and_a_slip_of_the_pen_is_noticed(place, region):
    written = reference.new_reference(region, date(2026, 6, 1))
    index = place % len(written)
    slip = "7" if written[index] != "7" else "8"

    assert reference.read_reference(written.lower().replace("-", " ")) == written
    if written[index] != "-":
        assert reference.read_reference(written[:index] + slip + written[index + 1 :]) == ""


@given(st.one_of(st.text("0123456789", min_size=17, max_size=18), st.uuids().map(short_name)))
@example("360121180001010006")
@example("AZ_RRQAAcACAAAAAAAAAEw")
def test_what_else_people_type_is_never_taken_for_a_reference(typed):
    """An identity number is searched at the desk, a document's short name comes out of its code to scan."""
    assert reference.read_reference(typed) == ""


def test_a_query_code_has_65_random_bits_and_reads_letters_that_look_like_digits():
    code = reference.new_code()

    assert len(code.replace("-", "")) == 13
    assert reference.read_code(code.lower().replace("-", "").replace("0", "o")) == code
    assert reference.read_code("too short") == ""
