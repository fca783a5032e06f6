"""Readiness: one line for each thing that the portal hangs on, and who sees the lines."""

from datetime import timedelta
from typing import Any

import pytest
import redis
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from reports.audit import SYSTEM, record
from reports.models import Heartbeat, Job
from reports.vitals import heartbeat, lines
from tests.resident import Receipt, Resident


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch) -> None:
    monkeypatch.setattr(lines, "_last", None)
    monkeypatch.setattr(lines, "_last_outage", float("-inf"))
    monkeypatch.setattr(heartbeat, "_signed", {})


@pytest.fixture
def alive(db: None) -> None:
    heartbeat.beat(heartbeat.SCHEDULE)
    heartbeat.beat(heartbeat.WORKER)


def states() -> dict[str, str]:
    return {name: line.state for name, line in lines.look().lines.items()}


def amiss() -> dict[str, str]:
    return {name: state for name, state in states().items() if state != "ok"}


def test_all_is_well(alive: None, client: Client) -> None:
    told = client.get("/health/ready")
    assert (told.status_code, told.json()["state"]) == (200, "ok")
    assert list(told.json()["lines"]) == ["database", "broker", "jobs", "schedule", "worker", "audit", "disk"]
    assert {line["state"] for line in told.json()["lines"].values()} == {"ok"}
    assert "no-store" in told.headers["Cache-Control"]


def test_a_process_that_answers_lives(client: Client) -> None:
    with connection.execute_wrapper(refuse):
        assert client.get("/health/live").json() == {"state": "ok"}


def refuse(*args: Any) -> None:
    raise OperationalError


def test_without_the_database_it_is_down(alive: None, client: Client) -> None:
    with connection.execute_wrapper(refuse):
        told = client.get("/health/ready")
    assert (told.status_code, told.json()["state"]) == (503, "down")
    assert told.json()["lines"]["database"] == {"state": "down", "error": "OperationalError"}
    assert {told.json()["lines"][name]["state"] for name in lines.STORED} == {"unknown"}


def test_a_database_that_only_reads_makes_it_down(alive: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
    assert states()["database"] == "down"


def test_a_resident_who_was_turned_away_shows_for_a_while(alive: None) -> None:
    lines.note_outage()
    assert amiss() == {"database": "degraded"}


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "unix:///tmp/nowhere?db=0"])
def test_without_the_broker_it_is_degraded(alive: None, client: Client, monkeypatch, url: str) -> None:
    monkeypatch.setattr(settings, "REDIS_URL", url)
    told = client.get("/health/ready")
    assert (told.status_code, told.json()["state"]) == (200, "degraded")
    assert amiss() == {"broker": "degraded"}


def test_a_full_broker_is_noticed(alive: None) -> None:
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.config_set("maxmemory", 1)
        try:
            assert amiss() == {"broker": "degraded"}
        finally:
            client.config_set("maxmemory", 0)


@pytest.mark.parametrize("part", ["schedule", "worker"])
def test_a_part_that_shows_no_sign_of_life(alive: None, part: str) -> None:
    Heartbeat.objects.filter(name=part).update(at=timezone.now() - timedelta(seconds=31))
    assert amiss() == {part: "degraded"}
    heartbeat.sign(part)
    assert amiss() == {}


def test_signs_are_not_written_more_often_than_needed(alive: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        for _each in range(3):
            heartbeat.sign("worker")


@pytest.fixture
def receipt(resident: Resident) -> Receipt:
    """A report that was filed this moment: one that is kept has jobs that waited."""
    return resident.file("theft-from-vehicle")


def test_a_job_that_waits_too_long(alive: None, receipt: Receipt) -> None:
    assert amiss() == {}
    Job.objects.update(
        asked_at=timezone.now() - timedelta(seconds=91), run_after=timezone.now() - timedelta(seconds=91)
    )
    assert amiss() == {"jobs": "degraded"}
    assert 91 <= lines.look().lines["jobs"].numbers["oldest_seconds"] < 95


def test_a_job_with_a_date_is_not_late_before_it(alive: None, receipt: Receipt) -> None:
    later = timezone.now() + timedelta(days=9)
    Job.objects.update(kind="expiring", asked_at=timezone.now() - timedelta(days=1), run_after=later)
    assert amiss() == {}


def test_a_job_that_fails_shows_at_once_and_a_parked_one_only_counts(alive: None, receipt: Receipt) -> None:
    Job.objects.filter(kind="notify").update(last_error="OSError", attempts=1)
    assert lines.look().lines["jobs"] == lines.Line(
        "degraded", {"oldest_seconds": 0, "failing": {"notify": 1}, "parked": 0}
    )
    Job.objects.filter(kind="notify").update(parked_at=timezone.now())
    assert lines.look().lines["jobs"] == lines.Line("ok", {"oldest_seconds": 0, "failing": {}, "parked": 1})


@pytest.mark.parametrize(("found", "hours", "state"), [("whole", 1, "ok"), ("altered", 1, "degraded")])
def test_the_audit_logs_last_check(alive: None, found: str, hours: int, state: str) -> None:
    record("auditing.verify", by=SYSTEM, subject="audit", found=found)
    assert states()["audit"] == state


def test_an_audit_log_that_nobody_checks(alive: None, monkeypatch) -> None:
    record("auditing.verify", by=SYSTEM, subject="audit", found="whole")
    monkeypatch.setattr(lines, "OLDEST_CHECK", -1)
    assert amiss() == {"audit": "degraded"}


def test_a_full_disk_is_noticed(alive: None, monkeypatch) -> None:
    monkeypatch.setattr(lines, "LEAST_FREE", 1.1)
    assert amiss() == {"disk": "degraded"}


def test_a_folder_that_is_not_made_yet_is_judged_by_its_parent(tmp_path) -> None:
    assert lines.free_share(tmp_path / "a" / "b") == lines.free_share(tmp_path)


def test_it_looks_once_a_second_however_often_it_is_asked(alive: None, client: Client) -> None:
    client.get("/health/ready")
    looked = lines._last
    client.get("/health/ready")
    assert lines._last is looked


STRANGERS = {
    "another machine": {"REMOTE_ADDR": "203.0.113.9"},
    "by a proxy": {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    "a wrong token": {"REMOTE_ADDR": "203.0.113.9", "HTTP_AUTHORIZATION": "Bearer wrong"},
    "no address": {"REMOTE_ADDR": ""},
}


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_see_one_word_and_no_metrics(alive: None, client: Client, monkeypatch, who: str) -> None:
    monkeypatch.setattr(settings, "METRICS_TOKEN", "a-token" if who == "a wrong token" else "")
    assert client.get("/health/ready", **STRANGERS[who]).json() == {"state": "ok"}
    assert client.get("/metrics", **STRANGERS[who]).status_code == 403


def test_the_token_opens_from_anywhere(alive: None, client: Client, monkeypatch) -> None:
    monkeypatch.setattr(settings, "METRICS_TOKEN", "a-token")
    far = {"REMOTE_ADDR": "203.0.113.9", "HTTP_AUTHORIZATION": "Bearer a-token"}
    assert "lines" in client.get("/health/ready", **far).json()
    assert client.get("/metrics", **far).status_code == 200
