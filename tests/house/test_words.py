"""Everything that people read exists in Chinese, and every refusal is worded."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.template import engines
from django.utils.translation import override

from tests.house import source
from tongban.cases.rules import lifecycle
from tongban.design import refusals

HAN = re.compile(r"[\u4e00-\u9fff]")
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
TAGS = re.compile(
    r"""\{%\s*(?:translate|trans)\s+(?P<quote>["'])(?P<text>(?:(?!(?P=quote)).)*)(?P=quote)"""
    r"""|(?<![\w.])_\((?P<quote2>["'])(?P<text2>(?:(?!(?P=quote2)).)*)(?P=quote2)\)"""
)
CATALOGUES = sorted(source.PACKAGE.rglob("locale/zh_Hans/LC_MESSAGES/django.po"))


def said_in_python(path: Path) -> Iterator[str]:
    """Yield the words that a file hands to gettext."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def said_in_templates(path: Path) -> Iterator[str]:
    """Yield the words that a template hands to gettext by `translate` and `_()`."""
    for found in TAGS.finditer(path.read_text(encoding="utf-8")):
        yield found.group("text") or found.group("text2") or ""


def known() -> set[str]:
    """Return every message that has a Chinese wording, Django's own included."""
    words: set[str] = set()
    for path in CATALOGUES:
        with path.open("rb") as file:
            for message in read_po(file):
                ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
                texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
                if all(texts):
                    words.update(ids)
                if message.context:
                    words.add(message.context)
    return words


def test_every_word_has_a_chinese_one():
    words = known()
    pages = [path for path in source.PACKAGE.rglob("templates/**/*.html") if "tests" not in path.parts]
    said = {text for path in source.files() for text in said_in_python(path)}
    said |= {text for path in pages for text in said_in_templates(path)}

    assert sorted(text for text in said if text and text not in words) == []


def test_no_catalogue_says_a_thing_twice_or_doubts_it():
    for path in CATALOGUES:
        with path.open("rb") as file:
            messages = [message for message in read_po(file) if message.id]
        assert [message.id for message in messages if message.fuzzy] == []
        keys = [(message.context, str(message.id)) for message in messages]
        assert len(keys) == len(set(keys)), path


def test_two_doors_never_translate_the_same_words_differently():
    seen: dict[tuple[str | None, str], tuple[str, Path]] = {}
    different = []
    for path in CATALOGUES:
        with path.open("rb") as file:
            for message in read_po(file):
                if not message.id:
                    continue
                key, text = (message.context, str(message.id)), str(message.string)
                if seen.setdefault(key, (text, path))[0] != text:
                    different.append((key, text, seen[key]))

    assert different == []


def test_python_says_nothing_in_chinese_of_its_own():
    wrong = []
    for path in source.files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        wrong += [
            f"{path.relative_to(source.ROOT)}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docs
            and HAN.search(node.value)
            and not _is_allowed(path)
        ]

    assert wrong == []


ALLOWED = {
    "console/bench/samples.py": "made-up values that are written again and again",
    "console/bench/stage.py": "the same",
    "places/actions/tables.py": "how a table that somebody filled in says yes and no",
    "settings.py": "the languages are named in themselves",
    "catalogue/rules/checks.py": "the catch-all line that is looked for in the data",
}


def _is_allowed(path: Path) -> bool:
    return str(path.relative_to(source.PACKAGE)) in ALLOWED


def refused() -> set[str]:
    """Return every code with which something is refused in the source."""
    codes = set()
    for path in source.files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name in {"Refused", "Invalid", "refuse"} and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    codes.add(first.value)
    return codes


@pytest.mark.parametrize("code", sorted(refused()))
def test_every_refusal_is_worded(code):
    assert code in refusals._words, f"{code} is refused somewhere and said nowhere"


def test_every_obstacle_of_the_lifecycle_is_worded():
    codes = {"part.wrong-step"}
    for step in lifecycle.STEPS:
        for held in (False, True):
            standing = lifecycle.Standing(
                lifecycle.State.ACCEPTED, held, True, False, False, True, True, True
            )
            codes.add(lifecycle.obstacle(step, standing))

    assert {code for code in codes if code} <= set(refusals._words)


def test_templates_can_be_read_in_both_languages():
    for path in source.PACKAGE.rglob("templates/**/*.html"):
        name = str(path).split("/templates/", 1)[1]
        for language in ("zh-hans", "en"):
            with override(language):
                engines["django"].get_template(name)
