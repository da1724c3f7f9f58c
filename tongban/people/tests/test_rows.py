"""Rows that `lib` reads and makes without the ORM, shown with a table of this room."""

import pytest

from tongban.lib import reads, writes
from tongban.people.models import Account


def _values(row):
    return {field.attname: getattr(row, field.attname) for field in Account._meta.concrete_fields}


@pytest.mark.django_db
def test_a_row_read_is_the_object_that_the_orm_makes():
    kept = Account.objects.create(username="shown", name="示范员工")

    sql = f"SELECT {reads.columns(Account, 'a')}, 7 FROM people_account a"
    ((found, more),) = reads.rows(sql, [], Account)

    assert _values(found) == _values(Account.objects.get())
    assert (found, more) == (kept, 7)
    assert (found._state.adding, found._state.db) == (False, "default")

    found.name = "别名"
    found.save(update_fields=["name"])
    assert Account.objects.get().name == "别名"


@pytest.mark.django_db
def test_the_row_of_a_left_join_that_finds_nothing_is_none():
    sql = f"SELECT {reads.columns(Account, 'a')} FROM (SELECT 1) x LEFT JOIN people_account a ON false"
    assert list(reads.rows(sql, [], Account)) == [(None,)]


@pytest.mark.django_db
def test_a_row_is_found_by_its_key():
    kept = Account.objects.create(username="shown", name="示范员工")
    assert reads.by_key(Account, kept.id) == kept
    assert reads.by_key(Account, kept.id, lock=True) == kept
    assert reads.by_key(Account, writes.fresh(Account, username="b", name="乙").id) is None


@pytest.mark.django_db
def test_a_fresh_row_is_what_the_constructor_makes_and_can_be_written():
    made, by_hand = writes.fresh(Account, username="a", name="甲"), Account(username="a", name="甲")
    assert {**_values(made), "id": by_hand.id} == _values(by_hand)

    other = writes.fresh(Account, username="b", name="乙")
    assert made.id != other.id
    writes.run(writes.Insert([made, other]))
    assert set(Account.objects.values_list("username", flat=True)) == {"a", "b"}


def test_a_column_that_is_none_is_refused():
    with pytest.raises(TypeError, match="nickname"):
        writes.fresh(Account, username="a", nickname="x")
