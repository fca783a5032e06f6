"""Once a day, what one wants to hear of once a day; and the word that a report is overdue."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from reports.alerts import overdue
from reports.alerts.actions import choose, purge, read
from reports.alerts.digest import digest
from reports.audit import SYSTEM
from reports.models import Alert, AlertKind, AlertMail, Area, Passing, Report, Way
from reports.processing import actions as processing
from reports.review import actions as review
from tests.desk import another, approved, at_once
from tests.reports.alerts.test_alert import tell, told


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    """Return a moment of today in the agency's time zone, or of some days later."""
    day = timezone.localdate() + timedelta(days=days)
    return datetime.combine(day, time(hour, minute), timezone.get_default_timezone())


@pytest.fixture
def waiting(queued: Report, olga: User) -> list[Report]:
    """Two reports that Olga wants to hear of once a day."""
    choose(ways={AlertKind.PRIORITY: Way.DAILY}, by=olga)
    reports = [queued, another(queued)]
    for report in reports:
        tell(report, to=[olga])
    return reports


def letters() -> list:
    processing.work()
    return [letter for letter in mail.outbox if letter.to == ["olga@example.org"]]


def test_it_goes_once_a_day_from_the_hour_on(waiting: list[Report]) -> None:
    moments = [at(6, 59), at(7), at(7, 10), at(23), at(7, 1, days=1)]
    assert [digest(by=SYSTEM, now=now) for now in moments] == [0, 1, 0, 0, 0]
    (letter,) = letters()
    assert "2 notices" in letter.subject
    assert all(report.reference in letter.body for report in waiting)


def test_a_scheduler_that_was_down_makes_up_for_it_once(waiting: list[Report], queued: Report, olga: User) -> None:
    assert digest(by=SYSTEM, now=at(16, 30, days=2)) == 1
    tell(another(queued), to=[olga])
    assert digest(by=SYSTEM, now=at(17, days=2)) == 0
    assert digest(by=SYSTEM, now=at(7, days=3)) == 1
    assert len(letters()) == 2


@pytest.mark.parametrize("hour", [0, 23])
def test_the_hour_is_a_setting(waiting: list[Report], settings, hour: int) -> None:
    settings.ALERT_DIGEST_HOUR = hour
    assert digest(by=SYSTEM, now=at(hour) - timedelta(seconds=1, days=1) + timedelta(days=1)) == (0 if hour else 1)
    assert digest(by=SYSTEM, now=at(hour)) == (1 if hour else 0)


def test_what_was_seen_meanwhile_is_not_told_again(waiting: list[Report], olga: User) -> None:
    review.look(report=waiting[0], by=olga)
    digest(by=SYSTEM, now=at(8))
    (letter,) = letters()
    assert "1 notice," in letter.subject
    assert waiting[0].reference not in letter.body


def test_with_all_seen_none_goes(waiting: list[Report], olga: User) -> None:
    read(by=olga)
    assert digest(by=SYSTEM, now=at(8)) == 0


def test_a_report_that_left_the_reach_is_left_out(waiting: list[Report]) -> None:
    Report.objects.filter(pk=waiting[1].pk).update(area=Area.objects.get(number=5))
    digest(by=SYSTEM, now=at(8))
    assert waiting[1].reference not in letters()[0].body


def test_more_than_thirty_of_a_kind_are_counted(queued: Report, olga: User) -> None:
    choose(ways={AlertKind.PRIORITY: Way.DAILY}, by=olga)
    for _each in range(33):
        tell(another(queued), to=[olga])
    digest(by=SYSTEM, now=at(8))
    assert "and 3 more" in letters()[0].body


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_make_one(queued: Report, olga: User) -> None:
    choose(ways={AlertKind.PRIORITY: Way.DAILY}, by=olga)
    tell(queued, to=[olga])
    both = at_once(*[lambda: digest(by=SYSTEM, now=at(8))] * 2)
    assert sorted(both) == [0, 1]
    assert AlertMail.objects.count() == 1


# --- Overdue -------------------------------------------------------------------
def due(report: Report, **ago: float) -> None:
    Report.objects.filter(pk=report.pk).update(due_at=timezone.now() - timedelta(**ago))


@pytest.mark.parametrize(
    ("ago", "of"), [({"minutes": -1}, 0), ({"minutes": 1}, 1), ({"days": 13}, 1), ({"days": 15}, 0)]
)
def test_a_report_is_told_to_be_overdue_once(queued: Report, ago: dict[str, float], of: int) -> None:
    due(queued, **ago)
    assert [overdue.tell(by=SYSTEM) for _each in range(2)] == [of, 0]
    assert told(queued, AlertKind.OVERDUE) == ({"olga", "sue"} if of else set())


def test_a_new_target_that_passes_is_told_again(queued: Report) -> None:
    due(queued, days=3)
    overdue.tell(by=SYSTEM)
    due(queued, days=1)
    assert overdue.tell(by=SYSTEM) == 1


def test_a_decided_report_is_not_overdue(queued: Report, olga: User) -> None:
    approved(queued, olga)
    due(queued, days=1)
    assert overdue.tell(by=SYSTEM) == 0


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_tell_once(queued: Report) -> None:
    due(queued, hours=1)
    both = at_once(*[lambda: overdue.tell(by=SYSTEM)] * 2)
    assert sorted(both) == [0, 1]
    assert Alert.objects.filter(kind=AlertKind.OVERDUE).count() == 2


# --- An end ----------------------------------------------------------------------
@pytest.mark.parametrize(("days", "left"), [(89, 1), (91, 0)])
def test_what_was_told_long_ago_is_deleted(queued: Report, olga: User, days: int, left: int) -> None:
    tell(queued, to=[olga])
    passed = timezone.now() - timedelta(days=days)
    Passing.objects.create(report=queued, kind=AlertKind.OVERDUE, due_at=passed)
    for model in (Alert, AlertMail):
        model.objects.update(created_at=passed)
    assert purge(by=SYSTEM) == 1 - left
    assert [model.objects.count() for model in (Alert, AlertMail, Passing)] == [left] * 3
