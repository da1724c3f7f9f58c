"""Whatever is proposed, reviewed, published and withdrawn in whatever order, the lists hold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongban.lib.refusals import Refused
from tongban.lists import actions
from tongban.lists.models import Change, Standing
from tongban.lists.queries import lists as queries
from tongban.lists.tests import make

ITEMS = (make.UNLISTED, "JX-P-0001")
DAYS = 8
STEPS = st.tuples(
    st.sampled_from(("list", "revise", "withdraw", "review", "publish", "return")),
    st.sampled_from(("national", "province")),
    st.sampled_from(ITEMS),
    st.integers(0, DAYS),
    st.sampled_from((("counter",), ("online",), ("window", "online"))),
)


def taken(step, keeper, reviewer):
    """Take a step, and return what it published: list, item, first day and modes (none when withdrawn)."""
    verb, listed, item, days, modes = step
    day = make.DAY + timedelta(days=days)
    if verb in {"list", "revise", "withdraw"}:
        says = None if verb == "withdraw" else make.says(listed, modes=list(modes))
        actions.propose(listed, item, verb, says, "示例理由", by=keeper, at=make.MONDAY)
        return None
    state = "reviewed" if verb == "publish" else "proposed"
    change = Change.objects.filter(entry__list=listed, entry__item=item, state=state).first()
    if change is None:
        return None
    if verb == "publish":
        made = actions.publish(change.id, day, by=reviewer, at=make.MONDAY)
        return listed, item, day, made and tuple(made.says["modes"])
    step = actions.review if verb == "review" else actions.give_back
    step(change.id, "已核", by=reviewer, at=make.MONDAY)
    return None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(STEPS, min_size=4, max_size=40))
def test_no_walk_breaks_the_rule_and_every_day_reads_as_published(db, steps):
    with transaction.atomic():
        make.lists()
        keeper, reviewer = make.keeper(), make.reviewer()
        first = {
            (row.list_id, row.item_id): tuple(row.says["modes"])
            for row in Standing.objects.filter(item__in=ITEMS)
        }
        said = {
            (key, make.DAY + timedelta(n)): modes for key, modes in first.items() for n in range(-1, DAYS + 2)
        }
        for step in steps:
            try:
                with transaction.atomic():
                    published = taken(step, keeper, reviewer)
                    # What a commit would check, at every step.
                    _check_now()
            except Refused:
                continue
            if published:
                listed, item, day, modes = published
                for n in range(-1, DAYS + 2):
                    if make.DAY + timedelta(n) >= day:
                        said[(listed, item), make.DAY + timedelta(n)] = modes
        for n in range(-1, DAYS + 2):
            _reads_as_published(make.DAY + timedelta(n), said)
        transaction.set_rollback(True)


def _check_now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _reads_as_published(day, said):
    found = {}
    for listed in ("national", "province"):
        for row in queries.as_on(listed, day, limit=500).rows:
            found[listed, row.item] = row.says.modes
    national = {item for listed, item in found if listed == "national"}
    assert national <= {item for listed, item in found if listed == "province"}
    for listed in ("national", "province"):
        for item in ITEMS:
            assert found.get((listed, item)) == said.get(((listed, item), day))


@pytest.mark.django_db(transaction=True)
def test_the_walks_do_reach_the_ends():
    """The random walks prove little if they never publish: this one, written out, publishes and withdraws all."""
    make.lists()
    keeper, reviewer = make.keeper(), make.reviewer()
    item = "JX-P-0001"
    for listed in ("national", "province"):
        for verb in ("withdraw", "review", "publish"):
            assert taken((verb, listed, item, 1, ("counter",)), keeper, reviewer) is None or verb == "publish"

    assert not Standing.objects.filter(item=item, valid_until__isnull=True).exists()
