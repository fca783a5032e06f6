"""COPY says what the other way says, letter by letter, and leaves to it what could do harm."""

import csv
import io
from collections.abc import Callable

import pytest
from django.db.models import QuerySet

from reports import csv_files
from reports.export import copying
from reports.export.columns import PLAIN
from reports.export.source import read
from reports.models import Area, CodedFact, Export, Report
from tests.desk import another
from tests.reports.export.conftest import local, rows

COLUMNS = PLAIN


def slowly(reports: QuerySet[Report]) -> str:
    sources = read(list(reports.values_list("pk", flat=True)), ["facts"])
    return "".join(csv_files.line(column.value(source) for column in COLUMNS) for source in sources)


def test_all_of_them_stand_in_the_database() -> None:
    assert copying.can_copy(PLAIN)


def test_it_is_the_same_letter_by_letter(march: Report) -> None:
    another(march, area=None, occurred_from=None, premise="", state="queued", decided_at=None, dr_number="")
    another(march, dr_number="26-1, a'b", occurred_from=local("2026-03-08T01:59"), hate_verdict="crime")
    another(march, dr_number="2", occurred_from=local("2026-11-01T01:30").replace(fold=1), is_anonymous=True)
    march.facts.bulk_create(
        CodedFact(report=march, kind=kind, code=code)
        for kind, codes in {"bias": ["33", "12", "12"], "property": ["77", "06"], "offence": ["13B", "13A"]}.items()
        for code in codes
    )
    Area.objects.filter(number=1).update(name="Cañada, 한국 & Co.")
    reports = Report.objects.order_by("pk")
    written = copying.lines(COLUMNS, list(reports.values_list("pk", flat=True)))
    assert written.decode() == slowly(reports)
    assert len(list(csv.reader(io.StringIO(written.decode(), newline="")))) == 4


@pytest.mark.parametrize("number", ["=1+1", "@x", "-1+2", " 1", "\u200b=1", "＝1", '1"', "1\n=2", "é"])
def test_it_stops_before_what_could_do_harm(march: Report, number: str) -> None:
    ids = sorted([march.pk, *(another(march, dr_number=f"26-{n}").pk for n in range(3))])
    Report.objects.filter(pk=ids[2]).update(dr_number=number)
    assert copying.lines(COLUMNS, ids).decode() == slowly(Report.objects.filter(pk__in=ids[:2]).order_by("pk"))


def test_a_doubtful_one_goes_the_other_way_and_the_rest_is_copied(march: Report, made: Callable[..., Export]) -> None:
    for number in ("26-2", "=1+1", "26-3"):
        another(march, dr_number=number)
    written = rows(made())
    assert [row["reference"] for row in written] == list(
        Report.objects.order_by("pk").values_list("reference", flat=True)
    )
    assert min(row["dr_number"] for row in written) == "'=1+1"


def test_a_report_that_went_away_is_noticed(march: Report) -> None:
    gone = another(march, dr_number="3")
    ids = sorted([march.pk, gone.pk])
    gone.delete()
    with pytest.raises(LookupError):
        copying.lines(COLUMNS, ids)
