"""Tables of counts on paper."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.counts import wording
from reports.counts.tables import Row, Table
from reports.paper.script import printable
from reports.paper.typeset import STANDARD, fonts

HERE = Path(__file__).resolve().parent


def pdf(tables: list[Table], *, note: str = "") -> bytes:
    """Return tables as a PDF, one after the other; `note` stands under the first title."""
    import typst  # seven megabytes, for who sets a paper

    sheet = {
        "agency": printable(settings.AGENCY_NAME),
        "footer": _("Counted on %(day)s") % {"day": timezone.localtime().strftime("%B %-d, %Y, %H:%M")},
        "note": note,
        "tables": [_table(table) for table in tables],
    }
    data = json.dumps(sheet, ensure_ascii=False)
    return typst.compile(
        HERE / "tables.typ",
        root=HERE,
        font_paths=fonts(),
        sys_inputs={"sheet": data} | settings.PAPER_COLOURS,
        pdf_standards=[STANDARD],
    )


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": printable(wording.title(table.choice)),
        "lines": wording.lines(table),
        "headings": table.short_headings,
        "blocks": [
            {
                "name": printable(block.name),
                "rows": [_row(row) for row in block.rows],
                "total": _row(block.total),
            }
            for block in table.blocks
        ],
    }


def _row(row: Row) -> list[str]:
    return [printable(f"{row.unit} {row.name}".strip()), *row.words]
