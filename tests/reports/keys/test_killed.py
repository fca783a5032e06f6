"""A rotation that is killed as no process expects, and goes on."""

import subprocess
import sys

import pytest
from django.db import connection, transaction

from reports import vault
from reports.documents import opened
from reports.models import Report, ReportKey
from tests.desk import like
from tests.product import beside, wait_for
from tests.sources import BASE_DIR

pytestmark = pytest.mark.faults
ROTATE = [sys.executable, "manage.py", "rotate_keys"]


def many(pattern: Report, number: int) -> list[ReportKey]:
    """Store further reports, each with a key of its own; return the keys in the order of a rotation."""
    reports = Report.objects.bulk_create([like(pattern) for _each in range(number)])
    keys = []
    for report in reports:
        key = vault.new_data_key(place=report.place("wrapped_key"))
        keys.append(ReportKey(report=report, wrapped=key.wrapped, wrapped_by=key.wrapped_by))
    return sorted(ReportKey.objects.bulk_create(keys), key=lambda key: key.pk)


def is_waiting() -> bool:
    """Tell whether a process waits for a lock of ours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_killed_rotation_loses_no_key_and_goes_on(queued, next_ring, settings) -> None:
    keys = many(queued, 600)
    old = vault.primary_key()
    next_ring("encryption")
    environment = beside(KEYRING=settings.KEYRING)
    with transaction.atomic():
        # A row of the second batch is ours: there the rotation waits, and there it dies.
        ReportKey.objects.select_for_update().get(pk=keys[-1].pk)
        process = subprocess.Popen(ROTATE, cwd=BASE_DIR, env=environment, stderr=subprocess.DEVNULL)
        try:
            wait_for(is_waiting, what="the rotation to meet the lock")
        finally:
            process.kill()
            process.wait()
    done = set(ReportKey.objects.exclude(wrapped_by=old).values_list("pk", flat=True))
    assert 0 < len(done) < 601
    assert all(row.unwrap() for row in ReportKey.objects.all())
    assert opened(Report.objects.get(pk=queued.pk))

    again = subprocess.run(ROTATE, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=True)
    assert f"{601 - len(done)} rows were sealed anew" in again.stdout
    next_ring("last")
    assert all(row.unwrap() for row in ReportKey.objects.all())
