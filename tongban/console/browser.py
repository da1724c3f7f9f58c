"""The browser of the journeys: one that is there, Debian's, or Debian's unpacked into a folder of ours."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from tongban.console import environment, say

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# A test's browser looks at our pages only, says nothing to anybody else and needs neither graphics nor sandbox.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Playwright's driver brings its own Node, but not this library of it, which a bare Debian lacks.
_PACKAGES = ("chromium", "libatomic1")
_FONT_PACKAGES = ("manimgx_fonts_cjk", "pylopdf_fonts_zh_cn")
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  {folders}
  <cachedir>{cache}</cachedir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <alias binding="strong"><family>sans-serif</family><prefer><family>Noto Sans CJK SC</family></prefer></alias>
  <alias binding="strong"><family>serif</family><prefer><family>Noto Serif SC</family></prefer></alias>
</fontconfig>
"""


class NoBrowser(Exception):
    """There is no browser and none could be had; the message says what was tried."""


@dataclass(frozen=True, slots=True)
class Browser:
    """How to launch a browser: its program, what it needs in its environment, its arguments."""

    executable: str
    env: dict[str, str] = field(default_factory=dict)
    args: tuple[str, ...] = ARGUMENTS


def find() -> Browser:
    """Return the browser that is there, with fonts for Chinese.

    :raises NoBrowser: if there is none; `provide` may get one
    """
    fonts = {"FONTCONFIG_FILE": str(_write_fonts())}
    for name in (os.environ.get("CHROMIUM"), *_NAMES, str(_MAC)):
        if name and (path := shutil.which(name)):
            return Browser(path, fonts)
    if unpacked := _unpacked():
        return Browser(str(unpacked), {**fonts, **_libraries()})
    raise NoBrowser("there is no Chromium or Chrome")


def provide() -> Browser:
    """Return a browser whose driver starts, installed or unpacked from Debian's packages if there is none.

    :raises NoBrowser: if none can be had
    """
    for attempt in (_nothing, _install, _unpack):
        attempt()
        with suppress(NoBrowser):
            found = find()
            if _drives():
                return found
    raise NoBrowser("there is no Chromium or Chrome, and Debian's could be neither installed nor unpacked")


@contextmanager
def libraries() -> Iterator[None]:
    """Let what is started meanwhile, such as the browser's driver, find the libraries that were unpacked."""
    before = dict(os.environ)
    os.environ.update(_libraries())
    try:
        yield
    finally:
        os.environ.pop("LD_LIBRARY_PATH", None)
        os.environ.update(before)


def _libraries() -> dict[str, str]:
    found = ":".join(str(folder) for folder in _library_folders())
    return {"LD_LIBRARY_PATH": found} if found else {}


def _drives() -> bool:
    """Return whether the browser's driver starts; there is nothing to start where it isn't installed."""
    spec = find_spec("playwright")
    if spec is None or spec.origin is None:
        return True
    node = Path(spec.origin).parent / "driver" / "node"
    with libraries(), suppress(OSError):
        return subprocess.run([node, "--version"], capture_output=True, check=False).returncode == 0
    return False


def _nothing() -> None:
    """Try what is there first."""


def _install() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        with say.step("Installing Debian's chromium for the browser journeys"):
            _quietly(["apt-get", "update"])
            _quietly(["apt-get", "install", "--yes", "--no-install-recommends", *_PACKAGES])


def _unpack() -> None:
    """Unpack Debian's package, and the libraries it needs that aren't installed, without being root."""
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        return
    with say.step("Unpacking Debian's chromium for the browser journeys"):
        packages = _cache() / "packages"
        (packages / "partial").mkdir(parents=True, exist_ok=True)
        apt = _own_lists(packages)
        _quietly(["apt-get", *apt, "update"])
        if missing := _missing(apt):
            _quietly(["apt-get", *apt, "download", *missing], cwd=packages)
        for package in packages.glob("*.deb"):
            _quietly(["dpkg", "--extract", str(package), str(_root())])
            package.unlink()


def _own_lists(folder: Path) -> list[str]:
    lists = folder / "lists" / "partial"
    lists.mkdir(parents=True, exist_ok=True)
    return [
        "-o",
        f"Dir::State::lists={lists.parent}",
        "-o",
        f"Dir::Cache={folder}",
        "-o",
        "Debug::NoLocking=1",
    ]


def _missing(apt: Sequence[str]) -> list[str]:
    """Return what installing chromium would bring, as apt works it out from what is there already."""
    command = ["apt-get", *apt, "install", "--simulate", "--no-install-recommends", *_PACKAGES]
    plan = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return [line.split()[1] for line in plan.splitlines() if line.startswith("Inst ")]


def _quietly(command: Sequence[str], cwd: Path | None = None) -> None:
    """Run a program for its effect: whether it helped shows in what is there afterwards."""
    log = _cache() / "provide.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as file:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(
            command, cwd=cwd, env=quiet, stdin=subprocess.DEVNULL, stdout=file, stderr=file, check=False
        )


def _cache() -> Path:
    return environment.data_dir() / ".cache" / "chromium"


def _root() -> Path:
    return _cache() / "root"


def _unpacked() -> Path | None:
    program = _root() / "usr" / "lib" / "chromium" / "chromium"
    return program if program.exists() else None


def _library_folders() -> list[Path]:
    triplet = f"{platform.machine()}-linux-gnu"
    inside = ("usr/lib/chromium", f"usr/lib/{triplet}", f"lib/{triplet}", f"usr/lib/{triplet}/pulseaudio")
    return [folder for name in inside if (folder := _root() / name).is_dir()]


def _write_fonts() -> Path:
    """Write the fontconfig file by which Chinese is shown even where no font for it is installed."""
    specs = [find_spec(name) for name in _FONT_PACKAGES]
    folders = [Path(spec.origin).parent for spec in specs if spec and spec.origin]
    text = _FONTS.format(
        folders="\n  ".join(f"<dir>{folder}</dir>" for folder in folders), cache=_cache() / "fonts"
    )
    path = _cache() / "fonts.conf"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        (_cache() / "fonts").mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    return path


if __name__ == "__main__":
    try:
        say.note(f"Browser: {provide().executable}")
    except NoBrowser as error:
        say.failure(str(error))
        sys.exit(1)
