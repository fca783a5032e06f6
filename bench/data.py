"""Real demo reports, made once for each size: `SIZE=10000 .venv/bin/python -m bench.data`.

Sealed documents with their search terms, histories, letters and a few files, as `manage.py demo_data` makes them.
Written in order of time; whoever interrupts it starts it again, and it goes on with the chunks that are
not there yet. Indexes wait for the end.
"""

import gc
import os
import subprocess
import sys
import time
from datetime import date

from bench.frame import BASE_DIR, FOLDER, SIZE, ready, today

UNTIL, DONE = FOLDER / "until", FOLDER / "done"
SEED = 1
PROCESSES = int(os.environ.get("PROCESSES", "2"))
# Fewer are written sooner than processes start.
LEAST_CHUNKS = 20


def main() -> None:
    """Fill the folder as far as it is empty; as one of several processes write a share of it."""
    ready(debug=True)
    if len(sys.argv) > 1:
        write([chunk_at(int(start)) for start in sys.argv[1:]])
        return
    prepare()
    if DONE.exists():
        return
    until = kept_day()
    fill(until)
    finish(until)


def prepare() -> None:
    """Bring the schema, the languages and the catalogue up to date."""
    from django.core.management import call_command

    from reports.demo.sketch import draw_areas

    call_command("migrate", verbosity=0)
    call_command("compile_catalogues")
    call_command("load_catalogue", verbosity=0)
    call_command("demo_accounts", verbosity=0)
    draw_areas()


def kept_day() -> date:
    """Return the day before which the reports end, noted at the first start."""
    if not UNTIL.exists():
        UNTIL.write_text(today().isoformat())
    return date.fromisoformat(UNTIL.read_text())


def plan_of(until: date):
    """Return what is made."""
    from reports.demo import actions
    from reports.demo.making import Plan

    return Plan(reports=SIZE, seed=SEED, until=until, **actions.staff())


def fill(until: date) -> None:
    """Write every chunk that is not there, without secondary indexes where the database is empty."""
    from reports.demo import copying, indexes
    from reports.models import Report

    if SIZE > 2 * copying.CHUNK and not Report.objects.exists():
        indexes.put_back()
        indexes.set_aside(table.name for table in tables())
    left = missing(until)
    if len(left) < LEAST_CHUNKS:
        write(left)
        return
    command = [sys.executable, "-m", "bench.data"]
    starts = [[str(chunk.start) for chunk in left[share::PROCESSES]] for share in range(PROCESSES)]
    shares = [subprocess.Popen([*command, *share], cwd=BASE_DIR) for share in starts]
    if sum(share.wait() for share in shares):
        sys.exit("error: a process ended early: start again, and it goes on")


def missing(until: date) -> list[range]:
    """Return the chunks that are not there yet; each is there as a whole or not at all."""
    from reports.demo import copying
    from reports.demo.making import Maker
    from reports.models import Report

    numbers = Maker(plan_of(until)).numbers
    chunks = [chunk_at(start) for start in range(0, SIZE, copying.CHUNK)]
    begins = {numbers.reference(chunk[0]): chunk for chunk in chunks}
    there = set(Report.objects.filter(reference__in=list(begins)).values_list("reference", flat=True))
    return [chunk for reference, chunk in begins.items() if reference not in there]


def chunk_at(start: int) -> range:
    """Return the numbers of the reports that are written together."""
    from reports.demo import copying

    return range(start, min(start + copying.CHUNK, SIZE))


def write(chunks: list[range]) -> None:
    """Write chunks, in order of time, and say how fast."""
    from reports.demo import copying
    from reports.demo.making import Maker

    maker, numbers = Maker(plan_of(kept_day())), copying.notice_numbers()
    begun = time.monotonic()
    with copying.no_garbage_collection():
        for number, chunk in enumerate(chunks, 1):
            copying.write_chunk(maker, chunk, numbers)
            gc.collect()
            if number % 10 == 0:
                rate = 10 * copying.CHUNK / (time.monotonic() - begun)
                print(f"  {number} of {len(chunks)} thousand, {rate:.0f}/s", file=sys.stderr, flush=True)
                begun = time.monotonic()


def tables():
    """Return the tables that reports are written into."""
    from reports.demo.rows import TABLES

    return TABLES.values()


def finish(until: date) -> None:
    """Build the indexes, join the copies, count, and let the database know its tables."""
    from django.db import connection

    from reports.audit import SYSTEM
    from reports.counts import checking
    from reports.demo import indexes, joined

    for name, work in (
        ("indexes", indexes.put_back),
        ("copies", lambda: joined.join(plan_of(until))),
        ("counts", lambda: checking.rebuild(by=SYSTEM)),
        ("statistics", lambda: connection.cursor().execute("VACUUM ANALYZE")),
    ):
        begun = time.monotonic()
        work()
        print(f"  {name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    DONE.write_text(f"{SIZE}\n")


if __name__ == "__main__":
    main()
