"""What an editor takes apart it puts together again; what can't be read is named at its control."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.catalogue.rules import faults, schema, sections
from tongban.catalogue.rules.elements import Broken
from tongban.catalogue.tests import make

ITEMS = ["food-business-licence", "id-card-renew", "housing-fund-usage-certificate", "company-setup"]


def _typed(section: sections.Section, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what a browser sends back of an untouched section."""
    typed: dict[str, Any] = {}
    for number, row in enumerate(rows):
        typed[f"{number}.was"] = str(number)
        for column in section.columns:
            name = f"{number}.{column.key}" if column.key else f"{number}.text"
            typed |= _cell(column.kind, name, row.get(column.key))
    return typed


def _cell(kind: str, name: str, value: Any) -> dict[str, Any]:
    if kind in {"words", "long-words"}:
        return {f"{name}.{key}": (value or {}).get(key, "") for key in ("zh", "en")}
    if kind == "flag":
        return {name: "1"} if value else {}
    if kind == "options":
        lines = [f"{each['code']} | {each['label']['zh']} | {each['label']['en']}" for each in value or ()]
        return {name: "\n".join(lines)}
    if kind == "when":
        return {name: [f"{key}={answer}" for key, answers in (value or {}).items() for answer in answers]}
    if kind == "many":
        return {name: list(value or ())}
    return {name: " ".join(value) if kind == "keys" else "" if value is None else str(value)}


@pytest.mark.parametrize("slug", ITEMS)
@pytest.mark.parametrize("code", sections.SECTIONS)
def test_a_section_that_nobody_touched_stays_as_it_was(slug, code):
    content, section = make.content(slug), sections.SECTIONS[code]
    rows = sections.rows_of(content, section)

    read = sections.read(section, _typed(section, rows), rows, range(len(rows)))

    assert read.wrong == {}
    again = sections.put(content, section, read.rows)
    assert _without_nothing(again) == _without_nothing(content)


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        inner = {key: _without_nothing(each) for key, each in value.items()}
        return {key: each for key, each in inner.items() if each not in (None, {}, [])}
    return [_without_nothing(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "name",
    [
        "其他材料",
        "法律法规规定的其他材料",
        "其它有关证明",
        "其他需要提交的材料",
        "Other materials",
        "Any other relevant documents",
    ],
)
def test_a_catch_all_is_refused_at_its_field(name):
    section = sections.SECTIONS["materials"]
    key = "zh" if name[0] > "z" else "en"

    read = sections.read(section, {f"0.name.{key}": name, "0.name.zh": name}, [], [0])

    assert read.wrong["0.name.zh"].code == "editor.catch-all"
    content = make.content()
    content["materials"][0]["name"] = {"zh": name, "en": name}
    assert "catch-all" in {fault.code for fault in faults(content)}


@pytest.mark.parametrize("name", ["营业执照", "其他出资人身份证明书一份", "Other parent's identity card"])
def test_a_material_that_only_begins_like_one_is_taken(name):
    read = sections.read(sections.SECTIONS["materials"], {"0.name.zh": name}, [], [0])

    assert read.wrong == {}


def test_what_cannot_be_read_is_named_and_kept_as_it_was_typed():
    typed = {"0.name.zh": "材料", "0.code": "a b", "0.copies": "three", "0.form": "stone"}

    read = sections.read(sections.SECTIONS["materials"], typed, [], [0])

    assert {name: wrong.code for name, wrong in read.wrong.items()} == {
        "0.code": "editor.code",
        "0.copies": "editor.number",
        "0.form": "editor.choice",
    }
    assert read.rows[0]["copies"] == "three"


def test_a_row_without_a_code_gets_one_that_no_other_has():
    typed = {"0.code": "material-1", "1.code": "", "2.code": ""}

    read = sections.read(sections.SECTIONS["materials"], typed, [], [0, 1, 2])

    assert [row["code"] for row in read.rows] == ["material-1", "material-2", "material-3"]


def test_what_an_editor_has_no_column_for_survives_it():
    content = make.content()
    content["materials"][0]["national_code"] = "N-1"
    section = sections.SECTIONS["materials"]
    rows = sections.rows_of(content, section)

    read = sections.read(section, _typed(section, rows), rows, [2, 0])

    kept = sections.put(content, section, read.rows)["materials"]
    assert [each["code"] for each in kept] == [content["materials"][2]["code"], "application-form"]
    assert kept[1]["national_code"] == "N-1"


OPTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True),
            "label": st.fixed_dictionaries({"zh": st.text(max_size=9), "en": st.text(max_size=9)}),
        }
    ),
    min_size=1,
    max_size=4,
)


@st.composite
def field_lists(draw):
    codes = draw(st.lists(st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True), unique=True, max_size=8))
    found = []
    for code in codes:
        kind = draw(st.sampled_from(["text", "choice", "date", "number"]))
        found.append(
            {
                "code": code,
                "label": {"zh": draw(st.text(max_size=9)), "en": draw(st.text(max_size=9))},
                "type": kind,
                "required": draw(st.booleans()),
                "options": draw(OPTIONS) if kind == "choice" else [],
            }
        )
    return found


@given(field_lists())
def test_fields_and_their_schema_are_the_same_both_ways(fields):
    made = schema.to_schema(fields)

    jsonschema_rs.meta.validate(made)
    assert schema.of_schema(made) == fields


@pytest.mark.parametrize("slug", ITEMS)
def test_the_schema_of_a_real_item_takes_what_fits_it_and_nothing_else(slug):
    fields = make.content(slug)["fields"]
    validator = jsonschema_rs.validator_for(schema.to_schema(fields), validate_formats=True)
    fits = {field["code"]: _fitting(field) for field in fields}

    assert validator.is_valid(fits)
    assert not validator.is_valid({**fits, "nobody-asked": "1"})
    for field in fields:
        if field["required"]:
            assert not validator.is_valid({key: value for key, value in fits.items() if key != field["code"]})
        if field["type"] == "date":
            assert not validator.is_valid({**fits, field["code"]: "tomorrow"})


def _fitting(field: dict[str, Any]) -> Any:
    if field["options"]:
        return field["options"][0]["code"]
    return {"date": "2026-01-31", "number": 1.5}.get(field["type"], "示例")


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        {},
        {"properties": []},
        {"properties": {"a": {"type": "array"}}},
        {"properties": {"a": {"type": "object", "properties": {}}}},
        {"properties": {"a": {"oneOf": [{"type": "string"}]}}},
        {"properties": {}, "required": ["a"]},
    ],
)
def test_a_schema_that_no_form_can_show_is_refused(wrong):
    with pytest.raises(Broken):
        schema.of_schema(wrong)


def test_a_plain_list_of_values_becomes_a_choice():
    (field,) = schema.of_schema({"properties": {"size": {"enum": ["s", "l"]}}})

    assert (field["type"], [each["code"] for each in field["options"]]) == ("choice", ["s", "l"])
