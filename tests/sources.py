"""The project's own source as trees, for tests that hold the house's habits."""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

BASE_DIR: Path = settings.BASE_DIR
CODE = ("reports", "accounts", "cors")
TEMPLATES = BASE_DIR / "templates"


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of ours by its path, such as "reports/states.py", with its tree."""
    return {
        path.relative_to(BASE_DIR).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for folder in CODE
        for path in sorted((BASE_DIR / folder).rglob("*.py"))
    }


def nodes(name: str) -> Iterator[ast.AST]:
    """Yield every node of one module."""
    return ast.walk(modules()[name])


def where(matches: Callable[[ast.AST], bool]) -> set[str]:
    """Return the modules with a node that matches; migrations aside."""
    return {name for name in modules() if "/migrations/" not in name and any(map(matches, nodes(name)))}


def imported(node: ast.AST) -> list[str]:
    """Return the dotted names that an import names: modules, and what is taken from them."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


@cache
def templates() -> dict[str, str]:
    """Return every template of ours by its name, such as "reports/status/show.html", with its text."""
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(TEMPLATES.rglob("*"))
        if path.is_file()
    }
