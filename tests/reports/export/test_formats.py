"""Each format, opened by a reader of its own: what was filed is in it, nothing is a formula, no letter is lost."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from accounts.models import User
from reports import csv_files
from reports.export import workbook
from reports.export.actions import name_of
from reports.models import Export, Report
from reports.translating.actions import write
from tests.desk import DR_NUMBER, another, approved
from tests.reports.export.conftest import content, rows
from tests.resident import STORY, Resident
from tests.resident import rows as several

FORMATS = Export.Format
# By hand: what somebody types, and what a cell shows. An apostrophe before it is what makes it harmless.
HOSTILE = {
    "=1+1": "'=1+1",
    '=HYPERLINK("http://x.example","look")': '\'=HYPERLINK("http://x.example","look")',
    "@SUM(A1)": "'@SUM(A1)",
    "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0",
    "-2+3": "'-2+3",
    "\t=1": "'\t=1",
    "\r=1": "'\r=1",
    "\n=1": "'\n=1",
    "＝1+1": "'＝1+1",
    "＋1": "'＋1",
    "－1": "'－1",
    "＠SUM(A1)": "'＠SUM(A1)",
    "'=1": "''=1",
    '"=1"': '\'"=1"',
    "  =1": "'  =1",
    "\u00a0=1": "'\u00a0=1",
    "\u200b=1": "'\u200b=1",
    "\ufeff=1": "'\ufeff=1",
    "+1 213 555 0142": "+1 213 555 0142",
    "-12.50": "-12.50",
    "1+1=2": "1+1=2",
    "Olvera, Ana": "Olvera, Ana",
}


def test_the_cells_are_those_of_the_table() -> None:
    assert {text: csv_files.safe(text) for text in HOSTILE} == HOSTILE


def hostile_workbook() -> bytes:
    piece = workbook.Piece(len(HOSTILE), [workbook.row([text]) for text in HOSTILE])
    return b"".join(workbook.stream([workbook.Table("Reports", ["text"], [piece])]))


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(hostile_workbook())).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert [str(cell.value).replace("\r\n", "\r") for cell in cells] == list(HOSTILE.values())


OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def convert(folder: Path, name: str, *options: str) -> None:
    """Let LibreOffice open a file and write it as one flat text in which formulas are seen."""
    own = f"-env:UserInstallation=file://{folder}/own"
    command = [str(OFFICE), own, "--headless", "--convert-to", "fods", *options, "--outdir", str(folder), name]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine: install libreoffice-calc-nogui")
def test_libreoffice_finds_no_formula() -> None:
    lines = "text\r\n" + "".join(csv_files.line([text]) for text in HOSTILE)
    with tempfile.TemporaryDirectory(prefix="cors-office-") as folder:
        here = Path(folder)
        (here / "a.csv").write_text(lines, encoding="utf-8", newline="")
        (here / "b.xlsx").write_bytes(hostile_workbook())
        # The import evaluates formulas, as a careless reader may have set it.
        convert(here, "a.csv", "--infilter=CSV:44,34,UTF8,1,,0,false,true,false,false,false,-1,true")
        convert(here, "b.xlsx")
        opened = [(here / name).read_text(encoding="utf-8") for name in ("a.fods", "b.fods")]
    assert [text.count("table:formula") for text in opened] == [0, 0]
    assert all("HYPERLINK" in text and "+1 213 555 0142" in text for text in opened)


def test_signs_that_no_workbook_knows_are_named_and_long_cells_are_cut_with_a_word() -> None:
    long = "x" * 40_000
    piece = workbook.Piece(1, [workbook.row(["a\x00\x1fb _x0041_ <&>", long, 5])])
    data = b"".join(workbook.stream([workbook.Table("Reports", ["a", "b", "c"], [piece])]))
    first, second, third = next(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True))
    assert openpyxl.utils.escape.unescape(first) == "a\x00\x1fb _x0041_ <&>"
    assert (len(second), second.endswith(" […]"), third) == (32_767, True, 5)
    assert workbook.is_cut(long)


@pytest.mark.parametrize(("pieces", "sheets"), [([], [0]), ([3, 3], [6]), ([3, 3, 1], [6, 1]), ([4, 4, 4], [4, 4, 4])])
def test_more_rows_than_a_sheet_holds_go_on_in_the_next(pieces: list[int], sheets: list[int]) -> None:
    made = (workbook.Piece(size, [workbook.row(["x"])] * size) for size in pieces)
    data = b"".join(workbook.stream([workbook.Table("Reports", ["a"], made)], most_rows=7))
    found = openpyxl.load_workbook(io.BytesIO(data))
    assert [sheet.max_row - 1 for sheet in found] == sheets
    assert {next(sheet.values)[0] for sheet in found} == {"a"}


# --- The files -----------------------------------------------------------------------------------------------
def test_csv_begins_with_a_mark_for_excel_where_it_is_wished(march: Report, made) -> None:
    plain, marked = content(made()), content(made(with_bom=True))
    assert marked == b"\xef\xbb\xbf" + plain
    assert plain.startswith(b"reference,dr_number,")


def test_the_proof_is_read_by_sha256sum(march: Report, made, tmp_path: Path) -> None:
    export = made()
    (tmp_path / name_of(export)).write_bytes(content(export))
    (tmp_path / "proof").write_bytes(content(export, "proof"))
    checked = subprocess.run(["sha256sum", "-c", "proof"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert checked.stdout == f"{name_of(export)}: OK\n"
    assert "# complete: yes\n# reports: 1\n" in content(export, "proof").decode()


def test_json_lines_hold_what_was_typed_as_it_is(olga: User, made) -> None:
    report = Resident().file("lost-property", narrative={"story": "=1+1 \u2028 누가"}).report
    Report.objects.update(state="queued")
    approved(report, olga)
    (line,) = content(made(kind=FORMATS.JSONL, preset="everything")).decode().removesuffix("\n").split("\n")
    told = json.loads(line)
    assert (told["narrative_original"], told["dr_number"], told["area"]) == ("=1+1 \u2028 누가", DR_NUMBER, 1)


def test_a_workbook_has_the_same_cells_as_the_csv(march: Report, made) -> None:
    another(march, dr_number="=1+1")
    export = made(kind=FORMATS.XLSX)
    sheet = openpyxl.load_workbook(io.BytesIO(content(export))).active
    cells = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    lines = list(csv.reader(io.StringIO(content(made()).decode(), newline="")))
    assert [[str(cell) for cell in row] for row in cells] == lines
    assert hashlib.sha256(content(export)).hexdigest() == export.checksum


def test_original_and_english_stand_side_by_side_each_labelled(olga: User, staff, made) -> None:
    mei = staff("mei", "translator", languages=["es"])
    english, spanish = Resident("en").file("lost-property").report, Resident("es").file("lost-property").report
    passage = spanish.passages.get(message=None)
    write(passage_id=passage.pk, words="My window was broken.", version=0, by=mei)
    Report.objects.update(state="queued")
    for number, report in enumerate((english, spanish)):
        approved(report, olga, dr_number=f"26000000{number}")
    told = {row["reference"]: row for row in rows(made(preset="translations"))}
    names = ("narrative_language", "narrative_original", "narrative_english", "narrative_english_by")
    assert [told[spanish.reference][name] for name in names] == ["es", STORY, "My window was broken.", "person"]
    assert [told[english.reference][name] for name in names] == ["en", STORY, STORY, "original"]


def test_messages_leave_in_both_languages(march: Report, made, olga: User) -> None:
    from reports.documents import keep_message

    keep_message(march, text="Where is it?", from_agency=True, by=olga, at=march.decided_at)
    keep_message(march, text="In the car.", from_agency=False, at=march.decided_at)
    (row,) = rows(made(preset="everything"))
    assert row["messages_original"] == (
        "2026-03-04T12:00-08:00 agency: Where is it?\n\n2026-03-04T12:00-08:00 resident: In the car."
    )
    assert row["messages_english"] == row["messages_original"]


@pytest.mark.parametrize("personal", [False, True])
def test_a_paper_for_each_report_or_all_in_one(march: Report, made, olga: User, personal: bool) -> None:
    other = Resident("ko").file("hate-incident").report
    Report.objects.filter(pk=other.pk).update(state="queued")
    approved(other, olga, dr_number="260000009")
    found = zipfile.ZipFile(io.BytesIO(content(made(kind=FORMATS.PDFS, personal=personal))))
    assert found.testzip() is None
    assert set(found.namelist()) == {f"{march.reference}.pdf", f"{other.reference}.pdf"}
    one = PdfReader(io.BytesIO(found.read(f"{march.reference}.pdf"))).pages
    merged = PdfReader(io.BytesIO(content(made(kind=FORMATS.PDF, personal=personal)))).pages
    text = " ".join(page.extract_text() for page in merged)
    assert all(number in text for number in (DR_NUMBER, "260000009"))
    assert (("ana@example.org" in text), ("Personal data is hidden" in text)) == (personal, not personal)
    assert len(merged) >= 2 * len(one)
    assert not [page for page in merged if len(page.extract_text()) < 40]


def test_a_formula_typed_by_a_resident_is_text_everywhere(olga: User, made) -> None:
    typed = {
        "narrative": {"story": '=HYPERLINK("https://example.org","look")'},
        "items": several({"kind": "75", "brand": "=cmd", "serial": "@x"}),
    }
    report = Resident().file("lost-property", **typed).report
    Report.objects.update(state="queued")
    approved(report, olga)
    sheet = openpyxl.load_workbook(io.BytesIO(content(made(kind=FORMATS.XLSX, preset="everything")))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f" or str(cell.value).startswith(("=", "@"))] == []
