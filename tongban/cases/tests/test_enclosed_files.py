"""Only what somebody handed in themselves can be enclosed: a hash is a name, no key."""

from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone

from tongban.cases import actions, queries
from tongban.cases.models import Case
from tongban.cases.rules.enclosures import Defect, Enclosed, How
from tongban.cases.tests import make
from tongban.catalogue import queries as catalogue
from tongban.files import actions as files
from tongban.files.tests import make as bytes_of
from tongban.lib.refusals import Invalid

FORM = "application-form"
NOWHERE = "0" * 64


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def elsewhere(world):
    return make.clerk("360482-service-centre", "receive", name="elsewhere")


def handed_in(by) -> str:
    content = BytesIO(bytes_of.pdf())
    return files.store(content, declared_name="", declared_type="", by=by, at=make.MONDAY).sha256


def enclosing(sha: str, item: str = make.FOOD) -> dict[str, Any]:
    typed = make.typed(item)["enclosed"]
    return {**typed, FORM: {"how": "handed-in", "pages": [sha]}}


def names(refused, material: str) -> bool:
    return refused.value.field == f"enclosed.{material}" and "申请" in str(
        refused.value.params["material"].zh
    )


def begun(by, **changes):
    edition = catalogue.in_force(make.FOOD, make.MONDAY.date())
    return actions.start(edition, by=by, at=make.MONDAY, data=make.typed(make.FOOD, **changes))


def test_a_file_that_is_not_here_is_refused_by_the_name_of_its_material(window):
    with pytest.raises(Invalid, match=r"draft\.page-unknown") as refused:
        begun(window, enclosed=enclosing(NOWHERE))

    assert names(refused, FORM)


def test_a_draft_does_not_take_in_the_hash_of_somebody_elses_file(window, elsewhere):
    theirs, mine = handed_in(elsewhere), begun(window)

    with pytest.raises(Invalid, match=r"draft\.page-unknown") as refused:
        actions.save(mine.id, {"enclosed": enclosing(theirs)}, by=window, at=make.MONDAY)

    assert names(refused, FORM)
    assert theirs not in str(queries.draft(mine.id, window).data)


def test_whoever_has_the_same_bytes_may_enclose_them(window, elsewhere):
    handed_in(elsewhere)
    part = make.received(window, make.FOOD, enclosed=enclosing(handed_in(window)))

    assert Case.objects.filter(pk=part.case_id).exists()


def test_a_case_is_not_filed_with_it_whatever_the_draft_holds(window, elsewhere):
    draft = begun(window)
    draft.data = {**draft.data, "enclosed": enclosing(handed_in(elsewhere))}
    draft.save()

    with pytest.raises(Invalid, match=r"draft\.page-unknown"):
        actions.receive(draft.id, by=window, at=make.MONDAY)

    assert not Case.objects.exists()


def test_what_is_brought_later_is_looked_at_the_same_way(window, elsewhere, in_hand, inspector):
    actions.ask(in_hand.id, [Defect(FORM, "missing")], by=inspector, at=make.MONDAY)

    for sha in (NOWHERE, handed_in(elsewhere)):
        with pytest.raises(Invalid, match=r"draft\.page-unknown"):
            actions.complete(in_hand.id, [Enclosed(FORM, How.HANDED_IN, (sha,))], by=window, at=make.day(1))
    brought = Enclosed(FORM, How.HANDED_IN, (handed_in(window),))
    # The rule wants the original, so a scan is taken in knowingly.
    done = actions.complete(in_hand.id, [brought], known=[FORM], by=window, at=make.day(1))
    assert done.state == "received"


def test_the_result_is_a_file_of_whoever_makes_it(window, part, officer):
    for step in (actions.take_over, actions.accept, actions.grant):
        step(part.id, by=officer, at=make.MONDAY)

    for sha in (NOWHERE, handed_in(window)):
        with pytest.raises(Invalid, match=r"delivery\.file-unknown"):
            actions.make(part.id, "示例1号", file=sha, by=officer, at=make.MONDAY)
    assert (
        actions.make(part.id, "示例1号", file=handed_in(officer), by=officer, at=timezone.now()).state
        == "made"
    )


def test_what_is_settled_in_one_visit_leaves_its_electronic_result_with_the_applicant(window, elsewhere):
    officer = make.clerk("360700-human-resources", "handle")
    part = make.received(window, make.PROOF)
    with pytest.raises(Invalid, match=r"delivery\.file-unknown"):
        actions.settle(part.id, "示例1号", by=officer, at=make.MONDAY, file=handed_in(elsewhere))
    sha = handed_in(officer)

    actions.settle(part.id, "示例1号", by=officer, at=make.MONDAY, file=sha)

    tracked = queries.track(part.case_id, at=make.MONDAY)
    assert tracked.delivery
    assert (tracked.state, tracked.delivery.result_id) == ("closed", sha)
