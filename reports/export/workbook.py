"""A workbook (XLSX) written as a stream: no cell is a formula, no byte of it lies unsealed on a disk.

The usual writers of workbooks keep their rows in temporary files in the clear. Here a row is made as XML once, sealed
as every part of an export is, and the file is put together while it is read. A cell is a number or a text ("inline
string"), never a formula; what its letters could become elsewhere, `csv_files.safe` takes care of.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reports import csv_files

# What a sheet holds, headings included, and what a cell holds.
MOST_ROWS = 1_048_576
MOST_LETTERS = 32_767
CUT = " […]"
# Cells are of the kind "text", so that one stays text when somebody edits it.
NUMBER, TEXT, HEADING = 0, 1, 2
# Signs that XML does not know are written by their numbers, and so is what would read like that.
UNKNOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x(?=[0-9A-Fa-f]{4}_)")
# The beginning of time for a ZIP: the same rows make the same bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)
SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
    '<cols><col min="1" max="200" width="20" customWidth="1"/></cols><sheetData>'
)
SHEET_END = "</sheetData></worksheet>"
FONT = '<sz val="11"/><name val="Calibri"/>'
CELL = 'fillId="0" borderId="0"'
AS_TEXT = 'numFmtId="49" xfId="0" applyNumberFormat="1"'
STYLES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    f'<fonts count="2"><font>{FONT}</font><font><b/>{FONT}</font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" {CELL}/></cellStyleXfs>'
    f'<cellXfs count="3"><xf numFmtId="0" xfId="0" fontId="0" {CELL}/><xf {AS_TEXT} fontId="0" {CELL}/>'
    f'<xf {AS_TEXT} fontId="1" {CELL} applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True)
class Piece:
    """Some rows of a sheet as XML, and how many they are."""

    rows: int
    chunks: Iterable[bytes]


@dataclass(frozen=True)
class Table:
    """Headings, and rows in pieces. More rows than a sheet holds go on in a further sheet under the same headings."""

    name: str
    headings: list[str]
    pieces: Iterable[Piece]


def row(cells: Iterable[Any], *, style: int = TEXT) -> bytes:
    """Return one row as XML."""
    return f"<row>{''.join(_cell(cell, style) for cell in cells)}</row>".encode()


def _cell(value: Any, style: int) -> str:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f'<c s="{NUMBER}"><v>{value}</v></c>'
    text = csv_files.safe(str(value))
    if not text:
        return "<c/>"
    if len(text) > MOST_LETTERS:
        text = text[: MOST_LETTERS - len(CUT)] + CUT
    shown = escape(UNKNOWN.sub(_named, text)).replace("\r", "&#13;")
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'


def is_cut(value: Any) -> bool:
    """Tell whether a cell cannot hold the whole of a value; it says so itself, and the list of misfits names it."""
    return isinstance(value, str) and len(csv_files.safe(value)) > MOST_LETTERS


def _named(found: re.Match[str]) -> str:
    return f"_x{ord(found[0][0]):04X}_" + found[0][1:]


def stream(tables: list[Table], *, most_rows: int = MOST_ROWS) -> Iterator[bytes]:
    """Yield a whole workbook. No more of it than one chunk is held in memory."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w") as file:
        names: list[str] = []
        for table in tables:
            for number, pieces in enumerate(_sheets(table, most_rows - 1), start=1):
                names.append(table.name if number == 1 else f"{table.name} {number}")
                with file.open(_info(f"xl/worksheets/sheet{len(names)}.xml"), "w", force_zip64=True) as sheet:
                    sheet.write(SHEET.encode() + row(table.headings, style=HEADING))
                    for piece in pieces:
                        for chunk in piece.chunks:
                            sheet.write(chunk)
                            yield from sink.taken()
                    sheet.write(SHEET_END.encode())
                yield from sink.taken()
        for name, text in _frame(names).items():
            file.writestr(_info(name), text)
    yield from sink.taken()


def _sheets(table: Table, most_rows: int) -> Iterator[Iterator[Piece]]:
    """Part the pieces so that each sheet has what it holds. There is always one sheet."""
    pieces = iter(table.pieces)
    held: list[Piece] = []

    def of_sheet() -> Iterator[Piece]:
        left = most_rows
        while piece := (held.pop() if held else next(pieces, None)):
            if piece.rows > left:
                held.append(piece)
                return
            left -= piece.rows
            yield piece

    yield of_sheet()
    while held:
        yield of_sheet()


class Sink:
    """What a ZIP is written to: it hands on what came, and cannot go back."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        """Keep bytes until they are taken."""
        self._chunks.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: what was written is there."""

    def close(self) -> None:
        """Do nothing."""

    def taken(self) -> list[bytes]:
        """Return what came since the last time."""
        chunks, self._chunks = self._chunks, []
        return chunks


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _frame(names: list[str]) -> dict[str, str]:
    """Return the other members of the package."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(name[:31])} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{MAIN}.worksheet+xml"/>'
        for number in numbers
    )
    return {
        "xl/styles.xml": STYLES,
        "xl/workbook.xml": f'{head}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{PACKAGE}/relationships">{links}<Relationship '
        f'Id="rId{len(names) + 1}" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "_rels/.rels": f'{head}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": f'{head}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{MAIN}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{MAIN}.styles+xml"/>{kinds}</Types>',
    }
