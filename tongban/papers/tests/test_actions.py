import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from tongban.lib import writes
from tongban.papers import actions, queries, rules
from tongban.papers.models import Counter, Paper, Template
from tongban.papers.rules import Kind
from tongban.papers.tests import make


@pytest.mark.django_db
def test_numbers_run_on_and_every_series_begins_at_one():
    assert [actions.number(make.BODY, Kind.RECEIPT, 2026) for _ in range(3)] == [1, 2, 3]
    assert actions.number(make.BODY, Kind.ACCEPTANCE, 2026) == 1
    assert actions.number(make.BODY, Kind.RECEIPT, 2027) == 1
    assert actions.number("B-other", Kind.RECEIPT, 2026) == 1
    assert actions.number(make.BODY, Kind.RECEIPT, 2026, practice=True) == 1


@pytest.mark.django_db
def test_many_numbers_are_taken_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert actions.numbers(make.BODY, Kind.RECEIPT, 2026, 5) == range(1, 6)

    assert actions.number(make.BODY, Kind.RECEIPT, 2026) == 6


@pytest.mark.django_db
def test_no_numbers_cannot_be_taken():
    with pytest.raises(ValueError):
        actions.numbers(make.BODY, Kind.RECEIPT, 2026, 0)


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        actions.number(make.BODY, Kind.RECEIPT, 2026)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_every_number_once_and_a_rollback_gives_its_number_back():
    given: list[int] = []
    start = threading.Barrier(2)

    def take():
        try:
            start.wait(10)
            for turn in range(20):
                _take(turn, given)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(given) == list(range(1, 31))
    assert Counter.objects.get().last == 30


def _take(turn: int, given: list[int]) -> None:
    try:
        with transaction.atomic():
            number = actions.number(make.BODY, Kind.RECEIPT, 2026)
            if turn % 4 == 0:
                raise _Undone
    except _Undone:
        return
    given.append(number)


class _Undone(Exception):
    pass


@pytest.mark.django_db
def test_loading_templates_twice_changes_nothing():
    assert actions.load_templates() == len(rules.registry().editions)
    assert actions.load_templates() == 0


@pytest.mark.django_db
def test_a_template_nobody_used_can_be_replaced(changed_folder):
    actions.load_templates()

    assert actions.load_templates(changed_folder) == 2
    assert Template.objects.get(kind=Kind.RECEIPT, version=2).source.endswith("// changed\n")


@pytest.mark.django_db
def test_a_template_that_was_used_must_be_given_a_new_version(changed_folder):
    actions.load_templates()
    make.paper(Kind.RECEIPT).save(force_insert=True)

    with pytest.raises(actions.TemplateChanged, match=r"receipt\.v2\.typ; give it version 3"):
        actions.load_templates(changed_folder)


@pytest.fixture
def changed_folder(tmp_path):
    for path in rules.FOLDER.iterdir():
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    receipt = tmp_path / "receipt.v1.typ"
    receipt.write_text(receipt.read_text(encoding="utf-8") + "// changed\n", encoding="utf-8")
    return tmp_path


@pytest.mark.django_db
def test_papers_are_written_in_one_statement(django_assert_num_queries):
    actions.load_templates()
    with django_assert_num_queries(1):
        papers = [make.paper(Kind.RECEIPT), make.paper(Kind.ACCEPTANCE)]
        writes.run(writes.Insert(papers))

    found = queries.paper(papers[0].id)
    assert found.content == papers[0].content
    assert found.content["title"] == "收件凭证"
    assert found.template.version == 2


@pytest.mark.django_db
def test_the_same_words_have_another_hash_each_time():
    # Else whoever guesses the words could check the guess against a trail that can't be erased.
    assert make.paper(Kind.RECEIPT).content_sha256 != make.paper(Kind.RECEIPT).content_sha256


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"number": "x"}, {"content_sha256": "0" * 64}, {"practice": True}])
def test_an_issued_paper_cannot_be_changed(change):
    actions.load_templates()
    paper = make.paper(Kind.RECEIPT)
    paper.save(force_insert=True)

    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Paper.objects.filter(id=paper.id).update(**change)


@pytest.mark.django_db
def test_an_issued_paper_can_be_sealed():
    actions.load_templates()
    paper = make.paper(Kind.RECEIPT)
    paper.save(force_insert=True)

    assert Paper.objects.filter(id=paper.id).update(sealed=True) == 1


@pytest.mark.django_db
def test_a_template_text_cannot_be_changed():
    actions.load_templates()

    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Template.objects.update(source="")
