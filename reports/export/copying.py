"""The quick way for columns that are plain in the database: PostgreSQL writes the lines itself (COPY).

It says the same as the other way, letter by letter. Cells of codes cannot hold a formula; where a person chose the
letters (a DR number, a name of an area) they could: lines are taken up to the first cell that is not plainly harmless,
and a few from there on go the other way.
"""

import re
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from psycopg import sql

from reports import reading
from reports.export.columns import Column

TABLES = (
    " FROM reports_report r JOIN reports_reporttype t ON t.id = r.report_type_id"
    " LEFT JOIN reports_code o ON o.id = t.offence_id"
    " LEFT JOIN reports_area a ON a.id = r.area_id LEFT JOIN reports_bureau b ON b.id = a.bureau_id"
)
# How a column names a moment.
LOCAL = re.compile(r"local\((\w+)\)")
# A letter or digit of ASCII begins a cell, and nothing in it ends the line or looks like the end of the cell.
CELL = rb'(?:[A-Za-z0-9][^\r\n",]*+|"[A-Za-z0-9][^\r\n"]*+"|)'
HARMLESS = re.compile(rb"(?:" + CELL + rb"(?:," + CELL + rb")*+\n)*+")


def can_copy(columns: Iterable[Column]) -> bool:
    """Tell whether all of the columns stand in the database as they are."""
    return all(column.sql for column in columns)


def lines(columns: list[Column], ids: list[UUID]) -> bytes:
    """Return the lines of a CSV for the first of these reports, in the order of their ids.

    They end before the first one with a cell that might do harm. Raises LookupError if a report is gone.
    """
    cells = sql.SQL(", ").join(_cell(column) for column in columns)
    chosen = sql.SQL("SELECT {cells}" + TABLES + " WHERE r.id = ANY({ids}) ORDER BY r.id").format(
        cells=cells, ids=sql.Literal(ids)
    )
    statement = sql.SQL("COPY ({chosen}) TO STDOUT WITH (FORMAT csv)").format(chosen=chosen)
    with reading.connection().cursor() as cursor:
        with cursor.cursor.copy(statement) as copy:
            written = b"".join(map(bytes, copy))
        count = cursor.cursor.rowcount
    if count != len(ids):
        raise LookupError("a report went away while it was written")
    harmless = HARMLESS.match(written)
    # As the other way ends its lines.
    return (harmless[0] if harmless else b"").replace(b"\n", b"\r\n")


def _cell(column: Column) -> sql.Composable:
    """Return a cell as text, nothing at all where it is empty, as the csv module writes it."""
    return sql.SQL(f"nullif(({spelt(column)})::text, '')")


def spelt(column: Column) -> str:
    """Return a column's expression with its moments spelt out."""
    return LOCAL.sub(lambda found: moment(found[1]), column.sql)


def moment(field: str) -> str:
    """Return a moment in the agency's time zone as `columns.local` writes it."""
    local = f"(r.{field} AT TIME ZONE {sql.Literal(settings.TIME_ZONE).as_string()})"
    ahead = f"({local} - (r.{field} AT TIME ZONE 'UTC'))"
    sign = f"CASE WHEN {ahead} < interval '0' THEN '-' ELSE '+' END"
    size = f"CASE WHEN {ahead} < interval '0' THEN -{ahead} ELSE {ahead} END"
    return f"""to_char({local}, 'YYYY-MM-DD"T"HH24:MI') || {sign} || to_char({size}, 'HH24:MI')"""
