"""The figures, as Prometheus reads them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from reports.models import Job, Report
from reports.vitals import heartbeat, lines
from tests.reports.vitals.test_ready import refuse
from tests.resident import Receipt, Resident

SAMPLE = re.compile(r'(cors_[a-z_]+)(\{[a-z]+="[a-z_]+"(?:,[a-z]+="[a-z_]+")*\})? ([0-9.e+-]+)')


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch) -> None:
    monkeypatch.setattr(lines, "_last", None)


def samples(client: Client) -> dict[str, float]:
    """Return every sample, after a look at each line's form."""
    told = client.get("/metrics")
    assert told.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    found = {}
    for line in told.content.decode().splitlines():
        if not line.startswith("#"):
            sample = SAMPLE.fullmatch(line)
            assert sample, line
            found[sample[1] + (sample[2] or "")] = float(sample[3])
    return found


def test_it_counts_what_there_is(receipt: Receipt, client: Client) -> None:
    heartbeat.beat("schedule")
    Resident().begin("hate-incident")
    Job.objects.filter(kind="notify").update(parked_at=timezone.now(), last_error="CannotOpen")
    Report.objects.update(held=True)
    found = samples(client)
    assert found['cors_jobs{kind="enqueue",state="waiting"}'] == 1
    assert found['cors_jobs{kind="notify",state="parked"}'] == 1
    assert found['cors_jobs{kind="notify",state="waiting"}'] == 0
    assert found['cors_heartbeat_age_seconds{of="schedule"}'] < 5
    assert found["cors_drafts"] == found["cors_reports_held"] == found["cors_reports_received_last_day"] == 1
    assert found["cors_files_unscanned"] == 0
    assert found['cors_line_state{line="database"}'] == 0
    assert 0 < found['cors_disk_free_ratio{volume="files"}'] <= 1
    assert found["cors_audit_whole"] == 1


def test_without_the_database_it_says_that(client: Client, db: None) -> None:
    with connection.execute_wrapper(refuse):
        found = samples(client)
    assert found['cors_line_state{line="database"}'] == 2
    assert "cors_drafts" not in found


def test_it_costs_as_much_with_many_reports(receipt: Receipt, client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(15):
        samples(client)


def test_it_names_nobody(receipt: Receipt, client: Client) -> None:
    text = client.get("/metrics").content.decode()
    assert receipt.reference not in text
    assert "Flores" not in text
