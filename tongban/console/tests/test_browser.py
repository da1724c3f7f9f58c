"""Finding a browser for the journeys."""

import os

import pytest

from tongban.console import browser, environment


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine without any browser."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(browser, "_MAC", tmp_path / "Chrome")
    return tmp_path


def program(path):
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_it_is_found_on_the_path_with_fonts_for_chinese(bare):
    path = program(bare / "bin" / "chromium")

    found = browser.find()

    assert found.executable == str(path)
    fonts = environment.data_dir() / ".cache" / "chromium" / "fonts.conf"
    assert found.env == {"FONTCONFIG_FILE": str(fonts)}
    assert "manimgx_fonts_cjk" in fonts.read_text()


def test_the_one_that_was_named_comes_first(bare, monkeypatch):
    program(bare / "bin" / "chromium")
    named = program(bare / "else" / "where")
    monkeypatch.setenv("CHROMIUM", str(named))

    assert browser.find().executable == str(named)


def test_an_unpacked_one_gets_its_own_libraries(bare):
    program(browser._root() / "usr" / "lib" / "chromium" / "chromium")

    assert browser.find().env["LD_LIBRARY_PATH"] == str(browser._root() / "usr" / "lib" / "chromium")


def test_its_driver_finds_the_unpacked_libraries_and_nobody_else_does(bare, monkeypatch):
    monkeypatch.delenv("LD_LIBRARY_PATH", raising=False)
    program(browser._root() / "usr" / "lib" / "chromium" / "chromium")

    with browser.libraries():
        assert os.environ["LD_LIBRARY_PATH"] == browser.find().env["LD_LIBRARY_PATH"]
    assert "LD_LIBRARY_PATH" not in os.environ


def test_a_browser_whose_driver_does_not_start_is_not_enough(bare, monkeypatch):
    program(bare / "bin" / "chromium")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(browser, "_drives", lambda: False)

    with pytest.raises(browser.NoBrowser):
        browser.provide()


def test_without_any_it_says_so(bare, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(browser.NoBrowser, match="neither installed nor unpacked"):
        browser.provide()
