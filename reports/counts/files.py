"""A table of counts as CSV, JSON, plain text and XLSX. All of them show the same; no cell is a formula."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings

from reports import csv_files
from reports.counts import wording
from reports.counts.choices import LAYOUTS, as_json
from reports.counts.figures import NOT_CALCULABLE, change_words
from reports.counts.tables import Block, Compared, Row, Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Sheets' names are limited to this.
LONGEST_NAME = 31


def lines(table: Table) -> Iterator[list[str]]:
    """Yield heading and unit with the cells as they are printed, the total last in each block."""
    for block in table.blocks:
        for row in [*block.rows, block.total]:
            yield [block.name, row.unit, *row.words]


def as_csv(table: Table) -> str:
    """Return the table as CSV. Names are made safe; our own headings and figures are no formulas as they stand."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(["category", "unit", *table.headings])
    for name, unit, *cells in lines(table):
        writer.writerow([csv_files.safe(name), csv_files.safe(unit), *cells])
    return written.getvalue()


def as_json_text(table: Table) -> str:
    """Return the table as JSON with its choice; a figure that is not known is null, as is a change that is not."""
    return json.dumps(shape(table), ensure_ascii=False, indent=1) + "\n"


def shape(table: Table) -> dict[str, Any]:
    """Return the table as plain data. A published week is frozen in this shape."""
    return {
        "title": wording.title(table.choice),
        "choice": as_json(table.choice),
        "columns": table.headings,
        "blocks": [_block(block) for block in table.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    rows = [_row(row) for row in block.rows]
    return {"what": block.what, "category": block.name, "rows": rows, "total": _row(block.total)}


def _row(row: Row) -> dict[str, Any]:
    return {"unit": row.unit, "name": row.name, "figures": [_pair(pair) for pair in row.pairs]}


def _pair(pair: Compared) -> dict[str, Any]:
    words = change_words(pair.current, pair.earlier)
    return {"current": pair.current, "earlier": pair.earlier, "difference": pair.diff, "change": words or None}


def as_text(table: Table) -> str:
    """Return the table for a terminal: names at the left, figures at the right."""
    said = [wording.title(table.choice), *wording.lines(table), ""]
    for block in table.blocks:
        rows = [*block.rows, block.total]
        grid = [["", *table.short_headings], *([f"{row.unit} {row.name}".strip(), *row.words] for row in rows)]
        widths = [max(map(len, column)) for column in zip(*grid, strict=True)]
        said.append(block.name)
        said += ["  " + "  ".join(_aligned(line, widths)).rstrip() for line in grid]
        said.append("")
    return "\n".join(said)


def _aligned(line: list[str], widths: list[int]) -> Iterator[str]:
    yield line[0].ljust(widths[0])
    yield from (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))


# --- XLSX -----------------------------------------------------------------------------
def as_xlsx(tables: list[Table], *, made_at: datetime) -> bytes:
    """Return tables as a workbook, a sheet each: figures as numbers, the change as a number shown in percent."""
    import xlsxwriter  # two megabytes, for who asks for a workbook

    written = io.BytesIO()
    # Rows go to the disk as they are written. They hold counts only.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": "Counts", "author": settings.AGENCY_NAME, "created": made_at.astimezone(UTC)})
        formats = _formats(book)
        for table in tables:
            sheet = book.add_worksheet(str(LAYOUTS[table.choice.layout].name)[:LONGEST_NAME])
            _fill(sheet, table, formats)
    return written.getvalue()


def _formats(book: "Workbook") -> "dict[str, Format]":
    percent = '0.0"%"'
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format({"font_color": "#52606a"}),
        "heading": book.add_format({"bold": True, "bottom": 1, "align": "right", "text_wrap": True}),
        "name": book.add_format({"bold": True, "bottom": 1}),
        "row": book.add_format({"align": "right"}),
        "percent": book.add_format({"align": "right", "num_format": percent}),
        "unit": book.add_format({}),
        "total": book.add_format({"bold": True, "align": "right", "bottom": 1}),
        "total percent": book.add_format({"bold": True, "align": "right", "bottom": 1, "num_format": percent}),
        "total unit": book.add_format({"bold": True, "bottom": 1}),
    }


def _fill(sheet: "Worksheet", table: Table, formats: "dict[str, Format]") -> None:
    notes = [wording.title(table.choice), *wording.lines(table)]
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 20)
    sheet.set_column(2, 1 + len(table.headings), 11)
    sheet.freeze_panes(len(notes) + 2, 2)
    for at, note in enumerate(notes):
        sheet.write_string(at, 0, csv_files.safe(note), formats["note" if at else "title"])
    top = len(notes) + 1
    for at, heading in enumerate(["Category", "Unit", *table.headings]):
        sheet.write_string(top, at, heading, formats["heading" if at > 1 else "name"])
    rows = [(block, row) for block in table.blocks for row in [*block.rows, block.total]]
    for at, (block, row) in enumerate(rows, start=top + 1):
        kind = "total " if row is block.total else ""
        sheet.write_string(at, 0, csv_files.safe(block.name), formats[f"{kind}unit"])
        sheet.write_string(at, 1, csv_files.safe(f"{row.unit} {row.name}".strip()), formats[f"{kind}unit"])
        for pair_at, pair in enumerate(row.pairs):
            _write_pair(sheet, at, 2 + 4 * pair_at, pair, formats, kind)


def _write_pair(
    sheet: "Worksheet", row: int, column: int, pair: Compared, formats: "dict[str, Format]", kind: str
) -> None:
    figure = formats[kind.strip() or "row"]
    for at, number in enumerate((pair.current, pair.earlier, pair.diff)):
        if number is None:
            sheet.write_blank(row, column + at, None, figure)
        else:
            sheet.write_number(row, column + at, number, figure)
    if pair.percent is not None:
        sheet.write_number(row, column + 3, pair.percent, formats[f"{kind}percent"])
    else:
        is_known = pair.diff is not None
        sheet.write_string(row, column + 3, NOT_CALCULABLE if is_known else "", figure)
