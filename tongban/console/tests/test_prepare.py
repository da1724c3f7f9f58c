"""Compiling messages and collecting static files, only when something changed."""

import gettext

import pytest

from tongban.console import prepare
from tongban.console.environment import ROOT

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"

msgid "case"
msgstr "办件"

#, fuzzy
msgid "part"
msgstr "也许"
"""


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "room" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(CATALOGUE, encoding="utf-8")
    return folder / "django.po"


def test_messages_are_compiled_once_and_again_after_a_change(tmp_path, source):
    assert prepare.messages(tmp_path) == 1
    assert prepare.messages(tmp_path) == 0
    source.with_suffix(".mo").unlink()
    assert prepare.messages(tmp_path) == 1


def test_what_is_marked_as_doubtful_is_not_shown(tmp_path, source):
    prepare.messages(tmp_path)

    with source.with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("case") == "办件"
    assert words.gettext("part") == "part"


def test_a_broken_catalogue_is_named(tmp_path, source):
    source.write_text('msgid "case"\nnonsense "办件"\n', encoding="utf-8")

    with pytest.raises(prepare.Unreadable, match=r"django\.po, line"):
        prepare.messages(tmp_path)


def test_every_catalogue_of_the_house_can_be_compiled(tmp_path):
    for source in ROOT.glob("tongban/**/locale/*/LC_MESSAGES/*.po"):
        copy = tmp_path / source.relative_to(ROOT)
        copy.parent.mkdir(parents=True)
        copy.write_bytes(source.read_bytes())

    assert prepare.messages(tmp_path) > 0


def test_static_files_are_collected_only_when_they_changed(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path

    assert prepare.static()
    assert not prepare.static()
    assert any(tmp_path.iterdir())
