"""Guides and signs of a whole installation as files: all of them once, then only what changed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.utils import timezone

from tongban.cases.tests import make
from tongban.catalogue import actions
from tongban.console import prints
from tongban.console.bench import pages
from tongban.console.bench.measure import Line
from tongban.lib.refusals import Missing

pytestmark = pytest.mark.django_db
TODAY = make.MONDAY.date()
URL = "https://tongban.example/"
MARKET = "360000-market-supervision"


@pytest.fixture(autouse=True)
def world(db):
    make.lists()


def test_guides_are_planned_for_every_item_form_language_and_size():
    targets = [job.target for job in prints.guides(TODAY, URL)]

    assert len(targets) == len(set(targets)) == 144
    assert f"{make.RENEW}/window.en.large.pdf" in targets
    assert "JX-P-0021/several.zh.pdf" in targets


def test_what_stands_already_is_not_made_again(tmp_path):
    jobs = list(prints.guides(TODAY, URL, [make.PROOF]))[:2]

    first = prints.render(jobs, tmp_path, "")
    again = prints.render(jobs, tmp_path, "")
    (tmp_path / jobs[0].target).unlink()
    mended = prints.render(jobs, tmp_path, "")

    assert (first.made, again.made, mended.made) == (2, 0, 1)
    assert again.kept == 2
    assert (tmp_path / jobs[0].target).read_bytes().startswith(b"%PDF")
    assert sorted(json.loads((tmp_path / prints.MANIFEST).read_text())) == sorted(job.target for job in jobs)


def test_another_day_alone_changes_nothing_but_another_word_does():
    (job, *_) = prints.guides(TODAY, URL, [make.PROOF])
    (later, *_) = prints.guides(TODAY.replace(year=2027), URL, [make.PROOF])

    assert job.stamp == later.stamp
    assert replace(job, data={**job.data, "title": "x"}).stamp != job.stamp
    assert replace(job, about="JX-P-0013@2").stamp != job.stamp


def test_signs_are_planned_for_the_province_or_for_a_region_and_what_belongs_to_it():
    every = list(prints.signs(TODAY, URL))
    county = list(prints.signs(TODAY, URL, "360702"))
    city = list(prints.signs(TODAY, URL, "360700", cut=True))

    assert len(every) == 131 * 8
    assert {job.target.split("/")[0] for job in county} == {"360702"}
    assert len(county) < len(city) < len(every)
    assert "360702/360702-hall/plate.svg" in {job.target for job in county}
    assert all("-cut." in job.target for job in city)
    assert all(str(job.data["address"]).startswith(URL) for job in county)


def test_signs_are_written_as_pdf_and_svg(tmp_path):
    jobs = list(prints.signs(TODAY, URL, "360702"))[:2]

    assert prints.render(jobs, tmp_path, "").made == 2
    assert (tmp_path / jobs[1].target).read_bytes().startswith(b"<svg")


def test_an_unknown_item_or_region_is_missing():
    with pytest.raises(Missing):
        list(prints.signs(TODAY, URL, "999999"))
    with pytest.raises(Missing):
        list(prints.guides(TODAY, URL, ["nothing"]))


def test_the_bench_of_pages_shows_shares_by_rate_and_by_processor():
    static = Line("item", "static", 4, 1000.0, 1.0, 1.0, 1.0, 2.0, 0.1, 0.5)
    lines = [static, replace(static, way="kept", per_second=900.0, share=0.9, server_cpu_ms=1.0)]

    assert list(pages.shown(lines).columns[5].cells) == ["100%", "50%"]
    assert [each["way"] for each in json.loads(pages.as_json(lines))] == ["static", "kept"]


def test_guides_of_an_installation_in_which_an_item_has_ended_or_stands_still():
    now = timezone.now()
    today, why = timezone.localdate(now), {"zh": "示例", "en": "An example"}
    editor, approver = (make.clerk(MARKET, role, name=role) for role in ("edit-items", "approve-items"))
    for item, kind, successors in ((make.FOOD, "merge", ["JX-P-0004"]), ("JX-P-0004", "suspend", [])):
        row = actions.propose_change(item, kind, today, why, "1号", by=editor, at=now, successors=successors)
        actions.approve_change(row.id, by=approver, at=now)

    jobs = list(prints.guides(today, URL))

    assert not [job for job in jobs if job.target.startswith(make.FOOD)]
    suspended = [job for job in jobs if job.target.startswith("JX-P-0004")]
    assert suspended
    assert all("暂停办理" in str(job.data) or "Suspended" in str(job.data) for job in suspended)
