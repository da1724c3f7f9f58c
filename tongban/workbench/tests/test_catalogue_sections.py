"""Who applies, the procedure, the deciding place and the copy sheet in the editor: saved, refused, told."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tongban.cases import actions as cases
from tongban.cases.queries import file
from tongban.cases.tests import make
from tongban.catalogue import actions, queries
from tongban.catalogue.models import Change, Proposal
from tongban.catalogue.rules import deciding, diff, read
from tongban.lists.queries import indexing
from tongban.workbench.tests import desk_world
from tongban.workbench.tests.posting import posted
from tongban.workbench.views.catalogue import told

PROVINCE = "360000-market-supervision"
FOOD, SHOP, COMPANY = make.FOOD, "JX-P-0004", "JX-P-0008"
WHY = {"zh": "理由", "en": "Because"}


@pytest.fixture
def staff(db):
    make.data()
    queries.edition.cache_clear()
    return {
        "editor": make.clerk(PROVINCE, "edit-items", name="editor"),
        "approver": make.clerk(PROVINCE, "approve-items", name="approver"),
        "window": make.clerk(),
    }


@pytest.fixture
def editor(staff):
    return desk_world.browser(staff["editor"])


@pytest.fixture
def approver(staff):
    return desk_world.browser(staff["approver"])


@pytest.fixture
def draft(staff) -> Proposal:
    return actions.start(FOOD, by=staff["editor"], at=timezone.now())


def url(name: str, *args: object) -> str:
    return reverse(f"workbench:catalogue-{name}", args=args)


def page(browser: Any, address: str) -> str:
    return html.unescape(browser.get(address).content.decode())


def send(browser: Any, draft: Proposal, code: str, do: Any = "save", **typed: Any) -> Any:
    """Send a section as its page shows it, with some controls typed otherwise; `_` for a dot, None for nothing."""
    here = url("section", draft.id, code)
    shown = posted(browser.get(here).content.decode())
    given = {name.replace("__", "."): value for name, value in typed.items()}
    kept = {name: value for name, value in {**shown, **given}.items() if value is not None}
    return browser.post(here, {**kept, "do": do})


def content(draft: Proposal) -> Any:
    return Proposal.objects.get(pk=draft.id).content


def _fields(editor: Any, draft: Proposal, *rows: tuple[str, str]) -> Any:
    """Add rows to the copy sheet and fill them."""
    for _row in rows:
        assert send(editor, draft, "copy_sheet", "add").status_code == 302
    typed = {
        **{f"{n}.label.zh": label for n, (label, _source) in enumerate(rows)},
        **{f"{n}.label.en": f"Field {n + 1}" for n in range(len(rows))},
        **{f"{n}.from": source for n, (_label, source) in enumerate(rows)},
    }
    return send(editor, draft, "copy_sheet", **typed, head__copy_sheet__system__zh="许可系统")


def test_a_copy_sheet_is_written_in_the_other_systems_order(draft, editor):
    assert _fields(editor, draft, ("名称", "applicant.name"), ("编号", "case.reference")).status_code == 302
    assert send(editor, draft, "copy_sheet", "up:1").status_code == 302

    sheet = read(content(draft)).copy_sheet
    assert sheet is not None
    assert (sheet.system.zh, [(each.label.zh, each.source) for each in sheet.fields]) == (
        "许可系统",
        [("编号", "case.reference"), ("名称", "applicant.name")],
    )


def test_the_form_s_own_fields_can_go_into_it(draft, editor):
    code = content(draft)["fields"][0]["code"]
    assert _fields(editor, draft, ("地址", f"field:{code}")).status_code == 302

    assert content(draft)["copy_sheet"]["fields"] == [
        {"label": {"zh": "地址", "en": "Field 1"}, "from": f"field:{code}"}
    ]


def test_of_many_form_fields_each_row_does_not_offer_all(draft, editor, staff):
    form = [
        {"code": f"f-{n}", "label": {"zh": f"项{n}", "en": f"Field {n}"}, "type": "text", "required": True}
        for n in range(300)
    ]
    sheet = [{"label": each["label"], "from": f"field:{each['code']}"} for each in form]
    now, by = timezone.now(), staff["editor"]
    actions.save(draft.id, "fields", form, by=by, at=now)
    actions.save(draft.id, "copy_sheet", sheet, by=by, at=now, head={"copy_sheet.system": WHY})

    shown = page(editor, url("section", draft.id, "copy_sheet"))

    assert shown.count('<option value="field:f-7"') == 1
    assert shown.count('list="known_from"') == 300
    assert send(editor, draft, "copy_sheet", **{"0__from": "field:f-9"}).status_code == 302
    assert content(draft)["copy_sheet"]["fields"] == [{**sheet[0], "from": "field:f-9"}, *sheet[1:]]
    assert send(editor, draft, "copy_sheet", **{"0__from": "field:none"}).status_code == 422


def test_emptied_it_is_no_copy_sheet(draft, editor):
    _fields(editor, draft, ("名称", "applicant.name"))
    send(editor, draft, "copy_sheet", "remove:0")
    send(editor, draft, "copy_sheet", head__copy_sheet__system__zh="", head__copy_sheet__system__en="")

    assert content(draft)["copy_sheet"] is None
    assert read(content(draft)).copy_sheet is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"1__label__zh": ""}, "Row 2 · Label (Chinese): Give the field's label"),
        ({"1__from": ""}, "Row 2 · Field 2 · What of the case goes into it: Choose what"),
        (
            {"1__from": "field:gone"},
            "Row 2 · Field 2 · What of the case goes into it: The form has no such field",
        ),
        ({"head__copy_sheet__system__zh": ""}, "Name of the other system (Chinese): Give the name"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_by_its_number(draft, editor, typed, says):
    _fields(editor, draft, ("名称", "applicant.name"), ("编号", "case.reference"))
    before = content(draft)

    answer = send(editor, draft, "copy_sheet", **typed)

    assert answer.status_code == 422
    assert says in html.unescape(answer.content.decode())
    assert content(draft) == before


def test_a_refused_row_is_named_by_its_new_place_after_another_was_removed(draft, editor):
    _fields(editor, draft, ("名称", "applicant.name"), ("编号", "case.reference"))

    answer = send(editor, draft, "copy_sheet", "remove:0", **{"1__from": "field:gone"})

    said = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert 'href="#id_0.from"' in said
    assert "Row 1 · Field 2" in said


def test_a_form_field_that_a_copy_sheet_wants_can_not_go_unseen(draft, editor):
    code = content(draft)["fields"][0]["code"]
    _fields(editor, draft, ("地址", f"field:{code}"))
    send(editor, draft, "fields", "remove:0")

    assert "Row 1 (" in page(editor, url("draft", draft.id))


def test_another_procedure_comes_whole_and_is_refused_where_it_does_not_apply(draft, editor):
    answer = send(editor, draft, "procedure", **{"0__procedure__code": "promise"})
    assert answer.status_code == 422
    assert "does not apply to items of this type (行政许可)" in html.unescape(answer.content.decode())
    assert content(draft)["procedure"]["code"] == "licensing"
    assert send(editor, draft, "procedure", **{"0__procedure__code": "no-such"}).status_code == 422


def _of_another_type(draft: Proposal, kind: str) -> None:
    Proposal.objects.filter(pk=draft.id).update(content={**content(draft), "type": kind})


def test_registration_needs_its_law_among_the_bases(draft, editor):
    _of_another_type(draft, "07")
    answer = send(editor, draft, "procedure", **{"0__procedure__code": "registration"})
    assert answer.status_code == 422
    assert "Name that law in the basis first" in html.unescape(answer.content.decode())

    assert send(editor, draft, "procedure", **{"0__procedure__code": "own-basis"}).status_code == 302
    procedure = read(content(draft)).procedure
    assert (procedure.code, procedure.deemed, procedure.licence) == ("own-basis", False, False)


def test_another_procedure_is_told_by_its_name_and_by_what_follows_from_it(draft, editor):
    _of_another_type(draft, "07")
    send(editor, draft, "procedure", **{"0__procedure__code": "own-basis"})

    for where in ("draft", "impact"):
        said = page(editor, url(where, draft.id))
        for words in ("Administrative licensing", "By the item's own basis", "Silence counts as acceptance"):
            assert words in said, (where, words)
        for raw in ("deemed_acceptance", "notice_days", "pause_grounds", "outcomes", "illustrative"):
            assert raw not in said, (where, raw)


def test_handled_by_several_bodies_its_limit_is_the_procedure_s(draft, editor):
    answer = send(editor, draft, "procedure", **{"0__joint": "1"})
    assert answer.status_code == 422
    assert "Empty the limit by law" in html.unescape(answer.content.decode())

    send(editor, draft, "limits", **{"0__limits__statutory__days": ""})
    assert send(editor, draft, "procedure", **{"0__joint": "1"}).status_code == 302
    rule = read(content(draft))
    assert rule.statutory is not None
    assert (rule.joint, rule.statutory.days) == (True, 45)

    answer = send(editor, draft, "limits", **{"0__limits__statutory__days": "20"})
    assert answer.status_code == 422
    assert "Leave this empty" in html.unescape(answer.content.decode())


def test_who_may_apply_is_chosen_and_never_nobody(draft, editor):
    answer = send(editor, draft, "subjects", **{"0__subjects": None})
    assert answer.status_code == 422
    assert "at least one" in html.unescape(answer.content.decode())

    assert send(editor, draft, "subjects", **{"0__subjects": ["person", "company"]}).status_code == 302
    assert read(content(draft)).subjects == ("person", "company")
    assert "A person" in page(editor, url("draft", draft.id))
    assert "others may apply" in page(editor, url("impact", draft.id))


def test_published_the_search_and_the_window_go_by_who_may_apply_now(draft, editor, staff):
    send(editor, draft, "subjects", **{"0__subjects": ["person", "company"]})
    day = timezone.localdate()
    actions.submit(draft.id, day, WHY, "1号", by=staff["editor"], at=timezone.now())
    actions.publish(draft.id, by=staff["approver"], at=timezone.now())

    (found,) = (each for each in queries.searchable(day) if each.found.code == FOOD)
    assert indexing.doc(found).subjects == ("person", "company")
    (listed,) = (each for each in queries.everything(day) if each.code == FOOD)
    assert listed.subjects == "person,company"
    assert queries.in_force(FOOD, day).rule.subjects == ("person", "company")


def test_how_the_deciding_place_is_found_is_chosen_from_what_is_known(draft, editor):
    assert "bodies decide it, each for its own place" in page(editor, url("section", draft.id, "deciding"))
    assert send(editor, draft, "deciding", **{"0__decided_where__key": "moon"}).status_code == 422
    assert send(editor, draft, "deciding", **{"0__decided_where__key": "registered"}).status_code == 302

    assert read(content(draft)).decided_key == "registered"
    said = page(editor, url("impact", draft.id))
    assert "where the premises are" in said
    assert "where the company is registered, or will be" in said


def test_a_function_that_no_body_has_is_said_on_the_page(draft, editor):
    send(editor, draft, "deciding", **{"0__decided_by": "no-such-function"})

    assert "no window could receive the item" in page(editor, url("section", draft.id, "deciding"))


def test_a_law_that_wants_somebody_to_come_is_whole_or_none(draft, editor):
    send(editor, draft, "presence", **{"0__presence__law": "food-licensing"})
    assert "demands presence without" in page(editor, url("draft", draft.id))
    send(editor, draft, "presence", **{"0__presence__law": ""})
    assert content(draft)["presence"] is None


def test_a_new_order_of_a_copy_sheet_is_told_as_one(staff, editor):
    item = "JX-P-0004"
    draft = actions.start(item, by=staff["editor"], at=timezone.now())
    send(editor, draft, "copy_sheet", "down:0")

    said = page(editor, url("draft", draft.id))
    assert said.count("In another order") == 1
    assert "Dropped" not in said

    send(editor, draft, "copy_sheet", "up:1")
    send(editor, draft, "copy_sheet", **{"0__from": "applicant.phone"})
    said = page(editor, url("impact", draft.id))
    assert "Operator · What of the case goes into it" in said
    assert "<del>Name of the applicant</del>" in said
    assert "<ins>Telephone of the applicant</ins>" in said
    assert "Copy sheets at the desks" in said


def test_everything_that_a_copy_sheet_can_name_stands_in_the_case_s_file(draft, editor, staff):
    sources = deciding.copy_sources(content(draft))
    sheet = [{"label": {"zh": each, "en": each}, "from": each} for each in sources]
    now, today = timezone.now(), timezone.localdate()
    actions.save(draft.id, "copy_sheet", sheet, by=staff["editor"], at=now, head={"copy_sheet.system": WHY})
    actions.submit(draft.id, today, WHY, "1号", by=staff["editor"], at=now)
    actions.publish(draft.id, by=staff["approver"], at=now)
    edition = queries.in_force(FOOD, today)
    begun = cases.start(edition, by=staff["window"], at=now, data=make.typed(FOOD))
    part = make.part_of(cases.receive(begun.id, by=staff["window"], at=now).case)

    shown = {label.zh: value for label, value in file.load(part.id, staff["window"], at=now).copy}

    assert list(shown) == list(sources)
    assert [source for source, value in shown.items() if not value] == []


def _standard(form: str = "copy", **more: Any) -> dict[str, Any]:
    text = {"zh": "统一表述", "en": "Said once"}
    texts = dict.fromkeys(("name", "standard", "sample", "issuer"), text)
    return {**texts, "form": form, "keep": "archive-scan", "fetchable": False, **more}


def _published_with_it(staff: dict[str, Any], *items: str) -> None:
    now = timezone.now()
    actions.save_standard("shared", _standard(), by=staff["editor"], at=now)
    for item in items:
        row = actions.start(item, by=staff["editor"], at=now)
        materials = [dict(each) for each in row.content["materials"]]
        materials[0] |= {**_standard(), "library": "shared"}
        actions.save(row.id, "materials", materials, by=staff["editor"], at=now)
        actions.submit(row.id, timezone.localdate(), WHY, "1号", by=staff["editor"], at=now)
        actions.publish(row.id, by=staff["approver"], at=now)


def test_one_button_drafts_all_items_that_a_material_touches(staff, editor):
    _published_with_it(staff, FOOD, SHOP)
    assert "Draft a revision" not in page(editor, url("standard", "shared"))
    actions.save_standard("shared", _standard("original"), by=staff["editor"], at=timezone.now())
    assert "Draft a revision of 2 items" in page(editor, url("standard", "shared"))
    assert "Draft a revision" not in page(desk_world.browser(staff["window"]), url("standard", "shared"))
    taken = actions.start(SHOP, by=staff["editor"], at=timezone.now())

    answer = editor.post(url("standard-revise", "shared"), {"seen": "2"}, follow=True)

    said = html.unescape(answer.content.decode())
    drafts = Proposal.objects.filter(state="draft")
    assert sorted(drafts.values_list("item", flat=True)) == [SHOP, FOOD]
    assert "Drafts were begun for: Food business licence" in said
    assert "Left alone, since a draft is open already: " in said
    assert url("draft", taken.id) in said
    assert "Draft a revision" not in said
    assert editor.post(url("standard-revise", "shared"), {"seen": "2"}).status_code == 409
    assert editor.get(url("standard-revise", "shared")).status_code == 405


def _merging(**more: Any) -> dict[str, Any]:
    day = timezone.localdate().isoformat()
    given = {"valid_from": day, "reason_zh": "合并", "rests_on": "1号", "into": SHOP, "others": [COMPANY]}
    return {**given, **more}


def test_several_items_are_merged_into_one_on_one_page(staff, editor, approver):
    assert editor.post(url("change-new", FOOD, "merge"), _merging()).status_code == 302
    first = Change.objects.get(item=FOOD)
    here = url("change", FOOD, first.id)
    assert url("change", COMPANY, Change.objects.get(item=COMPANY).id) in page(approver, here)
    assert "Approve all of them" in page(approver, here)

    assert approver.post(here, {"together": "1"}).status_code == 302

    assert set(Change.objects.values_list("item", "state")) == {(FOOD, "published"), (COMPANY, "published")}
    assert "Approve all" not in page(approver, url("change", FOOD, first.id))


def test_one_that_can_not_be_merged_is_named_and_nothing_is_proposed(staff, editor):
    answer = editor.post(url("change-new", FOOD, "merge"), _merging(others=[COMPANY, SHOP]))

    said = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Nothing was proposed, because of “" in said
    assert not Change.objects.exists()
    assert editor.post(url("change-new", FOOD, "merge"), _merging(into="")).status_code == 422
    assert editor.post(url("change-new", FOOD, "merge"), _merging(others=["JX-P-0001"])).status_code == 422


def test_one_that_ended_meanwhile_keeps_all_from_being_approved(staff, editor, approver):
    editor.post(url("change-new", FOOD, "merge"), _merging())
    now = timezone.now()
    ending = actions.propose_change(
        COMPANY, "end", timezone.localdate(), WHY, "1", by=staff["editor"], at=now
    )
    actions.approve_change(ending.id, by=staff["approver"], at=now)

    answer = approver.post(url("change", FOOD, Change.objects.get(item=FOOD).id), {"together": "1"})

    said = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "None was approved, because of “" in said
    assert "There is no such item any more" in said
    assert queries.standing(FOOD, timezone.localdate()).is_open


def test_one_alone_is_still_merged_alone(staff, editor):
    assert editor.post(url("change-new", FOOD, "merge"), _merging(others=[])).status_code == 302
    assert Change.objects.get().together is None


@pytest.mark.parametrize("part", ["conditions", "receiving_rules"])
def test_a_line_that_is_new_or_gone_says_what_it_says(part):
    old: dict[str, Any] = {part: [{"zh": "甲款", "en": "A"}]}
    new = {part: [*old[part], {"zh": "乙款", "en": "B"}]}

    (added,) = told.groups(diff.compare(old, new), old, new)
    (dropped,) = told.groups(diff.compare(new, old), new, old)

    assert [(line.kind, line.after) for line in added.lines] == [("added", "乙款")]
    assert [(line.kind, line.before) for line in dropped.lines] == [("removed", "乙款")]


@pytest.mark.parametrize(
    "more", [{"0.was": "9" * 5000}, {"row": "9" * 5000}, {"0.options": ["a", "b"]}, {"0.code": ["a", "b"]}]
)
def test_a_form_that_no_page_sends_is_read_as_far_as_it_makes_sense(draft, editor, more):
    here = url("section", draft.id, "fields")
    shown = posted(editor.get(here).content.decode())

    assert editor.post(here, {**shown, **more, "do": "save"}).status_code in {302, 422}
