"""The earlier report that a supplement names."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports import terms
from reports.sections import SECTIONS
from tests.reports.sections.conftest import shown
from tests.resident import ANSWERS, Receipt, Resident


@pytest.mark.parametrize("number", ["R-7K4M-93QX", "r7k4m93qx", "26-01-12345", "DR 260112345", "about 2019, no number"])
def test_it_takes_a_number_of_any_kind_as_typed(document, number: str) -> None:
    part = document("original", "supplement", number=number)
    assert part == {"number": number}
    assert shown("original", part) == [("Earlier report", number, False)]


def test_it_takes_other_words_instead(document) -> None:
    part = document("original", "supplement", other="in May, by Ana Flores")
    assert shown("original", part) == [("How to find the earlier report", "in May, by Ana Flores", True)]


def test_it_needs_one_of_the_two(errors) -> None:
    said = "Give the number, or tell us below what helps us to find the report."
    assert errors("original", "supplement", number=" ") == {"number": [said]}


def test_it_is_found_by_the_number_however_written(document) -> None:
    found = set(SECTIONS["original"].terms(document("original", "supplement", number="R-7K4M-93QX")))
    assert set(terms.identifier("report", "r7k4m 93qx")) <= found


def test_it_tells_nobody_whether_a_reference_exists(resident: Resident, receipt: Receipt) -> None:
    seen = []
    for number in (receipt.reference, "R-2222-2222"):
        draft = resident.begin("supplement")
        with CaptureQueriesContext(connection) as captured:
            answer = resident.fill(draft, "original", {"number": number})
            page = resident.client.get(resident.url("intake:step", draft, "original")).text
        asked = [query["sql"] for query in captured]
        assert not any('reports_report"' in sql for sql in asked)
        seen.append((answer.status_code, len(asked), len(re.sub(r'name="csrf[^>]*>', "", page))))
    assert seen[0] == seen[1]


def test_a_supplement_is_sent_with_either(resident: Resident, receipt: Receipt) -> None:
    for number in (receipt.reference, "R-2222-2222"):
        report = resident.file("supplement", original={"number": number}).report
        assert report.report_type.slug == "supplement"
        assert report.area.number == int(ANSWERS["supplement"]["where"]["area"])
