"""Two real workers, each with queues of its own: a long export does not delay a letter."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.db import transaction

from accounts.models import User
from reports.export import actions, running
from reports.export.table import PRESETS
from reports.export.wanted import Wanted
from reports.models import Export, ExportLine, Job
from reports.processing.nudge import nudge
from tests.desk import another
from tests.product import beside, wait_for
from tests.reports.export.test_killed import is_waiting, kill
from tests.resident import Receipt
from tests.sources import BASE_DIR

pytestmark = pytest.mark.faults
OPTIONS = ["--pool", "solo", "--without-gossip", "--without-mingle", "--loglevel", "ERROR"]


@contextmanager
def worker(settings, name: str, queues: str) -> Iterator[None]:
    """Start a real worker that takes from some queues only."""
    quiet = "ignore:You're running the worker"
    environment = beside(KEYRING=settings.KEYRING, FILES_DIR=str(settings.FILES_DIR), PYTHONWARNINGS=quiet)
    command = [sys.executable, "-m", "celery", "-q", "-A", "cors", "worker", "-n", name, "--queues", queues, *OPTIONS]
    process = subprocess.Popen(command, cwd=BASE_DIR, env=environment, start_new_session=True)
    try:
        yield
    finally:
        kill(process)


@pytest.mark.django_db(transaction=True)
def test_an_export_that_takes_long_delays_no_letter(receipt: Receipt, sue: User, settings, tmp_path) -> None:
    settings.FILES_DIR = tmp_path
    usual = {"keys": PRESETS["standard"].columns, "kind": Export.Format.CSV, "reason": "records"}
    other = another(receipt.report, state="queued")
    export = actions.ask(wanted=Wanted.of([other.pk]), personal=False, with_bom=False, by=sue, **usual)
    with ExitStack() as stack:
        stack.enter_context(worker(settings, "files-and-tables", "exports,upkeep"))
        stack.enter_context(worker(settings, "people", "reports,letters"))
        with transaction.atomic():
            # The export's line is ours: there its worker waits, as long as this lasts.
            ExportLine.objects.create(export=export, report=other)
            nudge(running.TASK)
            wait_for(is_waiting, what="the export to meet the lock")
            nudge(lane="letters")
            wait_for(lambda: is_done("enqueue") and is_done("notify"), seconds=30, what="the letter")
            assert Export.objects.get(pk=export.pk).state == "running"
            transaction.set_rollback(True)
        wait_for(lambda: Export.objects.get(pk=export.pk).state == "ready", what="the export")


def is_done(kind: str) -> bool:
    """Tell whether the job is done."""
    return Job.objects.filter(kind=kind, done_at__isnull=False).exists()
