"""The table as a file: the same figures in each, and no cell that a spreadsheet would run."""

import json
from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest
from pypdf import PdfReader

from reports.counts import files, paper
from reports.counts.choices import Choice
from reports.counts.tables import table
from reports.models import CountGroup
from tests.reports.counts.conftest import Make

AS_OF = date(2026, 11, 21)
MADE = datetime(2026, 11, 23, 14, tzinfo=UTC)
HOSTILE = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "＝1+1", "'=1", '"=1"', "%0", '=HYPERLINK("http://x")']


@pytest.fixture
def one_less(make: Make) -> None:
    """One report this year, three last year: -2, -66.7%."""
    for at in ("2026-05-05T12:00", "2025-05-05T12:00", "2025-05-06T12:00", "2025-05-07T12:00"):
        make(at)


def test_csv_has_plain_hyphens_and_headings(one_less: None) -> None:
    lines = files.as_csv(table(Choice(as_of=AS_OF, what="all"))).splitlines()
    assert lines[0] == "category,unit,YTD 2026,YTD 2025,# DIFF,% Change"
    assert lines[1] == "All reports,OCB,1,3,-2,-66.7%"


def test_json_names_what_is_not_calculable(one_less: None) -> None:
    made = json.loads(files.as_json_text(table(Choice(as_of=AS_OF, what="all"))))
    assert made["columns"] == ["YTD 2026", "YTD 2025", "# DIFF", "% Change"]
    rows = {row["unit"]: row["figures"][0] for row in made["blocks"][0]["rows"]}
    assert rows["OCB"] == {"current": 1, "earlier": 3, "difference": -2, "change": "-66.7%"}
    assert rows["OSB"] == {"current": 0, "earlier": 0, "difference": 0, "change": "NC"}


def test_xlsx_holds_numbers(one_less: None) -> None:
    made = table(Choice(as_of=AS_OF, what="all"))
    sheet = openpyxl.load_workbook(BytesIO(files.as_xlsx([made], made_at=MADE))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(at for at, row in enumerate(rows) if row[0] == "Category")
    assert rows[head][2:] == ["YTD 2026", "YTD 2025", "# DIFF", "% Change"]
    assert rows[head + 1] == ["All reports", "OCB", 1, 3, -2, -66.7]
    assert rows[head + 2] == ["All reports", "OSB", 0, 0, 0, "NC"]
    assert sheet.cell(head + 2, 6).number_format == '0.0"%"'


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_is_a_formula(one_less: None, name: str) -> None:
    CountGroup.objects.create(name=name, report_types=["lost-property"])
    made = table(Choice(as_of=AS_OF, what="group"))
    line = files.as_csv(made).splitlines()[1]
    assert line.lstrip('"').startswith("'")
    sheet = openpyxl.load_workbook(BytesIO(files.as_xlsx([made], made_at=MADE))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_paper_says_the_same(one_less: None) -> None:
    CountGroup.objects.create(name="Übergriffe – ბ 犯罪 \U00013000", report_types=["lost-property"])
    made = [table(Choice(as_of=AS_OF, what=what)) for what in ("all", "group")]
    pages = PdfReader(BytesIO(paper.pdf(made))).pages
    text = " ".join(page.extract_text() for page in pages)
    assert "Year to date until November 21, 2026" in text
    assert "-66.7%" in text
    assert "[U+13000]" in text
    assert len(pages) == 2
