"""A week as a plain list: Sunday to Saturday in the agency's time zone, by type and area."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Role, User
from reports.audit import SYSTEM
from reports.counts import actions, periods
from reports.models import AuditEvent
from tests.reports.counts.conftest import Make, ask, local

WEEK = timedelta(days=7)
SATURDAY = date(2026, 3, 14)  # its Sunday is the day on which the clocks go forward
HEADING = ["week_ending", "type", "bureau", "area", "area_name", "received", "approved"]


def lines(ending: date = SATURDAY, by: object = SYSTEM) -> list[list[str]]:
    return list(csv.reader(StringIO("".join(actions.week(ending=ending, by=by)))))


@pytest.fixture
def mixed(make: Make) -> None:
    """Reports of two types in two areas and none, some approved."""
    at, done = "2026-03-11T12:00", {"state": "approved", "decided_at": local("2026-03-20T12:00")}
    make(at, type="hate-incident")
    make(at)
    make(at, **done, dr_number="260000001")
    make(at, state="rejected", reject_reason="spam", decided_at=local("2026-03-12T12:00"))
    make(at, area=5, **done, dr_number="260000002")
    make(at, area=None)


def test_it_counts_by_type_and_area(mixed: None, freshness) -> None:
    freshness()
    assert lines() == [
        HEADING,
        ["2026-03-14", "hate-incident", "OCB", "1", "Central", "1", "0"],
        ["2026-03-14", "lost-property", "OCB", "1", "Central", "3", "1"],
        ["2026-03-14", "lost-property", "OSB", "5", "Harbor", "1", "1"],
        ["2026-03-14", "lost-property", "", "", "", "1", "0"],
    ]


def test_it_equals_plain_sql(mixed: None) -> None:
    expected = ask(
        "SELECT t.slug, a.number, count(*), count(*) FILTER (WHERE r.state = 'approved')"
        " FROM reports_report r JOIN reports_reporttype t ON t.id = r.report_type_id"
        " LEFT JOIN reports_area a ON a.id = r.area_id"
        " WHERE r.reported_at >= '2026-03-08 00:00 America/Los_Angeles'"
        " AND r.reported_at < '2026-03-15 00:00 America/Los_Angeles'"
        " GROUP BY 1, 2 ORDER BY 1, 2"
    )
    found = [[line[1], line[3], line[5], line[6]] for line in lines()[1:]]
    assert found == [["" if cell is None else str(cell) for cell in row] for row in expected]


@pytest.mark.parametrize(
    ("reported_at", "ending"),
    [
        ("2026-03-08T00:00:00", "2026-03-14"),
        ("2026-03-07T23:59:59.999999", "2026-03-07"),
        ("2026-03-14T23:59:59.999999", "2026-03-14"),
        ("2026-03-15T00:00:00", "2026-03-21"),
        # The week whose Sunday has 25 hours, and the one before.
        ("2026-11-01T00:00:00", "2026-11-07"),
        ("2026-10-31T23:59:59", "2026-10-31"),
        ("2026-11-07T23:59:59", "2026-11-07"),
        ("2025-12-31T23:59:59", "2026-01-03"),
    ],
)
def test_a_week_runs_from_sunday_to_saturday_midnight(make: Make, freshness, reported_at: str, ending: str) -> None:
    make(reported_at)
    freshness()
    day = date.fromisoformat(ending)
    assert [len(lines(week)) - 1 for week in (day - WEEK, day, day + WEEK)] == [0, 1, 0]


def test_another_day_is_refused(db: None) -> None:
    with pytest.raises(periods.NotSaturday):
        actions.week(ending=date(2026, 3, 13), by=SYSTEM)
    assert not AuditEvent.objects.filter(verb="counts.week").exists()


def test_a_person_counts_their_own_reach(mixed: None, sue: User, staff) -> None:
    south = staff("sam", Role.SUPERVISOR, bureaus=["OSB"])
    assert [line[3] for line in lines(by=sue)[1:]] == ["1", "1", ""]
    assert [line[3] for line in lines(by=south)[1:]] == ["5", ""]


def test_it_is_audited(mixed: None, sue: User) -> None:
    lines(by=sue)
    event = AuditEvent.objects.get(verb="counts.week")
    assert (event.actor, event.subject, event.details) == (f"user:{sue.pk}", "counts", {"ending": "2026-03-14"})


def test_the_command_prints_the_same(mixed: None, capsys) -> None:
    call_command("counts", "--week-ending", "2026-03-14")
    assert list(csv.reader(StringIO(capsys.readouterr().out))) == lines()


def test_the_command_refuses_another_day(db: None) -> None:
    with pytest.raises(CommandError, match="must be a Saturday"):
        call_command("counts", "--week-ending", "2026-03-13")
