"""The coordinator's list, and the numbers for the state."""

import csv
import io
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from reports.hate import queries
from reports.models import Area, AuditEvent, HateEscalation, Report
from reports.processing import actions as processing
from tests.desk import another
from tests.reports.hate.saying import CRIME, INCIDENT, NEITHER, classify, escalate
from tests.resident import Resident

LIST, COUNT = "/admin/hate/", "/admin/hate/count/"
HARBOR = {"area": "5"}


@pytest.fixture
def filed(resident: Resident) -> Report:
    """A hate incident in Central's queue."""
    report = resident.file("hate-incident").report
    processing.work()
    return Report.objects.get(pk=report.pk)


def listed(client, tab: str) -> list[str]:
    page = client.get(LIST, {"tab": tab})
    return [getattr(row, "report", row).reference for row in page.context["page"].object_list]


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("tab", ["due", "without", "classified"])
def test_it_takes_the_same_few_statements_however_many_rows(
    filed: Report, olga: User, cora: User, at_desk, tab: str, count: int
) -> None:
    for _each in range(count - 1):
        another(filed)
    for report in Report.objects.all():
        if tab == "due":
            escalate(report, olga)
        if tab == "classified":
            classify(report, cora, **INCIDENT)
    client = at_desk(cora)
    with CaptureQueriesContext(connection) as captured:
        assert len(listed(client, tab)) == count
    assert len(captured) == 8, [query["sql"][:100] for query in captured]


def test_what_is_due_first_stands_first_with_its_days(filed: Report, olga: User, cora: User, at_desk, settings) -> None:
    later = another(filed)
    escalate(later, olga)
    settings.CLASSIFICATION_DAYS = 2
    escalate(filed, olga)
    client = at_desk(cora)
    assert listed(client, "due") == [filed.reference, later.reference]
    page = client.get(LIST).text
    assert "2 working days left" in page
    assert "10 working days left" in page
    HateEscalation.objects.filter(report=filed).update(due_at=datetime.fromisoformat("2026-01-02T23:59:59-08:00"))
    assert "Overdue" in client.get(LIST).text


def test_each_report_stands_in_one_list(filed: Report, olga: User, cora: User, at_desk) -> None:
    client = at_desk(cora)
    assert [listed(client, tab) for tab in ("due", "without", "classified")] == [[], [filed.reference], []]
    escalate(filed, olga)
    assert [listed(client, tab) for tab in ("due", "without", "classified")] == [[filed.reference], [], []]
    classify(filed, cora, **NEITHER)
    assert [listed(client, tab) for tab in ("due", "without", "classified")] == [[], [], [filed.reference]]
    escalate(filed, olga)
    assert listed(client, "due") == [filed.reference]


def test_another_bureaus_reports_do_not_exist(filed: Report, olga: User, cora: User, curt: User, at_desk) -> None:
    escalate(filed, olga)
    classify(filed, cora, **CRIME)
    client = at_desk(curt)
    assert [listed(client, tab) for tab in ("due", "without", "classified")] == [[], [], []]
    assert totals(client.post(COUNT, {"year": filed.reported_at.year})) == (0, 0)


@pytest.mark.parametrize("role", Role)
def test_who_opens_it(staff, at_desk, role: Role) -> None:
    client = at_desk(staff("somebody", role, areas=[1]))
    may = role in {Role.COORDINATOR, Role.SUPERVISOR}
    year = timezone.localdate().year
    assert client.get(LIST).status_code == (200 if may else 403)
    assert client.post(COUNT, {"year": year}).status_code == (200 if may else 403)


def rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def totals(response) -> tuple[int, int]:
    of_all = [row for row in rows(response) if row["Counted by"] == "all"]
    assert len(of_all) == 12
    return sum(int(row["Hate crimes"]) for row in of_all), sum(int(row["Hate incidents"]) for row in of_all)


def test_crimes_and_incidents_are_counted_apart_by_the_month_in_which_they_came_in(
    filed: Report, olga: User, cora: User, at_desk
) -> None:
    """A report counts once in all however many biases it has, and as it is classified now."""
    moments = ["2025-12-31T23:30-08:00", "2026-01-01T00:10-08:00", "2026-01-31T23:59-08:00", "2026-12-31T23:59-08:00"]
    reports = [another(filed, reported_at=datetime.fromisoformat(at)) for at in moments]
    classify(reports[0], cora, **CRIME)
    classify(reports[1], cora, **CRIME | {"biases": ["21", "32"], "characteristics": ["religion", "association"]})
    classify(reports[2], cora, **CRIME)
    classify(reports[2], cora, **INCIDENT)
    classify(reports[3], cora, **INCIDENT)
    classify(reports[3], cora, **NEITHER)
    response = at_desk(cora).post(COUNT, {"year": 2026})
    assert response["Content-Disposition"] == 'attachment; filename="hate-2026.csv"'
    found = {
        (row["Month"], row["Counted by"], row["Code"]): (row["Name"], row["Hate crimes"], row["Hate incidents"])
        for row in rows(response)
    }
    counted = {key: value for key, value in found.items() if key[1] != "all" or value[1:] != ("0", "0")}
    assert counted == {
        ("2026-01", "all", ""): ("", "1", "1"),
        ("2026-01", "characteristic", "association"): ("Association with a person or group", "1", "0"),
        ("2026-01", "characteristic", "religion"): ("Religion", "1", "1"),
        ("2026-01", "bias", "21"): ("Jewish", "1", "1"),
        ("2026-01", "bias", "32"): ("Hispanic or Latino", "1", "0"),
        ("2026-01", "offence", "13C"): ("Intimidation", "1", "0"),
    }
    assert AuditEvent.objects.get(verb="hate.count").details == {"year": 2026}


def test_it_holds_numbers_only(filed: Report, cora: User, at_desk) -> None:
    classify(filed, cora, **CRIME, note="CANARY")
    text = b"".join(at_desk(cora).post(COUNT, {"year": filed.reported_at.year}).streaming_content).decode()
    for personal in (filed.reference, str(filed.pk), "CANARY", "cora", "Central"):
        assert personal not in text


def test_the_page_shows_the_year_that_was_chosen(filed: Report, cora: User, at_desk) -> None:
    old = another(filed, reported_at=datetime.fromisoformat("2024-05-05T12:00-07:00"))
    classify(old, cora, **INCIDENT)
    client = at_desk(cora)
    assert client.get(LIST, {"year": "2024"}).context["incidents"] == 1
    for odd in ("1999", "x", ""):
        assert client.get(LIST, {"year": odd}).status_code == 200
        assert client.post(COUNT, {"year": odd}).status_code == 302


def test_a_report_that_moves_to_another_bureau_is_counted_there(filed: Report, cora: User, curt: User, at_desk) -> None:
    classify(filed, cora, **CRIME)
    Report.objects.filter(pk=filed.pk).update(area=Area.objects.get(bureau__code="OVB", number=9))
    year = {"year": filed.reported_at.year}
    assert totals(at_desk(cora).post(COUNT, year)) == (0, 0)
    assert totals(at_desk(curt).post(COUNT, year)) == (1, 0)


def test_the_years_are_those_in_which_something_came_in(filed: Report, cora: User) -> None:
    this = timezone.localdate().year
    assert queries.years(cora) == [this]
    classify(another(filed, reported_at=datetime.fromisoformat("2024-12-31T23:30-08:00")), cora, **INCIDENT)
    assert queries.years(cora) == [this, 2024]
