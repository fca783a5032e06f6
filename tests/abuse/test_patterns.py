"""Every regular expression of the product is bounded on whatever is typed: no text makes one take long.

Each is found by walking the modules, and run as it is used on long runs of signs and on texts that nearly fit
it. What it takes is held against one plain pass over the same text, on this machine, now.
"""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from re import _constants as kinds
from re import _parser as parser
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

import accounts
import cors
import reports
from reports import csv_files, terms
from reports.export import hundred_block
from reports.intake.likeness import sketch
from reports.models.catalogue import fill_placeholders
from reports.review.filters import FILTERS
from reports.review.masking import Mask
from reports.review.search_forms import SearchForm
from reports.sections.fields import plain_number
from reports.translating import machine

SIZES = (20, 2_000, 100_000)
# No server hands on a longer one.
OF_ADDRESSES = (20, 2_000, 4_000)
# A sign that fits costs some hundred times one passed over; what grows with a text's square, a hundred thousand.
MOST = 1_500
# Below it nothing is measured but the clock.
SHORTEST = 0.02
RUNS = ["a", "1", " ", "\n", "-", "é", "漢", "/", "1 ", "a ", "a@", "{a", " \n"]
# At the end of a text nothing fits them; one counts as a blank.
SPOILT = ("\x01", "!\n")
# Read what operators or files of ours say, never what anybody types.
OURS = {
    "reports.management.commands.makemessages",
    "reports.catalogue.extract",
    "reports.demo.people",
    "reports.demo.translated",
}


# --- Every pattern -----------------------------------------------------------------------------------
@cache
def trees() -> dict[str, ast.Module]:
    """Return the parsed source of every module of the product."""
    found = {}
    for package in (accounts, cors, reports):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            spec = module.module_finder.find_spec(module.name)  # type: ignore[call-arg, union-attr]
            if spec and spec.origin and ".migrations" not in module.name and module.name not in OURS:
                found[module.name] = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    return found


Patterns = dict[str, tuple[re.Pattern[str], frozenset[str]]]


def patterns() -> Patterns:
    """Return every pattern by where it stands, with the methods it is used with."""
    found: Patterns = {}
    for name, tree in trees().items():
        found |= dict(named(name, tree)) | dict(unnamed(name, tree))
    for key, each in FILTERS.items():
        found[f"filter.{key}"] = (re.compile(each.pattern), frozenset({"fullmatch"}))
    for pattern in addresses(get_resolver()):
        found[f"address.{pattern.pattern}"] = (pattern, frozenset({"search"}))
    return {name: each for name, each in found.items() if isinstance(each[0].pattern, str)}


Found = Iterator[tuple[str, tuple[re.Pattern[str], frozenset[str]]]]


def named(name: str, tree: ast.Module) -> Found:
    """Yield the patterns that are values of a module."""
    if any(call.func.attr == "compile" for call in calls(tree, "re")):  # type: ignore[attr-defined]
        for attribute, value in vars(importlib.import_module(name)).items():
            for number, pattern in enumerate(compiled(value)):
                yield f"{name}.{attribute}.{number}", (pattern, methods(tree, attribute))


def unnamed(name: str, tree: ast.Module) -> Found:
    """Yield the patterns that stand where they are used."""
    for call in calls(tree, "re"):
        method, pattern = call.func.attr, call.args[0]  # type: ignore[attr-defined]
        if method != "compile" and isinstance(pattern, ast.Constant):
            yield f"{name}:{call.lineno}", (re.compile(str(pattern.value)), frozenset({method}))


def compiled(value: Any) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that a module's value is or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from compiled(each)
    elif isinstance(value, dict):
        yield from compiled(list(value.values()))


def calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    """Yield the calls of a method of what has this name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == name:
            yield node


METHODS = {"match", "fullmatch", "search", "sub", "findall", "finditer", "split"}


def methods(tree: ast.Module, attribute: str) -> frozenset[str]:
    """Return with which methods a module uses its pattern of this name; where that is not seen, with all."""
    named = {call.func.attr for call in calls(tree, attribute)}  # type: ignore[attr-defined]
    return frozenset(named & METHODS or {"fullmatch", "sub"})


def addresses(resolver: URLResolver) -> Iterator[re.Pattern[str]]:
    """Yield the patterns of every address."""
    for entry in resolver.url_patterns:
        if (pattern := getattr(entry.pattern, "regex", None)) is not None:
            yield pattern
        if isinstance(entry, URLResolver):
            yield from addresses(entry)
        else:
            assert isinstance(entry, URLPattern)


# --- Hostile texts -----------------------------------------------------------------------------------
def bodies(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands before each repeated part, and a text that the part fits."""
    yield from _repeated(list(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)), "")


def _repeated(nodes: list[Any], before: str) -> Iterator[tuple[str, str]]:
    for kind, value in nodes:
        if kind in {kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT}:
            yield before, _sample(value[2]) or "a"
            yield from _repeated(list(value[2]), before)
        elif kind is kinds.SUBPATTERN:
            yield from _repeated(list(value[3]), before)
        elif kind is kinds.BRANCH:
            for branch in value[1]:
                yield from _repeated(list(branch), before)
        before += _sample([(kind, value)])


def _sample(nodes: Any) -> str:
    return "".join(_one(kind, value) for kind, value in nodes)


CATEGORIES = {
    kinds.CATEGORY_DIGIT: "1",
    kinds.CATEGORY_SPACE: " ",
    kinds.CATEGORY_WORD: "a",
    kinds.CATEGORY_NOT_DIGIT: "a",
    kinds.CATEGORY_NOT_SPACE: "a",
    kinds.CATEGORY_NOT_WORD: " ",
}


def _one(kind: Any, value: Any) -> str:
    """Return a text that one part of a pattern fits, "" where the text says nothing of it."""
    made = SAMPLES.get(kind)
    return made(value) if made else ""


def _one_of(members: Any) -> str:
    if members[0][0] is kinds.NEGATE:
        return next(sign for sign in "a1 .~" if not re.match(f"[{re.escape(_signs(members[1:]))}]", sign))
    kind, value = members[0]
    return chr(value[0]) if kind is kinds.RANGE else _one(kind, value)


def _signs(members: Any) -> str:
    return "".join(chr(value) if kind is kinds.LITERAL else "" for kind, value in members) or "\x01"


SAMPLES: dict[Any, Callable[[Any], str]] = {
    kinds.LITERAL: chr,
    kinds.CATEGORY: CATEGORIES.__getitem__,
    kinds.IN: _one_of,
    kinds.SUBPATTERN: lambda value: _sample(value[3]),
    kinds.BRANCH: lambda value: _sample(value[1][0]),
    kinds.ANY: lambda value: "a",
    kinds.NOT_LITERAL: lambda value: "a",
    **dict.fromkeys(
        [kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT],
        lambda value: _sample(value[2]) * max(1, min(value[0], 50)),
    ),
}


def texts(size: int, parts: list[tuple[str, str]]) -> Iterator[str]:
    """Yield long texts: runs, and parts repeated behind what must stand before them, each spoilt at its end."""
    for number, (before, part) in enumerate([*parts, *(("", run) for run in RUNS)]):
        yield before + (part * (size // len(part) + 1))[:size] + SPOILT[number % len(SPOILT)]


# --- What it takes -----------------------------------------------------------------------------------
PLAIN = re.compile("[^\x02]*")


def seconds(step: Callable[[str], Any], text: str) -> float:
    """Return the processor's time, so that others on the machine do not count."""
    begun = time.process_time()
    step(text)
    return time.process_time() - begun


def too_long(step: Callable[[str], Any], text: str) -> bool:
    """Tell whether a step takes more than so many plain passes over a text. Whoever was disturbed may try again."""
    for _try in range(3):
        taken = seconds(step, text)
        if taken < SHORTEST or taken < MOST * max(seconds(PLAIN.fullmatch, text) for _each in range(3)):
            return False
    return True


def check(step: Callable[[str], Any], parts: list[tuple[str, str]], sizes: Sequence[int] = SIZES) -> None:
    for size in sizes:
        slow = [text[:12] for text in texts(size, parts) if too_long(step, text)]
        assert slow == [], f"too slow already with {size} signs"


def doing(pattern: re.Pattern[str], method: str) -> Callable[[str], Any]:
    """Return the method as a step that goes through the whole text."""
    if method == "finditer":
        return pattern.findall
    return (lambda text: pattern.sub("", text)) if method == "sub" else getattr(pattern, method)


FOUND = patterns()


def test_the_patterns_are_found() -> None:
    assert len(FOUND) > 60
    assert {"reports.terms.UNSPACED.0", "filter.shares", "reports.csv_files.PHONE.0"} <= FOUND.keys()


@pytest.mark.parametrize("name", FOUND)
def test_no_text_makes_a_pattern_take_long(name: str) -> None:
    pattern, used = FOUND[name]
    parts = list(dict.fromkeys(bodies(pattern)))
    for method in used:
        check(doing(pattern, method), parts, OF_ADDRESSES if name.startswith("address.") else SIZES)


PARTS = {"person": {"name": "Ana Maria Flores", "phone": "+1 213 555 0142", "email": "ana@example.org"}}
# What many patterns do together, or what is built anew for each report: a sign at a time, in Python.
STEPS: dict[str, Callable[[str], Any]] = {
    "words": lambda text: list(terms.words(text)),
    "name": lambda text: list(terms.name(text)),
    "phone": lambda text: list(terms.phone(text)),
    "identifier": lambda text: list(terms.identifier("x", text)),
    "sketch": sketch,
    "mask": Mask(PARTS),
    "csv": csv_files.safe,
    "block": hundred_block.cut,
    "search": lambda text: SearchForm({"text": text}).is_valid(),
    "machine": lambda text: list(machine.pieces(text, 2_000)),
    "placeholders": fill_placeholders,
    "number": plain_number,
}
HOSTILE = ["a", "1", " ", "-", "漢", "é", "a ", "1 ", "213 555 0142 ", "ana@", "Ana Maria ", "+1 (213) ", "a@a."]


@pytest.mark.parametrize("name", STEPS)
def test_a_step_takes_no_longer_than_its_text_is_long(name: str) -> None:
    """Ten times the text takes some ten times as long, never a hundred times."""
    for part in HOSTILE:
        short, long = ((part * size)[:size] + "\x01" for size in (10_000, 100_000))
        for _try in range(3):
            taken = seconds(STEPS[name], long)
            if taken < SHORTEST or taken < 30 * seconds(STEPS[name], short):
                break
        else:
            pytest.fail(f"too slow: {part!r}")
