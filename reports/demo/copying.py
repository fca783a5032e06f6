"""Writing a plan's reports into the database, a few thousand in a transaction."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from reports.demo.making import Maker, Plan
from reports.demo.rows import Batch, Table

CHUNK = 1_000
NOTICE_NUMBERS = 500


def write(plan: Plan, *, share: int, of: int, tell: Callable[[int], None]) -> None:
    """Write every chunk whose number falls to this share of `of`; `tell` hears after each how many reports it held."""
    maker, numbers = Maker(plan), notice_numbers()
    with no_garbage_collection():
        for start in range(share * CHUNK, plan.reports, of * CHUNK):
            chunk = range(start, min(start + CHUNK, plan.reports))
            write_chunk(maker, chunk, numbers)
            tell(len(chunk))
            gc.collect()


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Looking for circles again and again while rows are made takes a third of the time.

    A few are made all the same (4 GB of them by 400,000 reports): whoever writes collects after each chunk, and what
    was there before is not looked at again.
    """
    was_on = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()


def write_chunk(maker: Maker, chunk: range, notice_ids: Iterator[int]) -> None:
    """Make and store some reports, all or none."""
    batch = Batch(maker.plan, notice_ids)
    for number in chunk:
        batch.add(maker.make(number), maker.numbers.dr_number(number))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        for table, rows in batch.ready():
            copy(cursor, table, rows)
        # Deferred checks run here, inside the transaction, so that a caller's own transaction holds none back.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def copy(cursor: CursorWrapper, table: Table, rows: Iterator[list[object]]) -> None:
    """COPY rows into their table."""
    name, *columns = [connection.ops.quote_name(each) for each in (table.name, *table.columns)]
    # Django hands COPY on to psycopg without making its errors Django's.
    with connection.wrap_database_errors, cursor.copy(f"COPY {name} ({', '.join(columns)}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)


def notice_numbers() -> Iterator[int]:
    """Yield numbers that no other notice will get. Those left over leave a harmless gap."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('reports_notice', 'id')) FROM generate_series(1, %s)",
                [NOTICE_NUMBERS],
            )
            numbers = cursor.fetchall()
        yield from (number for (number,) in numbers)
