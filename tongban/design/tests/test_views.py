"""Preferences, refusals and error pages, through the whole of Django."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import translation

from tongban.design import refusals, views
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True


def test_preferences_are_kept_in_cookies_and_lead_back(client):
    answer = client.post(
        reverse("design:preferences"), {"theme": "dark", "type": "large", "next": "/design/"}
    )

    assert answer["Location"] == "/design/"
    assert client.cookies["look-theme"].value == "dark"
    assert client.cookies["look-type"].value == "large"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_preferences_never_lead_elsewhere(client, elsewhere):
    assert client.post(reverse("design:preferences"), {"next": elsewhere})["Location"] == "/"


def test_preferences_take_only_known_values(client):
    client.post(reverse("design:preferences"), {"theme": "purple"})

    assert "look-theme" not in client.cookies


@pytest.mark.parametrize("query", ["", "?look=portal", "?practice=1"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.usefixtures("demonstration")
def test_the_gallery_shows_everything_in_both_looks_and_languages(client, query, language):
    client.cookies["django_language"] = language
    client.cookies["look-theme"] = "dark"

    page = client.get("/design/" + query).content.decode()

    assert 'data-theme="dark"' in page
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in page
    assert " style=" not in page
    assert "onclick" not in page
    assert ("Practice: real rules" in page or "练习：" in page) is (query == "?practice=1")


@override_settings(DEMO=False, DEBUG=False)
def test_the_gallery_is_hidden_where_real_cases_are_handled(client):
    assert client.get("/design/").status_code == 404


@pytest.mark.usefixtures("demonstration")
def test_the_gallery_s_picker_finds_by_initials(client):
    assert [one["value"] for one in client.get("/design/picker.json?q=zfgjj").json()["results"]] == ["0203"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "409", "422", "429", "500", "503"])
def test_error_pages_say_what_to_do_without_any_context(name, language):
    with translation.override(language):
        page = render_to_string(f"{name}.html")

    assert page.count("<h1>") == 1
    assert page.count("<p") >= 4
    assert "None" not in page


def test_a_form_from_an_old_page_is_told_so():
    answer = Client(enforce_csrf_checks=True).post(reverse("design:preferences"), {"theme": "dark"})

    assert answer.status_code == 403
    assert "页面打开的时间太长了" in answer.content.decode()


def test_handlers_answer_with_their_status():
    request = RequestFactory().get("/nowhere")

    assert views.bad_request(request, ValueError()).status_code == 400
    assert views.forbidden(request, PermissionDenied()).status_code == 403
    assert views.not_found(request, ValueError()).status_code == 404
    assert views.server_error(request).status_code == 500


def answer_to(error: Exception, **headers: str) -> HttpResponse:
    answering = refusals.answer_refusals(lambda request: pytest.fail("not asked"))
    answer = answering.process_exception(RequestFactory().post("/", headers=headers), error)
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Refused("test.late", who="A"), 409),
        (Invalid("test.late", who="A"), 422),
        (NotAllowed(), 403),
        (Missing(), 404),
    ],
)
def test_each_refusal_has_its_page_and_its_json(error, status):
    refusals.teach({"test.late": "%(who)s was first."})
    page = answer_to(error, Referer="http://testserver/desk/")
    data = answer_to(error, Accept="application/json")

    assert page.status_code == data.status_code == status
    if isinstance(error, Refused):
        assert "A was first." in page.content.decode()
        assert 'href="http://testserver/desk/"' in page.content.decode()
        assert "A was first." in data.content.decode()


def test_a_bug_is_not_a_refusal():
    answering = refusals.answer_refusals(lambda request: pytest.fail("not asked"))

    assert answering.process_exception(RequestFactory().get("/"), ValueError()) is None


def test_a_refusal_nobody_worded_is_still_said():
    assert refusals.say(Refused("test.unheard-of"))


def test_the_way_back_is_never_elsewhere():
    page = answer_to(Refused("test.x"), Referer="https://example.org/")

    assert "example.org" not in page.content.decode()
