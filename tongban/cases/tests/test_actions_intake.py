import pytest

from tongban.cases import actions
from tongban.cases.models import Case
from tongban.cases.tests import make
from tongban.cases.tests.make import MONDAY, RENEW
from tongban.catalogue import queries as catalogue
from tongban.lib.refusals import Refused

pytestmark = pytest.mark.django_db


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
