"""What can be done, and where: the first page, the items, the halls."""

from __future__ import annotations

import pytest

from tongban.cases.tests import make
from tongban.catalogue import queries as catalogue
from tongban.portal import halls

pytestmark = pytest.mark.usefixtures("world")


def test_the_first_page_leads_to_ones_case_and_to_what_can_be_done(client):
    page = client.get("/").content.decode()

    assert 'href="/follow/"' in page
    assert f'href="/items/{make.RENEW}/"' in page
    assert 'href="/desk/sign-in"' in page
    assert 'role="search"' in page


@pytest.mark.parametrize("address", ["/", "/items/", f"/items/{make.RENEW}/", "/halls/", "/follow/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_stands_in_both_languages_without_style_or_script_inside(client, address, language):
    client.cookies["django_language"] = language

    answer = client.get(address)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert " style=" not in page
    assert "onclick" not in page
    assert page.count("<h1") == 1


def test_the_demonstration_says_so(client, settings):
    settings.DEMO = True

    assert "banner--demo" in client.get("/").content.decode()


def test_items_are_found_by_everyday_words_and_by_theme(client):
    assert make.RENEW in client.get("/items/", {"q": "身份证"}).content.decode()
    assert make.RENEW in client.get("/items/", {"theme": "identity"}).content.decode()
    assert make.RENEW not in client.get("/items/", {"theme": "housing"}).content.decode()


@pytest.mark.parametrize("typed", ["没有这样的事", "<script>", "%s", "\x00", "长" * 5000, "\u202e"])
def test_words_that_find_nothing_do_no_harm(client, typed):
    answer = client.get("/items/", {"q": typed})

    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_an_item_says_everything_with_its_sources(client):
    rule = catalogue.in_force(make.RENEW, make.MONDAY.date()).rule

    page = client.get(f"/items/{make.RENEW}/").content.decode()

    for said in (*rule.conditions, *(each.name for each in rule.materials), rule.fee_says, rule.result_name):
        assert str(said) in page
    assert all(f'id="source-{number}"' in page for number in range(1, len(rule.sources) + 1))
    assert "示例" in page
    assert "60日（自然日）" in page


def test_a_value_has_its_source_or_is_marked_illustrative():
    from tongban.portal.templatetags.portal import cited

    rule = catalogue.in_force(make.RENEW, make.MONDAY.date()).rule

    assert 'href="#source-' in cited(rule, "limits.statutory")
    assert "tag--amber" in cited(rule, "contact")


def test_every_complete_item_has_a_page(client):
    ready = [each for each in catalogue.search("", make.MONDAY.date(), limit=500) if each.complete]

    assert ready
    assert {client.get(f"/items/{each.code}/").status_code for each in ready} == {200}


def test_an_item_known_by_name_only_says_so(client):
    listed = next(each for each in catalogue.search("", make.MONDAY.date(), limit=500) if not each.complete)

    page = client.get(f"/items/{listed.code}/").content.decode()

    assert "指南待补" in page
    assert listed.name.zh in page


@pytest.mark.parametrize("code", ["nothing", "JX-P-0001@1", "%00"])
def test_an_item_that_does_not_exist_is_missing(client, code):
    assert client.get(f"/items/{code}/").status_code == 404


def test_every_hall_of_the_province_is_listed_with_its_hours(client):
    page = client.get("/halls/").content.decode()

    assert sum(len(city.halls) for city in halls.cities()) >= 111
    assert "周一至周五 09:00–12:00, 13:30–17:00" in page


def test_hours_that_nobody_foresaw_are_shown_as_they_are():
    assert halls.opening("Tu[1] 10:00-11:00") == [("Tu[1]", "10:00–11:00")]
    assert halls.opening("") == []


@pytest.mark.parametrize(
    ("address", "most"),
    [("/", 4), ("/items/", 3), (f"/items/{make.RENEW}/", 2), ("/halls/", 1), ("/follow/", 0)],
)
def test_pages_cost_little_and_always_the_same(client, cost, address, most):
    client.get(address)

    assert cost(lambda: client.get(address)) <= most
