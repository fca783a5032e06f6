"""The vendored fonts: whole, licensed, and as wide as COVERAGE says.

`KEEP_COVERAGE=True .venv/bin/pytest tests/reports/paper/test_fonts.py` writes COVERAGE and CHECKSUMS.sha256 anew.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import to_locale
from fontTools.ttLib import TTCollection, TTFont

from reports.paper.script import printable
from reports.paper.typeset import fonts

FOLDER = Path(settings.BASE_DIR) / "reports" / "paper" / "fonts"
KEEP = os.environ.get("KEEP_COVERAGE") == "True"
MOST_MEGABYTES = 40


def faces() -> Iterator[TTFont]:
    for path in sorted(FOLDER.glob("*.tt[fc]")):
        yield from TTCollection(path).fonts if path.suffix == ".ttc" else [TTFont(path)]


def covered() -> str:
    """Return the code points of all fonts together as lines of first-last."""
    ranges: list[list[int]] = []
    for point in sorted({point for face in faces() for point in face.getBestCmap()}):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{first:X}-{last:X}\n" for first, last in ranges)


def checksums() -> str:
    files = sorted(path for path in FOLDER.iterdir() if path.name != "CHECKSUMS.sha256")
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


def test_coverage_is_what_the_fonts_cover() -> None:
    found = covered()
    if KEEP:
        (FOLDER / "COVERAGE").write_text(found)
    assert (FOLDER / "COVERAGE").read_text() == found


def test_the_fonts_are_the_ones_that_were_checked_in() -> None:
    if KEEP:
        (FOLDER / "CHECKSUMS.sha256").write_text(checksums())
    assert (FOLDER / "CHECKSUMS.sha256").read_text() == checksums()


def test_they_are_small_enough_and_come_with_their_licence() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < MOST_MEGABYTES * 1_000_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "OFL.txt").read_text()


def test_the_paper_names_every_family_that_is_there() -> None:
    template = (FOLDER.parent / "report.typ").read_text()
    families = {family for family in fonts().families() if "CJK" not in family}
    named = {
        name for family in families for name in (family, family.removeprefix("Noto Sans ")) if f'"{name}"' in template
    }
    assert {family for family in families if not {family, family.removeprefix("Noto Sans ")} & named} == set()


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_they_draw_every_text_of_the_catalogues(language: str) -> None:
    file = settings.BASE_DIR / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po"
    texts = "".join(file.read_text(encoding="utf-8").splitlines())
    assert re.findall(r"\[U\+[0-9A-F]+\]", printable(texts)) == []
