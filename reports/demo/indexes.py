"""Secondary indexes, set aside while very many rows come in and built afterwards: so they are made many times faster.

What was set aside stands in a table of the database, written in the transaction that drops the indexes. A run that was
cut off, however hard, leaves that table, and the next run builds them from it.
"""

from collections.abc import Iterable

from django.db import connection, transaction

ASIDE = "demo_data_indexes"
# An index cannot be dropped while somebody uses its table: rather give up than hold up everybody behind.
PATIENCE = "5s"
MEMORY = "256MB"


def set_aside(tables: Iterable[str]) -> None:
    """Drop the tables' indexes that hold no constraint, and remember them. Raises OperationalError when in use."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        cursor.execute(
            f"CREATE TABLE {ASIDE} AS SELECT indexname::text AS name, indexdef AS definition FROM pg_indexes"  # noqa: S608
            " JOIN pg_index ON indexrelid = format('%%I.%%I', schemaname, indexname)::regclass"
            " WHERE schemaname = current_schema() AND tablename = ANY(%s) AND NOT indisunique ORDER BY indexname",
            [list(tables)],
        )
        cursor.execute(f"SELECT name FROM {ASIDE}")  # noqa: S608
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")


def put_back() -> int:
    """Build what was set aside, one index after the other; return how many. Safe to call at any time, also again."""
    if ASIDE not in connection.introspection.table_names():
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, definition FROM {ASIDE} ORDER BY name")  # noqa: S608
        waiting = cursor.fetchall()
    for name, definition in waiting:
        _build(name, definition)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {ASIDE}")
    return len(waiting)


def _build(name: str, definition: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
        cursor.execute(definition)
        cursor.execute(f"DELETE FROM {ASIDE} WHERE name = %s", [name])  # noqa: S608
