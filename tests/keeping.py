"""What many tests begin with: done once in each process, kept as the rows it wrote, laid down again for each test."""

import copy
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, transaction
from psycopg.sql import SQL, Composable, Identifier

from accounts.models import User
from reports.catalogue import live
from reports.models import AuditEvent, Report

T = TypeVar("T")
# Places in which what is kept here leaves nothing; each test has its own.
PLACES = {"FILES_DIR", "AUDIT_HEAD_FILE", "EMAIL_FILE_PATH"}
# Looks otherwise once it was read.
LAZY = {"AXES_USERNAME_FORM_FIELD"}


@dataclass(frozen=True)
class Kept:
    """What the maker returned, and by table the rows it wrote, as JSON, and the keys it removed."""

    made: Any
    written: dict[str, str]
    removed: dict[str, list[str]]


_kept: dict[Hashable, Kept] = {}


def once(name: str, make: Callable[[], T], *, is_told: bool = False) -> T:
    """Return what `make` returns, with all it wrote in the database, though it ran in an earlier test.

    It runs itself where something is not as it was then: reports, the log's head, the catalogue, settings, and, with
    `is_told`, if there are staff who would be told of it. What it does outside the database is not kept.
    """
    if not connection.in_atomic_block or not _may_lay_down() or (is_told and User.objects.exists()):
        return make()
    key = (name, _catalogue(), _settings(), *_reports())
    if key in _kept:
        _lay_down(_kept[key])
    else:
        _kept[key] = _recorded(make)
    made: T = copy.deepcopy(_kept[key].made)
    return made


@cache
def _may_lay_down() -> bool:
    """Tell whether rows can be written past the triggers; on a server that is not our own they cannot."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        return bool(cursor.fetchone()[0])


def _catalogue() -> str:
    """Read the catalogue, which pages find in the process then, as after the requests of a resident."""
    return live._memory.current().stamp


def _settings() -> int:
    names = sorted(name for name in dir(settings) if name.isupper() and name not in PLACES | LAZY)
    return hash(repr([(name, getattr(settings, name)) for name in names]))


def _reports() -> tuple[Hashable, ...]:
    head = AuditEvent.objects.order_by("-pk").values_list("pk", "link").first()
    return (head, *Report.objects.order_by("pk").values_list("pk", "state"))


def _recorded(make: Callable[[], Any]) -> Kept:
    with transaction.atomic():
        before = {table: _rows_of(table) for table in _columns()}
        made = make()
        after = {table: _rows_of(table) for table in _columns()}
        written = {table: _json_of(table, new) for table, rows in after.items() if (new := rows - before[table])}
    gone = {table: {key for key, _at in rows} - {key for key, _at in after[table]} for table, rows in before.items()}
    removed = {table: sorted(keys) for table, keys in gone.items() if keys}
    return Kept(copy.deepcopy(made), written, removed)


@cache
def _columns() -> dict[str, tuple[str, list[str]]]:
    """Return the key and the columns that can be written of each table."""
    query = """
        SELECT c.oid::regclass::text, min(k.attname), array_agg(a.attname ORDER BY a.attnum)
        FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
        JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = i.indkey[0]
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND i.indnkeyatts = 1 GROUP BY c.oid
    """
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {table: (key, columns) for table, key, columns in cursor.fetchall()}


def _rows_of(table: str) -> set[tuple[str, str]]:
    """Return key and place of each row. A row that is written again has another place; who wrote it when tells nothing.

    A transaction that is still open may have a number above those that its own snapshot calls begun.
    """
    key, _columns_of = _columns()[table]
    with connection.cursor() as cursor:
        cursor.execute(SQL("SELECT {}::text, ctid::text FROM {}").format(Identifier(key), Identifier(table)))
        return set(cursor.fetchall())


def _json_of(table: str, rows: set[tuple[str, str]]) -> str:
    query = SQL("SELECT json_agg(t)::text FROM (SELECT * FROM {} WHERE ctid = ANY(%s::tid[])) AS t")
    with connection.cursor() as cursor:
        cursor.execute(query.format(Identifier(table)), [[place for _key, place in rows]])
        return str(cursor.fetchone()[0])


def _lay_down(kept: Kept) -> None:
    """Write and remove rows without the triggers: what these did is among them."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, gone in kept.removed.items():
            cursor.execute(_delete(table, SQL("SELECT unnest(%s::text[])")), [gone])
        for table, rows in kept.written.items():
            _key, columns = _columns()[table]
            among = SQL("json_populate_recordset(NULL::{}, %s::json)").format(Identifier(table))
            cursor.execute(_delete(table, SQL("SELECT {}::text FROM {}").format(Identifier(_key), among)), [rows])
            names = SQL(", ").join(map(Identifier, columns))
            insert = SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(Identifier(table), names, names, among)
            cursor.execute(insert, [rows])
        cursor.execute("SET LOCAL session_replication_role = origin")


def _delete(table: str, keys: Composable) -> Composable:
    key, _columns_of = _columns()[table]
    return SQL("DELETE FROM {} WHERE {}::text IN ({})").format(Identifier(table), Identifier(key), keys)
