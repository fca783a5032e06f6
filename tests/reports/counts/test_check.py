"""The nightly self-check finds every sum that is not right, tells, and has it counted anew."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from reports.audit import SYSTEM
from reports.counts import checking, rollup
from reports.counts.choices import Choice
from reports.counts.tables import table
from reports.models import Alert, AlertKind, AuditEvent, Basis, Grain, StaleMoment, Tally
from tests.reports.counts.conftest import Make


@pytest.fixture
def counted(make: Make) -> None:
    """Reports of several days, counted."""
    for at in ("2026-01-01T00:00", "2026-03-08T03:30", "2026-11-01T01:30", "2026-12-31T23:59"):
        make(at, occurred="2025-12-31T23:00", bias=["11"])
    rollup.refresh()


def of(grain: str, **more: object):
    return Tally.objects.filter(grain=grain, cuboid="c", basis="r", **more)


def total() -> str:
    return table(Choice(as_of=date(2026, 12, 31), what="all")).blocks[0].total.words[0]


def test_what_is_right_is_let_be(counted: None) -> None:
    found = checking.check(by=SYSTEM)
    assert found.wrong == []
    # Four days of reports and the pattern's; the rows of their weeks and months begin on further days.
    assert found.days >= 6
    assert not StaleMoment.objects.exists()
    assert not AuditEvent.objects.filter(verb="counts.differ").exists()


def spoil_day() -> None:
    of("d", start="2026-03-08").update(reports=7)


def lose_day() -> None:
    of("d", start="2026-11-01").delete()


def invent_day() -> None:
    row = of("d", start="2026-11-01").get()
    row.pk, row.start = None, date(2026, 6, 6)
    row.save()


def spoil_month() -> None:
    of("m", start="2026-01-01").update(reports=9)


def spoil_week() -> None:
    of("w", start="2026-12-27").update(approved=1)


def go_around_the_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_report DISABLE TRIGGER counts_changed")
        cursor.execute(
            "UPDATE reports_report SET reported_at = reported_at + interval '1 day' WHERE reported_at > '2026-11-01'"
        )
        cursor.execute("ALTER TABLE reports_report ENABLE TRIGGER counts_changed")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (spoil_day, (Grain.DAY, "2026-03-08")),
        (lose_day, (Grain.DAY, "2026-11-01")),
        (invent_day, (Grain.DAY, "2026-06-06")),
        (spoil_month, (Grain.MONTH, "2026-01-01")),
        (spoil_week, (Grain.WEEK, "2026-12-27")),
        (go_around_the_triggers, (Grain.DAY, "2026-11-02")),
    ],
)
def test_what_is_wrong_is_found_told_and_put_right(counted: None, sue: User, caplog, spoil, expected) -> None:
    spoil()
    found = checking.check(by=SYSTEM)
    assert (Basis.REPORTED, expected[0], date.fromisoformat(expected[1])) in found.wrong
    assert "counts were not right" in caplog.text
    assert AuditEvent.objects.filter(verb="counts.differ", subject="counts").count() == 1
    assert Alert.objects.get(kind=AlertKind.COUNTS).user == sue
    right = {"from the reports": total()}
    rollup.refresh()
    right["from the rollup"] = total()
    year = 3 if spoil is go_around_the_triggers else 4
    assert right == {"from the reports": str(year), "from the rollup": str(year)}
    assert checking.check(by=SYSTEM).wrong == []


def test_the_command_says_what_it_found(counted: None, capsys) -> None:
    call_command("check_counts")
    assert "all sums are right" in capsys.readouterr().out
    spoil_day()
    with pytest.raises(CommandError, match="not right"):
        call_command("check_counts")
    spoil_month()
    call_command("check_counts", "--rebuild")
    assert "counted anew" in capsys.readouterr().out
    assert checking.check(by=SYSTEM).wrong == []
