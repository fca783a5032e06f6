"""Cells that no spreadsheet takes for formulas, and lines that any spreadsheet reads."""

import csv
import itertools
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import csv_files
from reports.csv_files import safe


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "+12135550142",
        "+1-213-555-0142",
        "+1 213 555-0142",
        "+1 213 555 0142\n=1",
        "+1 (213) (A1)",
        "-1+1",
        "-(1)",
        "-A1",
        "-1 ",
        " -1",
        "-1\n",
        "－1",
        "-٣",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "|cmd",
        "%x",
        "＝1+1",
        "＋1",
        "＠x",
        "＝cmd|' /C calc'!A0",
        "'\"  ＝1",
        "  =1",
        "\u00a0=1",
        "\u3000=1",
        "'=1",
        '"=1',
        "\ufeff=1",
        "\u200b=1",
        "\u200e=1",
        "\u202b=1",
        "\u2060=1",
        "\x00=1",
        "\x0b=1",
        "\u2028=1",
        "﹦1",
        "﹢1",
        "⁺1",
        "₌1",
    ],
)
def test_what_could_begin_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "R-7K4M-93QX",
        "1+1=2",
        "a@example.org",
        "6th and Main",
        "¿Cuál?",
        "차 유리창",
        " words",
        "'quoted'",
        "—dash",
        "+1 213 555 0142",
        "+1 (213) 555 0142",
        "+82 2 555 0142",
        "-1",
        "-12.50",
        "-$1,250.00",
        "-13.6%",
    ],
)
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


@given(st.text())
def test_nothing_is_lost(text: str) -> None:
    assert safe(text) in {text, f"'{text}"}


@given(st.text(" \t\r\n\u00a0\u200b\ufeff\"'", max_size=5), st.sampled_from("=@＝＠"), st.text())
def test_nothing_before_a_formula_hides_it(before: str, start: str, text: str) -> None:
    assert safe(before + start + text).startswith("'")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1))
def test_a_line_is_read_as_it_was_written(cells: list[str]) -> None:
    assert next(csv.reader(StringIO(csv_files.line(cells), newline=""))) == [safe(cell) for cell in cells]


def test_a_line_takes_anything_that_has_words() -> None:
    assert csv_files.line([1, "a,b", 'say "x"', None, "=1"]) == '1,"a,b","say ""x""",None,\'=1\r\n'


def test_a_line_is_what_the_csv_module_writes() -> None:
    pieces = ["", "a", ",", '"', "\r", "\n", "\r\n", " ", "\t", ";", "'", "\u2028", "\x85", "=1"]
    cells = ["".join(pair) for pair in itertools.product(pieces, repeat=2)]
    for row in ([], [""], ["", ""], cells, *([cell] for cell in cells), [None, 5, True]):
        written = StringIO(newline="")
        csv.writer(written).writerow([safe(str(cell)) for cell in row])
        assert csv_files.line(row) == written.getvalue(), row
