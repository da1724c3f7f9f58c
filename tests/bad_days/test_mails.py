"""Mails that are owed, on bad days: killed while sending, several workers, everybody at the same moment."""

from __future__ import annotations

from functools import partial

import pytest

from tests.bad_days import harm
from tongban.lists.tests import make as world
from tongban.notices import actions
from tongban.notices.models import Notice, Watcher
from tongban.notices.rules import CLAIMED, LIMITS
from tongban.notices.tests import make

AT = make.MONDAY


@pytest.fixture
def committed(transactional_db, settings):
    settings.EMAIL_URL, settings.DEFAULT_FROM_EMAIL = "smtp://mail.example", "notices@tongban.example"
    world.lists()


def test_killed_between_sending_and_marking_it_goes_out_again_under_the_same_id(
    committed, tmp_path, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    make.ask()
    number = 0
    # Wherever it's killed: at every statement, and at every commit.
    for number in range(20):
        Notice.objects.update(next_try_at=AT)
        if not harm.killed(lambda: actions.send_next(AT), number, at_commit=False):
            break
        assert Notice.objects.get().sent_at is None
    assert number > 3

    texts = [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()]
    ids = {line for text in texts for line in text.splitlines() if line.startswith("Message-ID:")}
    assert len(texts) > 1
    assert len(ids) == 1
    assert {text[text.index("tell/link/") :][:30] for text in texts} == {
        texts[0][texts[0].index("tell/link/") :][:30]
    }
    assert Notice.objects.get().sent_at


def test_a_claim_that_nobody_redeems_is_over_after_a_while(committed, mailoutbox):
    make.ask()
    assert harm.killed(lambda: actions.send_next(AT), 4, at_commit=False)
    assert make.post(AT) == 0

    assert make.post(AT + CLAIMED) == 1
    assert len(mailoutbox) == 1


def test_several_workers_send_each_mail_once(committed, mailoutbox):
    for number in range(6):
        make.ask(f"a{number}@example.cn")
    results = harm.at_once(*[lambda: make.post(AT)] * 4)

    assert harm.failures(results) == []
    assert sorted(mail.to[0] for mail in mailoutbox) == [f"a{number}@example.cn" for number in range(6)]


def test_several_workers_owe_each_mail_once(committed):
    make.watching()
    make.opens()
    results = harm.at_once(*[lambda: actions.tell(make.ITEM, AT)] * 4)

    assert sorted(str(each) for each in results) == ["0", "0", "0", "1"]


def test_questions_at_the_same_moment_are_still_few(committed):
    results = harm.at_once(*[make.ask] * 6)

    assert harm.failures(results) == []
    assert Watcher.objects.count() == LIMITS.mails


def test_who_confirms_at_the_moment_it_opens_is_told(committed):
    for item in (make.ITEM, "JX-P-0002", "JX-P-0003"):
        make.ask(f"{item}@example.cn", item)
        make.post()
        code = make.code()
        make.opens(item)
        results = harm.at_once(partial(actions.confirm, code, at=AT), partial(actions.tell, item, AT))

        assert harm.failures(results) == []
        assert Notice.objects.filter(kind="open", watcher__item=item).count() == 1
