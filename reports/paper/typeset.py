"""Setting a sheet: its data and our fonts in, a PDF out. Nothing that was typed is ever read as mark-up."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

from reports.paper.script import Words

if TYPE_CHECKING:
    from typst import Fonts

HERE = Path(__file__).resolve().parent
# Tagged for screen readers; and the standard refuses a sign without a shape, so that none is ever left out unseen.
STANDARD: Final = "ua-1"


@dataclass(frozen=True)
class Row:
    """One answer: its label, and its value line by line."""

    label: Words
    value: list[Words]


@dataclass(frozen=True)
class Part:
    """A heading with answers beneath it, or with plain lines."""

    title: Words
    rows: list[Row]
    lines: list[Words]


@dataclass(frozen=True)
class Sheet:
    """What stands on the paper, from top to bottom. `language` and `dir` are those of the whole page."""

    language: str
    dir: str
    agency: Words
    title: Words
    lead: list[Words]
    number_label: Words
    number: str
    facts: list[Row]
    parts: list[Part]


def pdf(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF: the same bytes for the same sheet. No font of the system is asked."""
    return pdf_of_many([sheet])


def pdf_of_many(sheets: list[Sheet]) -> bytes:
    """Return several sheets one behind the other as one PDF, each with its own number at the foot of its pages."""
    import typst  # seven megabytes, for who sets a paper

    data = json.dumps([asdict(sheet) for sheet in sheets], ensure_ascii=False)
    return typst.compile(
        HERE / "report.typ",
        root=HERE,
        font_paths=fonts(),
        sys_inputs={"sheets": data} | settings.PAPER_COLOURS,
        pdf_standards=[STANDARD],
    )


@cache
def fonts() -> "Fonts":
    """Return the fonts of this folder, read once for each process."""
    import typst  # see above

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"])
