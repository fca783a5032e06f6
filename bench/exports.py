"""Everything as a file, each in a process of its own whose memory is read, beside PostgreSQL's COPY."""

import os
import resource
import subprocess
import sys
import time
from typing import Any

from bench.frame import BASE_DIR, Row, at_least, at_most, keep, ready

MEMORY = 150
KINDS = {
    "csv": "CSV of everything, no personal columns",
    "personal": "CSV of everything, with personal columns",
    "xlsx": "XLSX of everything, no personal columns",
}


def main() -> None:
    """Make each file in a process of its own; or, in that process, make it."""
    if len(sys.argv) > 1:
        made(sys.argv[1])
        return
    ready()
    keep("exports", [row for kind, name in KINDS.items() for row in measured(kind, name)])


def measured(kind: str, name: str) -> list[Row]:
    """Return the rate beside COPY, and the most memory."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.exports", kind], cwd=BASE_DIR, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    seconds, rows, megabytes, copied = map(float, done.stdout.split()[-4:])
    memory = at_most(f"{name}: memory", megabytes, MEMORY, unit="MB", slopes=False)
    if kind == "xlsx":
        return [Row(f"{name}: rate", rows / seconds, "rows/s"), memory]
    most = 1.5 if kind == "csv" else 3
    times = at_most(f"{name}: times of COPY", seconds / copied, most, unit="x", slopes=False)
    if kind == "csv":
        return [Row(f"{name}: rate", rows / seconds, "rows/s", rows / copied), times, memory]
    return [at_least(f"{name}: rate", rows / seconds, 25_000, unit="rows/s", limit=rows / copied), times, memory]


def made(kind: str) -> None:
    """Make the file as a worker does, and print seconds, rows, megabytes, and the seconds of COPY."""
    ready()
    from bench.desk import officer
    from reports.export import running
    from reports.export.actions import ask
    from reports.export.formats import maker
    from reports.export.table import columns
    from reports.export.wanted import Wanted
    from reports.models import Export

    user, _client = officer()
    before = peak()
    form = Export.Format.XLSX if kind == "xlsx" else Export.Format.CSV
    keys = [column.key for column in columns(personal=kind == "personal")]
    export = ask(
        wanted=Wanted(), keys=keys, kind=form, personal=kind == "personal", with_bom=False, reason="records", by=user
    )
    begun = time.perf_counter()
    claimed = running.claim()
    if claimed is None or claimed.pk != export.pk:
        raise RuntimeError("another export is being made: wait a minute, then start again")
    if not running.carry_on(claimed):
        raise RuntimeError("the export was not made")
    size = sum(len(chunk) for chunk in maker(claimed).join(claimed))
    seconds = time.perf_counter() - begun
    memory = peak()
    copied = copy_seconds(kind, claimed)
    print(f"{before:.0f} MB before, {size / 2**20:.0f} MB file", file=sys.stderr)
    print(seconds, claimed.rows, memory, copied)
    with_parts_gone(claimed)


def with_parts_gone(export: Any) -> None:
    """Forget the file, so that no bench fills the disk."""
    from django.db import transaction

    from reports.export import running

    with transaction.atomic():
        running.drop(export)


def peak() -> float:
    """Return the most memory of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def copy_seconds(kind: str, export: Any) -> float:
    """Return how long psycopg's COPY of the same columns takes; of what is sealed, the sealed documents."""
    import psycopg

    from reports.export import copying
    from reports.export.columns import Column
    from reports.export.table import chosen

    plain: list[Column] = [column for column in chosen(export.columns) if column.sql]
    cells = ", ".join(copying._cell(column).as_string() for column in plain)  # noqa: SLF001 (the same cells)
    sealed = ", d.sealed, k.wrapped" if kind == "personal" else ""
    tables = copying.TABLES
    if kind == "personal":
        tables += " JOIN reports_document d ON d.report_id = r.id JOIN reports_reportkey k ON k.report_id = r.id"
    statement = f"COPY (SELECT {cells}{sealed}{tables} ORDER BY r.id) TO STDOUT WITH (FORMAT csv)"
    begun = time.perf_counter()
    with psycopg.connect(os.environ["DATABASE_URL"]) as link, link.cursor() as cursor, cursor.copy(statement) as copy:
        for _chunk in copy:
            pass
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
