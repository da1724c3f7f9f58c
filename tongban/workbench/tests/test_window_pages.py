"""Pages of a material: through the gate, shown as marked copies, in order; and what the gate refuses, in words."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tongban.cases.models import Case
from tongban.cases.tests import make
from tongban.workbench.tests import window_world as world
from tongban.workbench.views import copies

CARD = "old-card"


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


def upload(client, draft, file, **more):
    data = {"file": file, "order": "1", "replaces": "", **more}
    answer = client.post(world.url("upload", draft, CARD), data, headers={"accept": "application/json"})
    return answer, json.loads(answer.content)


def pages(clerk, draft) -> list[str]:
    return list(world.kept(clerk, draft)["enclosed"][CARD]["pages"])


def test_a_page_is_kept_and_shown_as_a_copy_that_no_cache_keeps(client, clerk, draft):
    answer, body = upload(client, draft, world.picture())
    assert answer.status_code == 200
    assert pages(clerk, draft) == [body["id"]]
    copy = client.get(world.url("draft-page", draft, CARD, body["id"]))
    assert copy["Content-Type"] == "image/jpeg"
    assert copy["Cache-Control"] == "private, no-store"
    assert copy["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in copy["Content-Security-Policy"]
    assert copy.content != world.picture().read()


def test_a_page_taken_again_takes_the_place_of_the_first(client, clerk, draft):
    first = upload(client, draft, world.picture("white"))[1]["id"]
    second = upload(client, draft, world.picture("black"))[1]["id"]
    third = upload(client, draft, world.picture("red"), replaces=first)[1]["id"]
    assert pages(clerk, draft) == [third, second]


def test_pages_are_put_in_order_and_removed(client, clerk, draft):
    first, second = (upload(client, draft, world.picture(each))[1] for each in ("white", "black"))
    client.post(world.url("earlier-page", draft, CARD, second["id"]))
    assert pages(clerk, draft) == [second["id"], first["id"]]
    page = client.get(world.url("arrange", draft, CARD)).content.decode()
    assert first["id"][:12] in page
    client.post(second["remove"])
    assert pages(clerk, draft) == [first["id"]]


def test_a_page_sent_while_the_form_saves_itself_makes_nothing_stale(client, clerk, draft):
    here = world.version(client, draft)
    url = f"{world.url('upload', draft, CARD)}?page={here['page']}"
    client.post(url, {"file": world.picture()}, headers={"accept": "application/json"})
    answer = client.post(
        world.url("autosave", draft),
        {f"enclosed.{CARD}": "handed-in", **here},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 200
    assert len(pages(clerk, draft)) == 1
    assert world.kept(clerk, draft)["enclosed"][CARD]["how"] == "handed-in"


def test_files_chosen_without_script_come_with_the_form(client, clerk, draft):
    files = {f"pages.{CARD}": [world.picture("white"), world.picture("black")]}
    client.post(world.url("save", draft), {**world.typed(), **world.version(client, draft), **files})
    assert len(pages(clerk, draft)) == 2


def test_a_handed_in_material_needs_a_page_and_then_can_be_received(client, draft):
    fields = {**world.typed(**{f"enclosed.{CARD}": "handed-in"})}
    answer = client.post(world.url("receive", draft), {**fields, **world.version(client, draft)})
    assert answer.status_code == 422
    files = {f"pages.{CARD}": world.picture()}
    answer = client.post(world.url("receive", draft), {**fields, **world.version(client, draft), **files})
    assert answer.status_code == 302
    assert Case.objects.filter(pk=draft).exists()


BAD = [
    ("page.jpg", b"", "文件是空的"),
    ("page.jpg", b"MZ\x90\x00" + b"\x00" * 600, "可执行程序"),
    ("page.pdf", b"\xff\xd8\xff\xe0" + b"\x00" * 600, "实际内容却是图片"),
    ("page.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 600, "已损坏"),
    ("page.zip", b"PK\x03\x04" + b"\x00" * 600, "压缩包"),
]


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_file_is_refused_in_words_and_nothing_is_lost(client, clerk, draft, bad):
    name, content, said = bad
    media = "application/pdf" if name.endswith("pdf") else "image/jpeg" if name.endswith("jpg") else ""
    answer, body = upload(client, draft, SimpleUploadedFile(name, content, media or "application/zip"))
    assert answer.status_code == 422
    assert said in body["message"]
    assert "enclosed" not in world.kept(clerk, draft)


def test_a_bad_file_without_script_is_refused_with_the_rest_saved(client, clerk, draft):
    files = {f"pages.{CARD}": SimpleUploadedFile("page.jpg", b"MZ" + b"\x00" * 600, "image/jpeg")}
    answer = client.post(
        world.url("save", draft), {**world.typed(), **world.version(client, draft), **files}, follow=True
    )
    assert "可执行程序" in answer.content.decode()
    assert world.kept(clerk, draft)["applicant"]["name"] == "申请人甲"


def test_a_file_that_is_too_large_says_how_large_one_may_be(client, draft, settings):
    settings.FILES_MAX_BYTES = 2 * 1024 * 1024
    _, body = upload(
        client, draft, SimpleUploadedFile("page.jpg", b"\xff\xd8\xff" + b"\x00" * 3_000_000, "image/jpeg")
    )
    assert "2 MB" in body["message"]


def test_a_material_that_the_item_does_not_have_takes_no_page(client, draft):
    answer = client.post(world.url("upload", draft, "nothing"), {"file": world.picture()})
    assert answer.status_code == 404


def test_a_file_of_another_draft_is_not_shown_by_its_hash(client, draft):
    sha = upload(client, draft, world.picture())[1]["id"]
    other = world.begun(client)
    assert client.get(world.url("draft-page", other, CARD, sha)).status_code == 404


def test_the_mark_says_for_what_and_how_far_it_was_checked(client):
    request = client.get(reverse("workbench:window")).wsgi_request
    from tongban.workbench.sign_in import who

    request.at_work = who(request)
    purpose, note = copies.marks(request, "居民身份证换领", seen=True)
    assert "居民身份证换领" in purpose
    assert "核对" in note
    assert "（B）" in note
    assert "（C）" in copies.marks(request, "居民身份证换领", seen=False)[1]


def test_uploads_cost_few_statements(client, draft, cost):
    upload(client, draft, world.picture("blue"))
    assert cost(lambda: upload(client, draft, world.picture("green"))) <= 12
