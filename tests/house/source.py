"""The tree as the house's tests read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tongban"
DOORS = {"portal", "workbench", "api", "console"}
FREE = {"lib", "design", *DOORS}


def files(*, tests: bool = False) -> list[Path]:
    """Return the package's source files, without migrations."""
    found = sorted(PACKAGE.rglob("*.py"))
    return [path for path in found if "migrations" not in path.parts and (tests or "tests" not in path.parts)]


def room_of(path: Path) -> str:
    """Return the room that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def rooms() -> set[str]:
    """Return the rooms that own tables."""
    return {path.parent.name for path in PACKAGE.glob("*/apps.py")} - FREE


def imports(path: Path) -> Iterator[str]:
    """Yield the full names of what a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the name and the number of lines of each function's body, without its docstring."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            yield f"{path.relative_to(ROOT)}:{node.name}", lines
