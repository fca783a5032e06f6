"""A table of counts as its page shows it: each figure with the address of its reports."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reports.counts.choices import HISTORY, Choice
from reports.counts.tables import Block, Compared, Row, Table


@dataclass(frozen=True)
class Shown:
    """One cell: its words, where its reports are listed, and how it looks."""

    words: str
    url: str = ""
    begins_pair: bool = False


@dataclass(frozen=True)
class ShownRow:
    """One row; `is_total` is the last one of its block."""

    unit: str
    name: str
    cells: list[Shown]
    is_total: bool = False

    @property
    def html(self) -> SafeString:
        """The cells as the table holds them. Hundreds of turns of a template take longer than all the counting."""
        return format_html_join(
            "",
            '<td class="figure{}">{}</td>',
            (
                (
                    " begins-pair" if cell.begins_pair else "",
                    format_html('<a href="{}">{}</a>', cell.url, cell.words) if cell.url else cell.words,
                )
                for cell in self.cells
            ),
        )


@dataclass(frozen=True)
class ShownBlock:
    """One heading; `url` shows it alone."""

    name: str
    url: str
    rows: list[ShownRow]


def shown(table: Table) -> list[ShownBlock]:
    """Return the blocks of a table with their addresses."""
    return [_block(table.choice, block) for block in table.blocks]


def address(choice: Choice) -> str:
    """Return the address of a table."""
    return f"{reverse('counts:table')}?{urlencode(choice.words())}"


def _block(choice: Choice, block: Block) -> ShownBlock:
    one = replace(choice, what=block.what)
    behind = "" if choice.of == HISTORY else f"{reverse('counts:reports')}?{urlencode(one.words())}"
    rows = [_row(behind, row, row.unit) for row in block.rows]
    total = replace(_row(behind, block.total, ""), is_total=True)
    return ShownBlock(block.name, address(one) if block.what != choice.what else "", [*rows, total])


def _row(behind: str, row: Row, unit: str) -> ShownRow:
    """Return a row. `behind` is where its block's reports are listed, up to what names a cell; "" if they are not."""
    way = f"{behind}&{urlencode({'unit': unit})}" if behind else ""
    cells = [cell for at, pair in enumerate(row.pairs) for cell in _cells(way, at, pair)]
    return ShownRow(row.unit, row.name, cells)


def _cells(way: str, at: int, pair: Compared) -> list[Shown]:
    def of(figure: int | None, side: str) -> str:
        return f"{way}&pair={at}&side={side}" if figure and way else ""

    current, earlier, diff, change = pair.words
    return [
        Shown(current, of(pair.current, "now"), begins_pair=True),
        Shown(earlier, of(pair.earlier, "then")),
        Shown(diff),
        Shown(change),
    ]
