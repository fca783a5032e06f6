"""A worker killed in the middle of an export, at the worst moment: its part is stored, nothing says so yet."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from reports.export import running
from reports.models import Export, ExportLine, Report
from reports.processing.nudge import nudge
from tests.desk import like
from tests.product import beside, wait_for
from tests.reports.export.conftest import rows
from tests.sources import BASE_DIR

pytestmark = pytest.mark.faults
MANY = 4_500
WORKER = ["celery", "-q", "-A", "cors", "worker", "--concurrency", "1", "--without-gossip", "--without-mingle"]


@contextmanager
def worker(settings) -> Iterator[subprocess.Popen[bytes]]:
    """Start a real worker with processes of its own; what is left of it at the end is killed."""
    environment = beside(
        KEYRING=settings.KEYRING, FILES_DIR=str(settings.FILES_DIR), PYTHONWARNINGS="ignore:You're running the worker"
    )
    command = [sys.executable, "-m", *WORKER, "--loglevel", "ERROR"]
    process = subprocess.Popen(command, cwd=BASE_DIR, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a worker and its pool at once, as a power cut does."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def is_waiting() -> bool:
    """Tell whether a process waits for a lock of ours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_no_report_and_writes_none_twice(march: Report, ask, settings) -> None:
    Report.objects.bulk_create(like(march, dr_number=f"{number:09}") for number in range(MANY))
    ids = list(Report.objects.order_by("pk").values_list("pk", flat=True))
    # A layout that is not copied: more parts, sooner.
    export = ask(preset="city")
    with worker(settings) as first, transaction.atomic():
        # A line of the second part is ours, for now: there the worker waits, its part stored, and there it dies.
        ExportLine.objects.create(export=export, report_id=ids[3000])
        nudge(running.TASK)
        wait_for(is_waiting, what="the worker to meet the lock")
        kill(first)
        transaction.set_rollback(True)
    left = Export.objects.get(pk=export.pk)
    assert (left.state, left.rows, ExportLine.objects.count()) == ("running", 2000, 2000)
    # Each part with the list of what did not fit.
    assert len(list(settings.FILES_DIR.glob("??/*"))) == 4
    # Its lease runs out, and another worker has its turn.
    Export.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    with worker(settings):
        nudge(running.TASK)
        wait_for(lambda: Export.objects.filter(state="ready").exists(), what="the export to be finished")
    done = Export.objects.get(pk=export.pk)
    written = [row["DR_NO"] for row in rows(done)]
    assert written == list(Report.objects.order_by("pk").values_list("dr_number", flat=True))
    assert (done.rows, ExportLine.objects.filter(export=done).count(), len(written)) == (MANY + 1,) * 3
