"""COPY says what the other way says, letter by letter, and leaves to it what could do harm."""

import csv
import io

import pytest
from django.db.models import QuerySet

from reports import csv_files
from reports.export import copying
from reports.export.columns import PLAIN
from reports.export.source import read
from reports.models import Area, Report
from tests.desk import another
from tests.reports.export.conftest import local

COLUMNS = [column for column in PLAIN if column.sql]


def slowly(reports: QuerySet[Report]) -> str:
    return "".join(csv_files.line(column.value(source) for column in COLUMNS) for source in read(reports, ["facts"]))


def test_all_columns_but_counted_codes_stand_in_the_database() -> None:
    assert {column.key for column in PLAIN} - {column.key for column in COLUMNS} == {
        "offence_code",
        "bias_codes",
        "property_codes",
    }


def test_it_is_the_same_letter_by_letter(march: Report) -> None:
    another(march, area=None, occurred_from=None, premise="", state="queued", decided_at=None, dr_number="")
    another(march, dr_number="26-1, a'b", occurred_from=local("2026-03-08T01:59"), hate_verdict="crime")
    another(march, dr_number="2", occurred_from=local("2026-11-01T01:30").replace(fold=1), is_anonymous=True)
    Area.objects.filter(number=1).update(name="Cañada, 한국 & Co.")
    reports = Report.objects.order_by("pk")
    written = copying.lines(COLUMNS, list(reports.values_list("pk", flat=True)))
    assert written.decode() == slowly(reports)
    assert len(list(csv.reader(io.StringIO(written.decode(), newline="")))) == 4


@pytest.mark.parametrize("number", ["=1+1", "@x", "-1+2", " 1", "\u200b=1", "＝1", '1"', "1\n=2", "é"])
def test_what_could_do_harm_goes_the_other_way(march: Report, number: str) -> None:
    Report.objects.update(dr_number=number)
    assert copying.lines(COLUMNS, [march.pk]) is None


def test_a_report_that_went_away_is_noticed(march: Report) -> None:
    gone = another(march, dr_number="3")
    ids = sorted([march.pk, gone.pk])
    gone.delete()
    with pytest.raises(LookupError):
        copying.lines(COLUMNS, ids)
