"""However many reports: what a worker holds at a time stays the same."""

import tracemalloc

import pytest
from django.db import connection

from reports.export import running
from reports.models import Export, Report
from tests.reports.export.conftest import content

MANY = 6_000
MEGABYTE = 1024 * 1024


def multiply(pattern: Report, number: int) -> None:
    """Store very many reports like one, by the database itself: plain columns only."""
    fields = [field.column for field in Report._meta.concrete_fields]
    own = {"id": "gen_random_uuid()", "draft_id": "gen_random_uuid()", "reference": "'R-' || lpad(n::text, 8, '0')"}
    own["dr_number"] = "lpad(n::text, 9, '0')"
    values = ", ".join(own.get(name, f'r."{name}"') for name in fields)
    names = ", ".join(f'"{name}"' for name in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO reports_report ({names}) SELECT {values} FROM reports_report r, generate_series(1, %s) n"
            " WHERE r.id = %s",
            [number, pattern.pk],
        )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_many_reports_take_no_more_memory_than_one_part(march: Report, ask, kind: str) -> None:
    multiply(march, MANY - 1)
    ask(kind=Export.Format(kind), keys=["reference", "dr_number", "type", "reported_at"])
    tracemalloc.start()
    while running.work():
        pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    export = Export.objects.get()
    assert (export.state, export.rows) == ("ready", MANY)
    # Some thousand rows at a time: far from the 150 MB that a million may take.
    assert peak < 40 * MEGABYTE, f"{peak / MEGABYTE:.0f} MB"
    assert len(content(export)) == export.size
