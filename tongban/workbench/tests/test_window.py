"""Receiving at a window: one page, saved at every step, received once."""

from __future__ import annotations

import json
import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tongban.cases.models import Case, Draft
from tongban.cases.tests import make
from tongban.catalogue import queries as catalogue
from tongban.places import queries as places
from tongban.workbench.forms import DraftForm
from tongban.workbench.sign_in import who
from tongban.workbench.tests import window_world as world
from tongban.workbench.views.window import receiving

MONDAY = make.MONDAY.date()


@pytest.fixture
def at_window(db):
    make.data()
    return world.window_clerk()


@pytest.fixture
def client(at_window):
    return at_window[0]


@pytest.fixture
def clerk(at_window):
    return at_window[1]


@pytest.fixture
def draft(client) -> str:
    return world.begun(client)


def autosaved(client, draft, **fields):
    answer = client.post(world.url("autosave", draft), fields, headers={"accept": "application/json"})
    return answer, json.loads(answer.content)


# Finding the item


@pytest.mark.parametrize("words", ["身份证换领", "jmsfz", "JX-P-0001", "换身份证"])
def test_an_item_is_found_by_words_initials_code_and_everyday_name(client, words):
    page = client.get(reverse("workbench:window"), {"q": words})
    assert "居民身份证换领" in page.content.decode()


def test_the_picker_offers_what_can_be_received_first(client):
    answer = client.get(reverse("workbench:items-json"), {"q": "身份证"})
    results = answer.json()["results"]
    assert {"value", "label", "hint"} <= set(results[0])
    assert results[0]["value"]


def test_an_item_without_a_rule_is_shown_with_what_is_known_and_cannot_be_begun(client):
    page = client.get(reverse("workbench:window"), {"q": "学历公证"}).content.decode()
    assert "司法" in page
    assert f"{reverse('workbench:obstruct')}?item=QG-001" in page
    assert client.post(reverse("workbench:begin"), {"code": "QG-001"}).status_code == 404


def test_what_nobody_knows_says_so(client):
    page = client.get(reverse("workbench:window"), {"q": "没有这个事项"})
    assert page.status_code == 200
    assert "empty" in page.content.decode()


def test_a_desk_without_a_window_cannot_receive(db):
    make.data()
    officer = make.clerk("360702-police", "handle", name="officer")
    browser = world.signed_in(officer, "officer")
    assert browser.get(reverse("workbench:window")).status_code == 403
    assert browser.post(reverse("workbench:begin"), {"code": make.RENEW}).status_code == 403


# The page


def test_the_page_asks_with_the_items_own_words_and_shows_the_rule_of_the_place(client, clerk, draft):
    autosaved(client, draft, place="360702", **world.version(client, draft))
    page = client.get(world.url("draft", draft)).content.decode()
    assert "您的户口在哪个县" in page
    assert "章贡" in page
    assert "当面核对人证一致" in page
    assert "v1" in page


def test_everything_typed_is_there_after_a_reload(client, clerk, draft):
    here = world.version(client, draft)
    for name, value in world.typed().items():
        answer, _ = autosaved(client, draft, **{name: value}, **here)
        assert answer.status_code == 200
    data = world.kept(clerk, draft)
    assert data["applicant"]["name"] == "申请人甲"
    assert data["enclosed"]["old-card"]["how"] == "seen"
    page = client.get(world.url("draft", draft)).content.decode()
    assert 'value="申请人甲"' in page
    assert re.search(r'name="enclosed.old-card" value="seen"[^>]*checked', page)


def test_saving_without_script_keeps_the_same(client, clerk, draft):
    here = world.version(client, draft)
    answer = client.post(world.url("save", draft), {**world.typed(), **here})
    assert answer.status_code == 302
    assert world.kept(clerk, draft)["answers"] == {"reason": "expired", "age": "16-plus"}


def test_a_place_typed_without_script_is_looked_for_and_chosen(client, clerk, draft):
    here = world.version(client, draft)
    answer = client.post(world.url("save", draft), {"place": "", "place_words": "章贡", **here})
    page = client.get(answer["Location"]).content.decode()
    assert 'name="place" value="360702"' in page
    here = world.version(client, draft)
    client.post(world.url("save", draft), {"place": ["", "360702"], "place_words": "章贡", **here})
    assert world.kept(clerk, draft)["place"] == "360702"


def test_the_picker_of_places_names_the_body_that_decides(client, draft):
    answer = client.get(world.url("places-json", draft), {"q": "zgq"})
    (found,) = answer.json()["results"]
    assert found["value"] == "360702"
    assert "公安" in found["hint"]


def test_a_wrong_check_digit_is_said_while_one_types(client, draft):
    here = world.version(client, draft)
    _, body = autosaved(client, draft, **{"applicant.number": "360121180001010018"}, **here)
    assert "applicant.number" in body["errors"]
    _, body = autosaved(client, draft, **{"applicant.number": make.NUMBER.lower()}, **here)
    assert body["errors"] == {}


def test_an_answer_decides_which_materials_are_asked_for(client, draft):
    here = world.version(client, draft)
    _, body = autosaved(client, draft, **{"answers.reason": "expired"}, **here)
    assert "entry-proof" not in body["asked"]
    _, body = autosaved(client, draft, **{"answers.reason": "wrong-entry"}, **here)
    assert "entry-proof" in body["asked"]


def test_one_press_marks_all_originals_as_seen(client, clerk, draft):
    here = world.version(client, draft)
    fields = {"answers.reason": "expired", "answers.age": "16-plus", "enclosed.old-card": "handed-in"}
    client.post(world.url("save", draft), {**fields, "all": "seen", **here})
    hows = {code: each["how"] for code, each in world.kept(clerk, draft)["enclosed"].items()}
    assert hows == {"application-form": "seen", "household-book": "seen", "old-card": "handed-in"}


def test_the_post_goes_to_the_applicant_unless_another_address_is_typed(client, clerk, draft):
    here = world.version(client, draft)
    autosaved(client, draft, **{"applicant.address": "虚构路1号"}, **here)
    assert world.kept(clerk, draft)["wish"]["address"] == "虚构路1号"
    autosaved(client, draft, **{"wish.address": "另一路2号"}, **here)
    autosaved(client, draft, **{"applicant.address": "虚构路3号"}, **here)
    assert world.kept(clerk, draft)["wish"]["address"] == "另一路2号"


def test_names_of_fields_that_the_item_does_not_have_do_no_harm(client, clerk, draft):
    nonsense = {"fields.x": "1", "enclosed.x": "seen", "__class__": "x", "x.y.z": "1", "applicant.x": "1"}
    answer, _ = autosaved(client, draft, **nonsense)
    assert answer.status_code == 200
    assert "x" not in json.dumps(world.kept(clerk, draft)["applicant"])
    assert not world.kept(clerk, draft).keys() & {"fields", "enclosed", "__class__", "x"}


# Bad input


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("申请人𠮷", "申请人𠮷"),
        ("䶮", "䶮"),
        ("阿卜杜·热依木", "阿卜杜·热依木"),
        ("申请\u202e人甲", "申请人甲"),
        ("申请\x00人\x1b甲", "申请人甲"),
        ("  申请人甲 ", "申请人甲"),
    ],
)
def test_a_name_is_kept_as_people_write_it(client, clerk, draft, said, kept):
    autosaved(client, draft, **{"applicant.name": said}, **world.version(client, draft))
    assert world.kept(clerk, draft)["applicant"]["name"] == kept


@pytest.mark.parametrize(
    "name", ["applicant.name", "applicant.address", "fields.reason-note", "wish.address", "place"]
)
def test_a_field_with_100_kb_is_refused_at_the_field(client, clerk, draft, name):
    answer, body = autosaved(client, draft, **{name: "长" * 34_000}, **world.version(client, draft))
    assert answer.status_code == 200
    assert name in body["errors"]
    assert "长" not in json.dumps(world.kept(clerk, draft), ensure_ascii=False)


def test_a_stale_page_is_told_and_overwrites_nothing(client, clerk, draft):
    first, second = world.version(client, draft), world.version(client, draft)
    autosaved(client, draft, **{"applicant.name": "申请人乙"}, **second)
    answer, body = autosaved(client, draft, **{"applicant.name": "申请人甲"}, **first)
    assert answer.status_code == 409
    assert re.search(r"\d\d:\d\d在另一窗口保存", body["message"])
    assert world.kept(clerk, draft)["applicant"]["name"] == "申请人乙"


def test_a_page_never_disagrees_with_itself(client, clerk, draft):
    here = world.version(client, draft)
    for number in range(3):
        answer, _ = autosaved(client, draft, **{"applicant.address": f"虚构路{number}号"}, **here)
        assert answer.status_code == 200


# Somebody else's


def test_another_clerks_draft_is_not_there(client, draft):
    other, _ = world.window_clerk("360402")
    sha = "0" * 64
    for name, more in [
        ("draft", ()),
        ("places-json", ()),
        ("arrange", ("old-card",)),
        ("draft-page", ("old-card", sha)),
    ]:
        assert other.get(world.url(name, draft, *more)).status_code == 404, name
    for name, more in [
        ("save", ()),
        ("autosave", ()),
        ("discard", ()),
        ("receive", ()),
        ("upload", ("old-card",)),
        ("remove-page", ("old-card", sha)),
        ("earlier-page", ("old-card", sha)),
    ]:
        assert other.post(world.url(name, draft, *more), world.typed()).status_code == 404, name
    assert Draft.objects.filter(pk=draft, received_at=None).exists()


def test_a_draft_opens_though_its_window_is_none_any_more(client, draft):
    client.post(world.url("save", draft), {"wish.window": "gone", "page": "p"})

    assert client.get(world.url("draft", draft)).status_code == 200


def test_a_refusal_stays_behind_in_no_browser(client, draft):
    client.post(world.url("discard", draft))

    assert "no-store" in client.get(world.url("draft", draft))["Cache-Control"]


def test_what_no_database_holds_is_searched_for_without(client):
    for address in ("/desk/window/", "/desk/window/items.json", "/desk/implementations/packages"):
        assert client.get(address, {"q": "身份\x00证"}).status_code == 200
    assert client.get("/desk/implementations/packages/a%00.json").status_code == 404
    assert client.post("/desk/window/begin", {"code": "a\x00"}).status_code == 400


def test_nobody_gets_in_without_signing_in(client, draft):
    stranger = Client()
    answer = stranger.get(world.url("draft", draft))
    assert answer.status_code == 302
    assert reverse("workbench:sign-in") in answer["Location"]


# Receiving


def receive(client, draft, **changes):
    here = world.version(client, draft)
    return client.post(world.url("receive", draft), {**world.typed(**changes), **here})


def test_a_complete_draft_becomes_a_case_with_a_receipt(client, draft):
    answer = receive(client, draft)
    assert answer["Location"] == reverse("workbench:receipt", args=[draft])
    page = client.get(answer["Location"]).content.decode()
    case = Case.objects.get(pk=draft)
    assert case.reference in page
    assert "申请人甲" in page
    assert re.search(r"query-code\">[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}", page)
    assert "<svg" in page
    pdf = client.get(reverse("workbench:receipt-pdf", args=[draft]))
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Cache-Control"] == "private, no-store"


def test_the_receipt_names_the_address_at_which_the_code_is_typed_and_where_the_result_is_fetched(
    client, draft
):
    """Not everybody can scan."""
    receive(client, draft, **{"wish.way": "window"})

    page = client.get(reverse("workbench:receipt", args=[draft])).content.decode()

    assert "或访问testserver/follow/，输入办件编号和查询码" in page
    assert "窗口领取：青山湖区政务服务大厅　08号窗口" in page
    part = Case.objects.get(pk=draft).parts.get()
    case = client.get(reverse("workbench:part", args=[part.pk])).content.decode()
    assert "青山湖区政务服务大厅" in case


def test_a_company_is_asked_for_its_name_as_a_company(client, clerk):
    edition = catalogue.in_force(make.FOOD, MONDAY)
    assert DraftForm(edition.rule, {}).fields["applicant.name"].label == "单位名称"
    part = make.received(clerk, make.FOOD)

    case = client.get(reverse("workbench:part", args=[part.id])).content.decode()

    assert re.search(r"单位名称</dt>\s*<dd[^>]*>申请人甲", case)
    assert "姓名</dt>" not in case


def test_what_was_seen_but_not_scanned_is_said_before_receiving_and_to_who_decides(client, draft):
    """A file without a single page tells the deciding place nothing."""
    names = {each.code: str(each.name) for each in catalogue.in_force(make.RENEW, MONDAY).rule.materials}
    _answer, saved = autosaved(client, draft, **world.typed(), **world.version(client, draft))

    shown = client.get(world.url("draft", draft)).content.decode()
    receive(client, draft)
    part = Case.objects.get(pk=draft).parts.get()
    case = client.get(reverse("workbench:part", args=[part.pk])).content.decode()

    for page in (saved["shown"]["summary"], shown):
        listed = page.split("small unscanned", 1)[1].split("</ul>")[0]
        assert names["application-form"] in listed
        assert names["old-card"] not in listed  # handed back at once: nothing of it is kept
    assert case.count("未扫描") == 1


def test_the_draft_is_gone_into_the_case(client, draft):
    receive(client, draft)
    assert client.get(world.url("draft", draft))["Location"] == reverse("workbench:receipt", args=[draft])
    assert Draft.objects.get(pk=draft).data is None


def test_pressed_twice_it_is_received_once(client, draft):
    here = world.version(client, draft)
    fields = {**world.typed(), **here}
    first, answer = (client.post(world.url("receive", draft), fields) for _ in range(2))
    for each in (first, answer):
        assert each["Location"] == reverse("workbench:receipt", args=[draft])
    assert Case.objects.count() == 1
    assert "query-code" in client.get(answer["Location"]).content.decode()


def test_a_page_that_changes_nothing_saves_nothing(client, draft):
    here = world.version(client, draft)
    autosaved(client, draft, **world.typed(), **here)
    before = Draft.objects.get(pk=draft)
    client.post(world.url("save", draft), {**world.typed(), "version": str(before.version), "page": ""})
    client.post(world.url("save", draft), {**world.typed(), "version": str(before.version + 1), "page": ""})
    again = Draft.objects.get(pk=draft)
    assert (
        again.version == before.version + 1
    )  # the first was another page's, so that it's known who saved last


def test_receiving_what_was_saved_already_takes_few_statements(client, draft, cost):
    here = world.version(client, draft)
    fields = {**world.typed(), **here}
    autosaved(client, draft, **fields)
    fields["version"] = str(Draft.objects.get(pk=draft).version)
    places.calendar_now()  # kept in the process, whichever test asks first
    assert cost(lambda: client.post(world.url("receive", draft), fields)) <= 6
    assert Case.objects.filter(pk=draft).exists()


def test_what_is_lacking_is_listed_whole_with_links_and_the_values_stay(client, draft):
    changes = {
        "applicant.number": "360121180001010018",
        "applicant.phone": "",
        "enclosed.old-card": "",
        "place": "",
    }
    answer = receive(client, draft, **changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    for target in ("id_applicant.number", "id_applicant.phone", "id_enclosed.old-card_0"):
        assert f'href="#{target}"' in page
    assert 'value="360121180001010018"' in page
    assert "申请人甲" in page
    assert not Case.objects.exists()


def test_a_missing_material_needs_a_reason_and_then_leads_to_the_one_notice(client, draft):
    assert receive(client, draft, **{"enclosed.old-card": "missing"}).status_code == 422
    changes = {"enclosed.old-card": "missing", "enclosed.old-card.reason": "遗失在外地"}
    answer = receive(client, draft, **changes)
    page = client.get(answer["Location"]).content.decode()
    case = Case.objects.get(pk=draft)
    part = case.parts.get()
    assert reverse("workbench:part-step", args=[part.id, "ask"]) in page
    assert part.offered_to_id is None
    client.post(reverse("workbench:offer", args=[draft]))
    part.refresh_from_db()
    assert part.offered_to_id == "360702-police"


def test_a_place_for_which_nobody_decides_is_said_at_the_place(client, draft):
    answer = receive(client, draft, place="360700")
    assert answer.status_code == 422
    assert 'href="#place' in answer.content.decode() or "id_place" in answer.content.decode()


def test_an_agent_needs_authority(client, clerk, draft):
    changes = {"agent.name": "代理人乙", "agent.number": make.NUMBER, "agent.phone": "00000000000"}
    assert receive(client, draft, **changes).status_code == 422
    assert receive(client, draft, **changes, **{"agent.authority": "letter"}).status_code == 302


def test_a_new_code_replaces_the_one_that_is_not_known_any_more(client, draft):
    receive(client, draft)
    receive(client, world.begun(client))
    page = client.get(reverse("workbench:receipt", args=[draft])).content.decode()
    assert reverse("workbench:renew-code", args=[draft]) in page
    client.post(reverse("workbench:renew-code", args=[draft]))
    assert "query-code" in client.get(reverse("workbench:receipt", args=[draft])).content.decode()


def test_another_places_receipt_is_not_there(client, draft):
    receive(client, draft)
    other, _ = world.window_clerk("360402")
    for name in ("receipt", "receipt-pdf"):
        assert other.get(reverse(f"workbench:{name}", args=[draft])).status_code == 404
    for name in ("renew-code", "offer"):
        assert other.post(reverse(f"workbench:{name}", args=[draft])).status_code == 404


def test_the_code_is_in_the_address_only_behind_the_hash(client, draft):
    receive(client, draft)
    code = client.session["query-code"]["code"]
    request = client.get(reverse("workbench:receipt", args=[draft])).wsgi_request
    here = who(request)
    assert here
    request.at_work, request.clerk = here, here.clerk
    once = receiving._once(request, receiving._found(request, UUID(draft)).file)
    before, fragment = once["track_url"].split("#")
    assert code not in before
    assert fragment == f"c={Case.objects.get(pk=draft).reference}&k={code}"


# Drafts, practice, obstacles


def test_drafts_are_listed_and_can_be_thrown_away(client, clerk, draft):
    autosaved(client, draft, **{"applicant.name": "申请人甲"}, **world.version(client, draft))
    page = client.get(reverse("workbench:drafts")).content.decode()
    assert "居民身份证换领" in page
    assert "申请人甲" not in page
    client.post(world.url("discard", draft))
    assert not Draft.objects.filter(pk=draft).exists()


def test_practice_marks_everything_and_keeps_apart(client, draft):
    client.post(reverse("workbench:switch-practice"), {"on": "1"})
    assert client.get(world.url("draft", draft)).status_code == 404
    practised = world.begun(client)
    answer = receive(client, practised)
    page = client.get(answer["Location"]).content.decode()
    assert Case.objects.get(pk=practised).practice
    assert "banner--practice" in page
    client.post(reverse("workbench:switch-practice"), {"on": "0"})
    assert client.get(reverse("workbench:receipt", args=[practised])).status_code == 404


def test_the_windows_to_collect_at_are_found_by_place(client):
    results = client.get(reverse("workbench:windows-json"), {"q": "zgq"}).json()["results"]
    assert results
    assert all(each["value"].startswith("3607") for each in results)


# Statements


def test_pages_send_few_statements_however_much_there_is(client, draft, cost):
    here = world.version(client, draft)
    client.get(reverse("workbench:window"))
    client.get(world.url("draft", draft))
    assert cost(lambda: client.get(reverse("workbench:window"))) <= 7
    assert cost(lambda: client.get(world.url("draft", draft))) <= 6
    assert cost(lambda: client.get(reverse("workbench:drafts"))) <= 2
    assert cost(lambda: autosaved(client, draft, **{"applicant.name": "申请人甲"}, **here)) <= 6
    assert cost(lambda: autosaved(client, draft, place="360702", **here)) <= 7
    receive(client, draft)
    client.get(reverse("workbench:receipt", args=[draft]))
    assert cost(lambda: client.get(reverse("workbench:receipt", args=[draft]))) <= 20
