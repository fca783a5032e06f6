"""Beat's schedule: its sign of life, and a clock that is set back."""

import logging
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from cors.celery import app
from cors.schedule import Schedule
from reports.models import Heartbeat
from reports.vitals import heartbeat


@pytest.fixture
def schedule(tmp_path: Path, monkeypatch) -> Schedule:
    monkeypatch.setattr(heartbeat, "_signed", {})
    monkeypatch.setattr("cors.schedule.close_old_connections", lambda: None)
    return Schedule(app=app, schedule_filename=str(tmp_path / "schedule"))


def ahead(schedule: Schedule, **by: int) -> None:
    """Let everything have run by a clock that was ahead."""
    for entry in schedule.schedule.values():
        entry.last_run_at = entry.default_now() + timedelta(**by)


def waits(schedule: Schedule) -> float:
    """Return in how many seconds the sweep is due."""
    return schedule.schedule["work-reports"].is_due().next


def test_a_clock_that_went_back_stops_nothing(schedule: Schedule, monkeypatch, caplog) -> None:
    ahead(schedule, hours=1)
    assert waits(schedule) > 3600
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() - 3600)
    schedule.mind_the_clock()
    assert waits(schedule) <= 15
    assert schedule._heap is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    schedule.mind_the_clock()
    assert len(caplog.records) == 1


def test_a_schedule_kept_by_a_wrong_clock_begins_anew(schedule: Schedule, tmp_path: Path) -> None:
    ahead(schedule, hours=1)
    schedule.close()
    assert waits(Schedule(app=app, schedule_filename=str(tmp_path / "schedule"))) <= 15


def test_what_ran_before_is_remembered(schedule: Schedule) -> None:
    ahead(schedule, seconds=-10)
    schedule.forget_the_future()
    assert 4 < waits(schedule) <= 5


@pytest.mark.django_db
def test_it_shows_that_it_lives(schedule: Schedule) -> None:
    schedule.sign()
    assert list(Heartbeat.objects.values_list("name", flat=True)) == ["schedule"]


@pytest.mark.django_db
def test_without_the_database_it_goes_on(schedule: Schedule, caplog) -> None:
    def refuse(*_args: object) -> None:
        raise OperationalError

    with connection.execute_wrapper(refuse):
        schedule.sign()
    assert [record.getMessage() for record in caplog.records] == [
        "the schedule's sign of life was not written: OperationalError"
    ]
