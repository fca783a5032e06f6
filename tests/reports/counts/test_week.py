"""Weekly counts: Sunday to Saturday in the agency's time zone."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from reports.audit import SYSTEM
from reports.counts import actions, queries
from reports.models import Area, AuditEvent, Report
from tests.desk import another
from tests.resident import Resident

URL = "/admin/counts/"
ZONE = ZoneInfo("America/Los_Angeles")
WEEK = timedelta(days=7)
SATURDAY = date(2026, 3, 14)  # its Sunday is the day on which the clocks go forward
HEADING = ["week_ending", "type", "bureau", "area", "area_name", "received", "approved"]


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def lines(ending: date = SATURDAY, by: object = SYSTEM) -> list[list[str]]:
    return list(csv.reader(StringIO("".join(actions.week(ending=ending, by=by)))))


@pytest.fixture
def found(db: None) -> Report:
    """A lost property of Central, reported in the middle of the week."""
    report = Resident().file("lost-property").report
    Report.objects.update(reported_at=local("2026-03-11T12:00"))
    return Report.objects.get(pk=report.pk)


@pytest.fixture
def mixed(found: Report) -> Report:
    """Reports of two types in two areas and none, some approved."""
    harbor, hate = Area.objects.get(number=5), Resident().file("hate-incident").report
    hate.reported_at = found.reported_at
    hate.save()
    done = {"state": "approved", "decided_at": local("2026-03-20T12:00")}
    another(found, **done, dr_number="260000001")
    another(found, state="rejected", reject_reason="spam", decided_at=local("2026-03-12T12:00"))
    another(found, area=harbor, **done, dr_number="260000002")
    another(found, area=None)
    return found


def test_it_counts_by_type_and_area(mixed: Report) -> None:
    assert lines() == [
        HEADING,
        ["2026-03-14", "hate-incident", "OCB", "1", "Central", "1", "0"],
        ["2026-03-14", "lost-property", "OCB", "1", "Central", "3", "1"],
        ["2026-03-14", "lost-property", "OSB", "5", "Harbor", "1", "1"],
        ["2026-03-14", "lost-property", "", "", "", "1", "0"],
    ]


def test_it_equals_plain_sql(mixed: Report) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.slug, a.number, count(*), count(*) FILTER (WHERE r.state = 'approved')"
            " FROM reports_report r JOIN reports_reporttype t ON t.id = r.report_type_id"
            " LEFT JOIN reports_area a ON a.id = r.area_id"
            " WHERE r.reported_at >= '2026-03-08 00:00 America/Los_Angeles'"
            " AND r.reported_at < '2026-03-15 00:00 America/Los_Angeles'"
            " GROUP BY 1, 2 ORDER BY 1, 2"
        )
        expected = [[str("" if cell is None else cell) for cell in row] for row in cursor.fetchall()]
    assert [[line[1], line[3], line[5], line[6]] for line in lines()[1:]] == expected


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
def test_a_week_runs_from_sunday_to_saturday_midnight(found: Report, reported_at: str, ending: str) -> None:
    Report.objects.update(reported_at=local(reported_at))
    day = date.fromisoformat(ending)
    assert [len(lines(week)) - 1 for week in (day - WEEK, day, day + WEEK)] == [0, 1, 0]


@pytest.mark.parametrize("day", [8, 9, 10, 11, 12, 13])
def test_a_week_ends_on_a_saturday(db: None, day: int) -> None:
    with pytest.raises(queries.NotSaturday):
        actions.week(ending=date(2026, 3, day), by=SYSTEM)
    assert not AuditEvent.objects.filter(verb="counts.week").exists()


@pytest.mark.parametrize(
    ("today", "ending"),
    [
        ("2026-03-13", "2026-03-07"),
        ("2026-03-14", "2026-03-07"),
        ("2026-03-15", "2026-03-14"),
        ("2026-03-16", "2026-03-14"),
        ("2026-03-20", "2026-03-14"),
        ("2026-01-02", "2025-12-27"),
    ],
)
def test_the_last_week_is_over(today: str, ending: str) -> None:
    assert queries.last_week_ending(date.fromisoformat(today)) == date.fromisoformat(ending)


def test_a_person_counts_their_own_reach(mixed: Report, sue: User, staff) -> None:
    south = staff("sam", Role.SUPERVISOR, bureaus=["OSB"])
    assert [line[3] for line in lines(by=sue)[1:]] == ["1", "1", ""]
    assert [line[3] for line in lines(by=south)[1:]] == ["5", ""]


def test_it_is_audited(found: Report, sue: User) -> None:
    lines(by=sue)
    event = AuditEvent.objects.get(verb="counts.week")
    assert (event.actor, event.subject, event.details) == (f"user:{sue.pk}", "counts", {"ending": "2026-03-14"})


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_the_same_statements_however_many_reports(found: Report, sue: User, at_desk, count: int) -> None:
    areas = list(Area.objects.filter(bureau__code="OCB"))
    for number in range(count - 1):
        another(found, area=areas[number % len(areas)])
    client = at_desk(sue)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(URL, {"ending": "2026-03-14"})
    assert page.context["whole"].received == count
    assert len(captured) == 6, [query["sql"][:90] for query in captured]


def test_the_page_shows_sums_by_type(mixed: Report, sue: User, at_desk) -> None:
    page = at_desk(sue).get(URL, {"ending": "2026-03-14"})
    assert [(each.name, each.received, each.approved) for each in page.context["types"]] == [
        ("Hate incident", 1, 0),
        ("Lost property", 4, 1),
    ]
    assert (page.context["whole"].received, page.context["whole"].approved) == (5, 1)
    assert not AuditEvent.objects.filter(verb="counts.week").exists()


def test_the_page_opens_with_the_last_whole_week(sue: User, at_desk) -> None:
    page = at_desk(sue).get(URL)
    assert page.context["ending"] == queries.last_week_ending()
    assert page.context["after"] is None


@pytest.mark.parametrize("ending", ["2026-03-13", "soon", "0001-01-06", "9999-12-25", "0001-01-01"])
def test_another_day_is_refused_kindly(sue: User, at_desk, ending: str) -> None:
    for method in ("get", "post"):
        page = getattr(at_desk(sue), method)(URL, {"ending": ending})
        assert page.status_code == 200
        assert list(page.context["form"].errors) == ["ending"]
        assert page.context["rows"] == []


def test_the_file_is_what_the_action_gives(mixed: Report, sue: User, at_desk) -> None:
    answer = at_desk(sue).post(URL, {"ending": "2026-03-14"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="week-2026-03-14.csv"'
    assert list(csv.reader(StringIO(b"".join(answer).decode()))) == lines(by=sue)


def test_the_page_is_for_supervisors(olga: User, ada: User, sue: User, client, at_desk) -> None:
    assert [at_desk(user).get(URL).status_code for user in (olga, ada, sue)] == [403, 403, 200]
    assert client.get(URL).url == f"/admin/login/?next={URL}"


def test_the_command_prints_the_same(mixed: Report, capsys) -> None:
    call_command("counts", "--week-ending", "2026-03-14")
    assert list(csv.reader(StringIO(capsys.readouterr().out))) == lines()


def test_the_command_refuses_another_day(db: None) -> None:
    with pytest.raises(CommandError, match="must be a Saturday"):
        call_command("counts", "--week-ending", "2026-03-13")
