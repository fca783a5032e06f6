"""How reports become a file: for each format what a part holds, and how the parts become the whole as they are read."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from reports import csv_files
from reports.export import parts, workbook
from reports.export.columns import Column, Misfit
from reports.export.source import DOCUMENT, TEXTS, Source
from reports.export.table import chosen
from reports.models import Export, ExportPart, Origin
from reports.paper import sheets
from reports.paper.script import words
from reports.paper.typeset import Part, Row, Sheet, pdf, pdf_of_many
from reports.remembering import remembering
from reports.review.masking import Mask

Kind = ExportPart.Kind
BOM = b"\xef\xbb\xbf"
MISFIT_HEADINGS = ["reference", "column", "value", "why"]
ALL_REPORTS = "*"
# A part ends with the report that makes it so long, so that long words take no more memory than many rows.
MOST_BYTES = 4 * 2**20


@dataclass(frozen=True)
class Lines:
    """What one chunk of reports became: its part of the file, and a row for each value that does not fit."""

    body: bytes
    misfits: list[list[str]]


@dataclass(frozen=True)
class Maker:
    """One format: so many reports to a part, their bytes, the whole out of the parts, and what it is called.

    `most` is how many reports one file holds at most; `at_once` up to how many a request makes by itself, at most.
    """

    suffix: str
    content_type: str
    chunk: int
    body: Callable[[Export, list[Column], Iterable[Source]], Lines]
    join: Callable[[Export], Iterator[bytes]]
    most: int | None = None
    at_once: int | None = None
    needs: frozenset[str] = frozenset()


# --- Rows ---------------------------------------------------------------------------------------------
def values(columns: list[Column], source: Source, misfits: list[list[str]]) -> list[Any]:
    """Return a report's cells; what does not fit is empty there and goes to `misfits`."""
    cells = [*source.given, *[column.value(source) for column in columns[len(source.given) :]]]
    for at, cell in enumerate(cells):
        if type(cell) is Misfit:
            misfits.append([source.reference, columns[at].title, cell.value, str(cell.why)])
            cells[at] = ""
    if source.is_closed:
        misfits.append([source.reference, "", "", _("What was sealed of it cannot be opened any more.")])
    return cells


def _lines(
    columns: list[Column], sources: Iterable[Source], written: Callable[[list[Any]], bytes], *, cuts: bool = False
) -> Lines:
    """Return reports as lines, until these are as long as a part may be; the rest is for the next one.

    `cuts` says that a cell of this format may be too short for a value.
    """
    body = bytearray()
    misfits: list[list[str]] = []
    with remembering():
        for source in sources:
            cells = values(columns, source, misfits)
            misfits += _cut(columns, source, cells) if cuts else ()
            body += written(cells)
            if len(body) >= MOST_BYTES:
                break
    return Lines(bytes(body), misfits)


def _cut(columns: list[Column], source: Source, cells: list[Any]) -> Iterator[list[str]]:
    for column, cell in zip(columns, cells, strict=True):
        if workbook.is_cut(cell):
            yield [source.reference, column.title, "", _("Longer than a cell can be: it is cut.")]


def _csv(export: Export, columns: list[Column], sources: Iterable[Source]) -> Lines:
    return _lines(columns, sources, lambda cells: csv_files.line(cells).encode("utf-8", "replace"))


def _json(export: Export, columns: list[Column], sources: Iterable[Source]) -> Lines:
    titles = [column.title for column in columns]

    def written(cells: list[Any]) -> bytes:
        row = dict(zip(titles, cells, strict=True))
        return (json.dumps(row, ensure_ascii=False, default=_plain) + "\n").encode("utf-8", "replace")

    return _lines(columns, sources, written)


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else str(value)


def _xlsx(export: Export, columns: list[Column], sources: Iterable[Source]) -> Lines:
    return _lines(columns, sources, workbook.row, cuts=True)


# --- Papers ---------------------------------------------------------------------------------------------
def _sheet(export: Export, source: Source) -> Sheet:
    return sheets.desk(source.report, revealed=export.personal, further=_in_english(export, source))


def _in_english(export: Export, source: Source) -> Iterator[Part]:
    """Yield what happened in English, where it was written in another language and somebody translated it."""
    english, by = source.story_in_english
    if by in Origin.values:
        shown = Mask(source.parts, is_open=export.personal)(english)
        told = [words(value, settings.LANGUAGE_CODE) for value in shown.splitlines()]
        title, label = _("What happened, in English"), _("Translated by a %(who)s") % {"who": Origin(by).label}
        yield Part(words(title, "en"), [Row(words(label, "en"), told)], [])


def _papers(export: Export, columns: list[Column], sources: Iterable[Source]) -> Lines:
    """Return papers one behind the other, each with its name and length before it."""
    body, misfits = bytearray(), []
    for source in sources:
        if not source.parts:
            misfits.append([source.reference, "", "", _("What was sealed of it cannot be opened any more.")])
            continue
        paper = pdf(_sheet(export, source))
        body += f"{source.reference}.pdf {len(paper)}\n".encode() + paper
    return Lines(bytes(body), misfits)


def _one_paper(export: Export, columns: list[Column], sources: Iterable[Source]) -> Lines:
    all_of_them = list(sources)
    open_ones = [source for source in all_of_them if source.parts]
    why = _("What was sealed of it cannot be opened any more.")
    closed = [[source.reference, "", "", why] for source in all_of_them if not source.parts]
    papers = [_sheet(export, source) for source in open_ones]
    return Lines(pdf_of_many(papers) if papers else b"", closed)


def papers_of(body: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the papers of a part with their names."""
    file = io.BytesIO(body)
    while head := file.readline():
        name, _blank, length = head.decode().strip().partition(" ")
        yield name, file.read(int(length))


# --- The whole --------------------------------------------------------------------------------------------
def _joined(export: Export) -> Iterator[bytes]:
    for part in parts.of(export, Kind.ROWS):
        yield from parts.opened(export, part)


def _joined_csv(export: Export) -> Iterator[bytes]:
    headings = csv_files.line(column.title for column in chosen(export.columns))
    yield (BOM if export.with_bom else b"") + headings.encode()
    yield from _joined(export)


def _joined_workbook(export: Export) -> Iterator[bytes]:
    def pieces(kind: Kind) -> Iterator[workbook.Piece]:
        for part in parts.of(export, kind):
            yield workbook.Piece(part.rows, parts.opened(export, part))

    headings = [column.title for column in chosen(export.columns)]
    tables = [workbook.Table("Reports", headings, pieces(Kind.ROWS))]
    if export.misfits or always_misfits(export):
        rows = (workbook.Piece(1, [workbook.row(row)]) for row in misfit_rows(export))
        tables.append(workbook.Table("Does not fit", MISFIT_HEADINGS, rows))
    yield from workbook.stream(tables)


def _joined_papers(export: Export) -> Iterator[bytes]:
    """Yield a ZIP with a paper for each report. Papers are compressed already."""
    sink = workbook.Sink()
    with zipfile.ZipFile(sink, "w") as file:
        for part in parts.of(export, Kind.ROWS):
            for name, paper in papers_of(b"".join(parts.opened(export, part))):
                file.writestr(zipfile.ZipInfo(name, workbook.EPOCH), paper)
                yield from sink.taken()
    yield from sink.taken()


# --- What does not fit ---------------------------------------------------------------------------------------
def always_misfits(export: Export) -> list[list[str]]:
    """Return the rows about columns that no report can fill."""
    return [[ALL_REPORTS, column.title, "", str(column.never)] for column in chosen(export.columns) if column.never]


def misfit_body(rows: list[list[str]]) -> bytes:
    """Return rows as a part keeps them."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def misfit_rows(export: Export) -> Iterator[list[str]]:
    """Yield what does not fit, that of all reports first."""
    yield from always_misfits(export)
    for part in parts.of(export, Kind.MISFITS):
        for line in b"".join(parts.opened(export, part)).splitlines():
            yield json.loads(line)


def misfit_csv(export: Export) -> Iterator[bytes]:
    """Yield the list of what does not fit as a CSV of its own."""
    yield (BOM if export.with_bom else b"") + csv_files.line(MISFIT_HEADINGS).encode()
    for row in misfit_rows(export):
        yield csv_files.line(row).encode()


ZIP, PAPER = "application/zip", "application/pdf"
PAPERS = frozenset({DOCUMENT, TEXTS})
Format = Export.Format
MAKERS = {
    Format.CSV: Maker("csv", "text/csv; charset=utf-8", 2000, _csv, _joined_csv),
    Format.XLSX: Maker("xlsx", f"{workbook.MAIN}.sheet", 2000, _xlsx, _joined_workbook),
    Format.JSONL: Maker("jsonl", "application/x-ndjson; charset=utf-8", 2000, _json, _joined),
    Format.PDFS: Maker("zip", ZIP, 20, _papers, _joined_papers, most=20_000, at_once=20, needs=PAPERS),
    # One paper is set at once, so its length is bounded.
    Format.PDF: Maker("pdf", PAPER, 100, _one_paper, _joined, most=100, at_once=20, needs=PAPERS),
}


def maker(export: Export) -> Maker:
    """Return how an export is made."""
    return MAKERS[Format(export.format)]


def body(export: Export, columns: list[Column], sources: Iterable[Source]) -> Lines:
    """Return what reports become, in English as the whole staff side: the first of them, if all are too long."""
    with translation.override("en"):
        return maker(export).body(export, columns, sources)
