"""A section of the deciding body holds a part and decides in the body's name."""

from __future__ import annotations

import pytest

from tongban.cases import actions, queries
from tongban.cases.tests import make
from tongban.lib.refusals import NotAllowed
from tongban.papers import queries as papers
from tongban.places.models import Body, PlaceLoad, Region

SECTION = "360702-police-hukou"


@pytest.fixture
def section(world):
    region = Region.objects.get(pk="360702")
    Body.objects.create(
        code=SECTION,
        name_zh="章贡区公安局户政科",
        name_en="Household section",
        region=region,
        function="police",
        level="county",
        parent_id="360702-police",
    )
    PlaceLoad.objects.create(loaded_at=make.MONDAY, by="test")
    return make.clerk(SECTION, "handle")


def test_the_body_hands_the_file_to_its_section_which_decides_in_its_name(window, officer, section):
    part = make.received(window)
    actions.take_over(part.id, by=officer, at=make.MONDAY)
    actions.offer(part.id, SECTION, by=officer, at=make.MONDAY)
    actions.take_over(part.id, by=section, at=make.MONDAY)

    assert "accept" in {step.verb for step in queries.load(part.id, section, at=make.MONDAY).steps}
    actions.accept(part.id, by=section, at=make.MONDAY)

    part = make.again(part)
    assert (part.state, part.holder_id) == ("accepted", SECTION)
    (notice,) = [paper for paper in papers.papers_of(part.case_id) if paper.kind == "acceptance"]
    assert notice.body == "360702-police"


def test_a_section_that_does_not_hold_the_file_decides_nothing(window, officer, section):
    part = make.received(window)
    actions.take_over(part.id, by=officer, at=make.MONDAY)
    actions.offer(part.id, SECTION, by=officer, at=make.MONDAY)

    with pytest.raises(NotAllowed):
        actions.accept(part.id, by=section, at=make.MONDAY)
