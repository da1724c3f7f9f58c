import pytest

from tongban.cases import actions, queries
from tongban.cases.models import Case
from tongban.cases.tests import make
from tongban.cases.tests.make import MONDAY, RENEW
from tongban.catalogue import queries as catalogue
from tongban.lib.refusals import Refused

pytestmark = pytest.mark.django_db


def test_the_receipt_lists_only_what_was_handed_in_and_no_copy_of_what_was_promised(window):
    enclosed = make.typed(make.FOOD)["enclosed"] | {
        "application-form": {"how": "missing", "reason": "没带"},
        "premises-paper": {"how": "promised"},
        "business-licence": {"how": "fetched"},
    }

    said = make.said(make.received(window, make.FOOD, enclosed=enclosed), "receipt")

    listed = {each["name"]: each for each in said["materials"]}
    assert "食品经营许可申请书" not in listed
    assert [each["name"] for each in said["missing"]] == ["食品经营许可申请书"]
    assert listed["经营场所使用证明"]["check"] == "申请人书面承诺"
    assert {listed[name]["copies"] for name in ("经营场所使用证明", "营业执照")} == {0}
    assert listed["食品安全管理人员身份证"]["copies"] == 1


def test_what_was_saved_from_elsewhere_meanwhile_is_not_received(window):
    draft = actions.start(
        catalogue.in_force(RENEW, MONDAY.date()), by=window, at=MONDAY, data=make.typed(RENEW)
    )
    actions.save(draft.id, {"subject": "person"}, by=window, at=MONDAY)

    with pytest.raises(Refused, match="saved-elsewhere"):
        actions.receive(draft.id, by=window, at=MONDAY, seen=draft.version)
    assert not Case.objects.exists()

    actions.receive(draft.id, by=window, at=MONDAY, seen=draft.version + 1)
    assert Case.objects.filter(pk=draft.id).exists()


def test_a_development_zone_receives_like_a_county_and_its_cases_are_found_by_their_number(world):
    """A zone has no code of GB/T 2260; the stand-in's dashes would be taken for the number's own."""
    zone = make.clerk("JXZ-3601-01-service-centre", name="zone")
    part = make.received(zone)

    (found,) = queries.search(zone, part.case.reference.lower(), at=make.MONDAY)

    assert found.id == part.id
    assert part.case.reference.startswith("JXZ360101-20260601-")
