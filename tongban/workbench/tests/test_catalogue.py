"""The catalogue's pages: who sees and does what, saved without script, at the same price for many rows as for few."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tongban.cases import actions as cases
from tongban.cases.tests import make
from tongban.catalogue import actions, queries
from tongban.catalogue.models import Proposal, Revision
from tongban.catalogue.rules import compare, sections
from tongban.lib.actors import System
from tongban.lists import actions as lists
from tongban.workbench.tests import desk_world
from tongban.workbench.tests.posting import posted

PROVINCE = "360000-market-supervision"
FOOD = make.FOOD
WHY = {"zh": "减少材料", "en": "Fewer materials"}


@pytest.fixture
def staff(db):
    make.data()
    queries.edition.cache_clear()
    return {
        "editor": make.clerk(PROVINCE, "edit-items", name="editor"),
        "approver": make.clerk(PROVINCE, "approve-items", name="approver"),
        "other": make.clerk("360000-police", "edit-items", "approve-items", name="other"),
        "window": make.clerk(),
    }


@pytest.fixture
def sit(staff):
    return lambda who: desk_world.browser(staff[who])


@pytest.fixture
def draft(staff) -> Proposal:
    return actions.start(FOOD, by=staff["editor"], at=timezone.now())


def _shorter(draft: Proposal, by: Any) -> Proposal:
    rows = sections.rows_of(draft.content, sections.SECTIONS["materials"])
    kept = [row for row in rows if row["code"] != "safety-rules"]
    return actions.save(draft.id, "materials", kept, by=by, at=timezone.now())


@pytest.fixture
def submitted(draft, staff) -> Proposal:
    _shorter(draft, staff["editor"])
    today = timezone.localdate()
    return actions.submit(draft.id, today, WHY, "（示例）1号", by=staff["editor"], at=timezone.now())


def url(name: str, *args: object) -> str:
    return reverse(f"workbench:catalogue-{name}", args=args)


PAGES = ["draft", "preview", "impact", "schema"]


@pytest.mark.parametrize("name", PAGES)
def test_a_draft_is_nobody_elses_business(draft, sit, name):
    assert sit("editor").get(url(name, draft.id)).status_code == 200
    for who in ("other", "window"):
        assert sit(who).get(url(name, draft.id)).status_code == 404


def test_every_section_is_shown_to_who_writes_and_to_nobody_else(draft, sit):
    editor = sit("editor")
    for code in sections.SECTIONS:
        assert editor.get(url("section", draft.id, code)).status_code == 200, code
    assert sit("approver").get(url("section", draft.id, "fee")).status_code == 403
    assert sit("other").get(url("section", draft.id, "fee")).status_code == 404
    assert editor.get(url("section", draft.id, "name")).status_code == 404


def test_what_the_base_catalogue_says_has_no_control(draft, sit):
    for code in sections.SECTIONS:
        typed = posted(sit("editor").get(url("section", draft.id, code)).content.decode())
        values = {value for name, each in typed.items() if not name.startswith("row") for value in each}
        assert not {FOOD, "食品经营许可（新办）", "PB0000000005"} & values, code


@pytest.mark.parametrize("code", sections.SECTIONS)
def test_what_a_browser_sends_back_untouched_changes_nothing(draft, sit, code):
    editor = sit("editor")
    typed = posted(editor.get(url("section", draft.id, code)).content.decode())

    answer = editor.post(url("section", draft.id, code), {**typed, "do": "save"})

    assert answer.status_code == 302, answer.content.decode()
    row = Proposal.objects.get(pk=draft.id)
    assert row.version == 2

    assert [each for each in compare(draft.content, row.content) if each.before or each.after] == []


def test_rows_are_added_moved_and_removed_by_buttons(draft, sit):
    editor, here = sit("editor"), url("section", draft.id, "steps")

    def press(do: str) -> list[str]:
        typed = posted(editor.get(here).content.decode())
        assert editor.post(here, {**typed, "do": do}).status_code == 302
        return [step["code"] for step in Proposal.objects.get(pk=draft.id).content["steps"]]

    before = [step["code"] for step in draft.content["steps"]]
    assert press("add") == [*before, "step-1"]
    assert press(f"up:{len(before)}") == [*before[:-1], "step-1", before[-1]]
    assert press("down:0")[:2] == [before[1], before[0]]
    assert press("remove:0")[0] == before[0]


def test_what_is_wrong_stands_at_its_control_and_what_was_typed_stays(draft, sit):
    editor, here = sit("editor"), url("section", draft.id, "materials")
    typed = posted(editor.get(here).content.decode())
    typed["1.name.zh"], typed["2.copies"] = ["其他材料"], ["many"]

    answer = editor.post(here, {**typed, "do": "remove:0"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "other materials" in page
    assert 'value="many"' in page
    assert 'href="#id_0.name.zh"' in page
    assert Proposal.objects.get(pk=draft.id).version == 1


def test_who_saves_over_another_is_told_by_whom(draft, sit, staff):
    editor, here = sit("editor"), url("section", draft.id, "fee")
    typed = posted(editor.get(here).content.decode())
    actions.save(draft.id, "conditions", [], by=staff["editor"], at=timezone.now())

    answer = editor.post(here, {**typed, "do": "save"})

    assert answer.status_code == 409
    assert "员工甲" in answer.content.decode()


def test_a_material_taken_from_the_library_says_what_the_library_says(draft, sit, staff):
    text = {"zh": "统一表述", "en": "Said once"}
    content = {"name": text, "standard": text, "sample": text, "issuer": text, "form": "copy"}
    actions.save_standard("shared", content, by=staff["editor"], at=timezone.now())
    editor, here = sit("editor"), url("section", draft.id, "materials")
    typed = posted(editor.get(here).content.decode())

    assert editor.post(here, {**typed, "1.library": "shared", "do": "save"}).status_code == 302

    row = Proposal.objects.get(pk=draft.id).content["materials"][1]
    assert (row["name"], row["library"], row["code"]) == (text, "shared", "business-licence")


def test_the_library_shows_which_items_a_change_touches(submitted, sit, staff):
    text = {"zh": "统一表述", "en": "Said once"}
    content = {
        "name": text,
        "standard": text,
        "sample": text,
        "issuer": text,
        "form": "copy",
        "keep": "archive-scan",
    }
    actions.save_standard("shared", content, by=staff["editor"], at=timezone.now())
    row = actions.send_back(submitted.id, "引用材料库", by=staff["approver"], at=timezone.now())
    rows = sections.rows_of(row.content, sections.SECTIONS["materials"])
    rows[0] = {**rows[0], **content, "library": "shared"}
    actions.save(row.id, "materials", rows, by=staff["editor"], at=timezone.now())
    actions.submit(row.id, timezone.localdate(), WHY, "1号", by=staff["editor"], at=timezone.now())
    actions.publish(row.id, by=staff["approver"], at=timezone.now())
    before = Revision.objects.get(pk=f"{FOOD}@2").content

    answer = sit("editor").post(
        url("standard", "shared"),
        {
            **{f"{key}.{each}": text[each] for key in ("name", "sample", "issuer") for each in text},
            "standard.zh": "新的标准",
            "code": "shared",
            "seen": "1",
            "form": "copy",
            "keep": "archive-scan",
        },
    )

    assert answer.status_code == 302, answer.content.decode()
    page = sit("window").get(url("standard", "shared")).content.decode()
    assert f"{FOOD}@2" in page
    assert "differs in" in page
    assert Revision.objects.get(pk=f"{FOOD}@2").content == before


def test_only_who_writes_for_the_province_writes_the_library(sit, staff):
    local = make.clerk("360702-market-supervision", "edit-items", name="local")
    client = desk_world.browser(local)
    typed = {f"{key}.zh": "文字" for key in ("name", "standard", "sample")}

    for browser in (client, sit("window")):
        answer = browser.post(
            url("standard", "new"),
            {**typed, "code": "x", "seen": "0", "form": "copy", "keep": "archive-scan"},
        )
        assert answer.status_code == 403


def test_the_impact_page_counts_cases_and_drafts_and_names_the_guide(submitted, sit, staff):
    window = staff["window"]
    make.received(window, FOOD)
    cases.start(queries.in_force(FOOD, timezone.localdate()), by=window, at=timezone.now())
    page = sit("approver").get(url("impact", submitted.id)).content.decode()

    assert "1 case runs on" in page
    assert "1 draft was begun" in page
    assert "Public guide" in page
    assert "保证食品安全的规章制度" in page or "Food safety rules" in page
    assert "Publish" in page


def test_the_impact_page_names_the_entries_of_lists(submitted, sit):
    lists.load(make.DATA / "lists", by=System("test"), at=timezone.now())

    page = sit("approver").get(url("impact", submitted.id)).content.decode()

    assert "/desk/lists/entries/" in page


def test_published_from_the_impact_page_by_a_second_person_only(submitted, sit):
    here = url("impact", submitted.id)
    assert sit("editor").post(here, {"seen": submitted.version}).status_code == 403
    assert sit("other").post(here, {"seen": submitted.version}).status_code == 404
    assert sit("approver").post(here, {"seen": "1"}).status_code == 409

    assert sit("approver").post(here, {"seen": submitted.version}).status_code == 302
    page = sit("window").get(url("item", FOOD)).content.decode()
    assert "Revision 2" in page
    assert "Fewer materials" in page


def test_sent_back_with_a_word(submitted, sit):
    approver, here = sit("approver"), url("impact", submitted.id)
    assert approver.post(here, {"back": "1", "answer": ""}).status_code == 422
    assert approver.post(here, {"back": "1", "answer": "请写明依据"}).status_code == 302

    assert "请写明依据" in sit("editor").get(url("draft", submitted.id)).content.decode()


def test_handing_in_without_a_day_says_so_at_the_field(draft, sit, staff):
    _shorter(draft, staff["editor"])
    answer = sit("editor").post(
        url("submit", draft.id), {"seen": "2", "reason_zh": "理由", "rests_on": "1号"}
    )

    assert answer.status_code == 422
    assert "id_valid_from_error" in answer.content.decode()


def test_any_two_can_be_compared_but_no_strangers_draft(draft, sit, staff):
    _shorter(draft, staff["editor"])
    here = f"{url('compare', FOOD)}?a=1&b={draft.id}"

    page = sit("editor").get(here).content.decode()
    assert "Food safety rules" in page
    assert "1 fewer" in page
    assert sit("window").get(here).status_code == 404
    assert sit("window").get(url("compare", FOOD)).status_code == 200
    assert sit("window").get(url("revision", FOOD, 1)).status_code == 200
    assert sit("window").get(url("revision", FOOD, 9)).status_code == 404


@pytest.mark.parametrize("on", ["phone", "window"])
def test_the_preview_shows_the_fields_as_the_window_does(draft, sit, on):
    page = sit("editor").get(f"{url('preview', draft.id)}?on={on}").content.decode()

    assert f"preview--{on}" in page
    assert 'name="fields.premises-address"' in page
    assert 'name="answers.activity"' in page


def test_fields_go_out_and_come_back_as_json_schema(draft, sit):
    editor, here = sit("editor"), url("schema", draft.id)
    schema = json.loads(editor.get(f"{here}?as=json").content)
    schema["properties"]["phone"] = {"type": "string", "title": "电话", "x-title-en": "Phone"}

    assert editor.post(here, {"schema": json.dumps(schema), "seen": "1"}).status_code == 302
    assert Proposal.objects.get(pk=draft.id).content["fields"][-1]["label"] == {"zh": "电话", "en": "Phone"}
    assert editor.post(here, {"schema": "{", "seen": "2"}).status_code == 422
    assert editor.post(here, {"schema": '{"properties": {"a": {"type": "array"}}}'}).status_code == 422
    assert sit("approver").post(here, {"schema": "{}"}).status_code == 403


def test_a_change_of_standing_is_proposed_and_decided_on_pages(sit, staff):
    day = timezone.localdate().isoformat()
    typed = {"valid_from": day, "reason_zh": "系统升级", "rests_on": "1号"}
    here = url("change-new", FOOD, "suspend")
    assert sit("window").get(here).status_code == 403
    assert sit("editor").get(url("change-new", FOOD, "rename")).status_code == 404
    assert sit("editor").post(here, {**typed, "valid_from": "2020-01-01"}).status_code == 422
    assert sit("editor").post(here, typed).status_code == 302

    (change,) = queries.account(FOOD, staff["editor"], timezone.localdate()).changes
    page = url("change", FOOD, change.id)
    assert sit("window").get(page).status_code == 404
    assert sit("editor").post(page).status_code == 403
    assert sit("approver").post(page, {"back": "1", "answer": ""}).status_code == 422
    assert sit("approver").post(page).status_code == 302
    assert "系统升级" in sit("window").get(url("item", FOOD)).content.decode()


@pytest.mark.parametrize(
    ("kind", "said"),
    [("suspend", "stays on this list, shown as suspended"), ("end", "until it is withdrawn")],
)
def test_who_decides_on_a_change_sees_what_else_promises_the_item(sit, staff, kind, said):
    lists.load(make.DATA / "lists", by=System("test"), at=timezone.now())
    typed = {"valid_from": timezone.localdate().isoformat(), "reason_zh": "系统升级", "rests_on": "1号"}
    sit("editor").post(url("change-new", FOOD, kind), typed)
    (change,) = queries.account(FOOD, staff["editor"], timezone.localdate()).changes

    assert said in sit("approver").get(url("change", FOOD, change.id)).content.decode()


def test_an_item_is_split_into_those_that_were_ticked(sit, staff):
    typed = {
        "valid_from": timezone.localdate().isoformat(),
        "reason_zh": "拆分",
        "rests_on": "1号",
        "successors": ["JX-P-0004", "JX-P-0008"],
    }
    assert sit("editor").post(url("change-new", FOOD, "split"), typed).status_code == 302
    (change,) = queries.account(FOOD, staff["editor"], timezone.localdate()).changes
    assert sit("approver").post(url("change", FOOD, change.id)).status_code == 302

    page = sit("window").get(url("item", FOOD)).content.decode()
    assert "JX-P-0004" in page
    assert "JX-P-0008" in page


def test_what_waits_is_listed_for_who_is_concerned(submitted, sit):
    assert url("draft", submitted.id) in sit("approver").get(reverse("workbench:catalogue")).content.decode()
    assert url("draft", submitted.id) not in sit("other").get(reverse("workbench:catalogue")).content.decode()


def test_pages_cost_the_same_for_many_rows_as_for_few(draft, sit, staff, cost):
    editor = sit("editor")
    here = [url("section", draft.id, "fields"), url("draft", draft.id), url("preview", draft.id)]
    few = [cost(lambda page=page: editor.get(page)) for page in here]
    fields = [
        {
            "code": f"f-{n}",
            "label": {"zh": "项", "en": "Field"},
            "type": "text",
            "required": True,
            "options": [],
        }
        for n in range(300)
    ]
    actions.save(draft.id, "fields", fields, by=staff["editor"], at=timezone.now())

    assert [cost(lambda page=page: editor.get(page)) for page in here] == few
    typed = posted(editor.get(here[0]).content.decode())
    assert len(typed) > 1500
    sent = cost(lambda: editor.post(here[0], {**typed, "do": "save"}))
    assert sent <= 15
    assert Proposal.objects.get(pk=draft.id).version == 3


def test_the_head_lets_a_case_go_over_on_its_page(submitted, sit, staff):
    part = make.received(staff["window"], FOOD)
    inspector = make.clerk(make.MARKET, "handle", "approve", name="head")
    make.take_over(part, inspector)
    client, here = desk_world.browser(inspector), reverse("workbench:part-rebase", args=[part.id])
    assert client.get(here).status_code == 409

    actions.publish(submitted.id, by=staff["approver"], at=timezone.now())
    page = client.get(here).content.decode()
    assert "From revision 1 to revision 2" in page
    typed = {"revision": f"{FOOD}@2", "seen": make.again(part).version}
    assert client.post(here, {**typed, "reason": ""}).status_code == 422
    assert client.post(here, {**typed, "reason": "申请人同意"}).status_code == 302
    assert make.again(part).case.revision_id == f"{FOOD}@2"
    assert "newer revision" in client.get(reverse("workbench:part", args=[part.id])).content.decode()
    assert sit("window").get(here).status_code == 403
