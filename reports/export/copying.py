"""The quick way for columns that are plain in the database: PostgreSQL writes the lines itself (COPY).

It says the same as the other way, letter by letter. Cells of codes cannot hold a formula; where a person chose the
letters (a DR number, a name of an area) the statement looks first, and what comes before the first cell that is not
plainly harmless is copied; from there on a few go the other way.
"""

import re
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from psycopg import sql

from reports import reading
from reports.export.columns import Column

FROM = (
    " FROM reports_report r JOIN reports_reporttype t ON t.id = r.report_type_id"
    " LEFT JOIN reports_code o ON o.id = t.offence_id"
    " LEFT JOIN reports_area a ON a.id = r.area_id LEFT JOIN reports_bureau b ON b.id = a.bureau_id"
    " WHERE r.id = ANY({ids})"
)
# How a column names a moment.
LOCAL = re.compile(r"local\((\w+)\)")
# A letter or digit of ASCII begins it, and nothing in it ends a line or a cell.
HARMLESS = r"^[A-Za-z0-9][^\r\n\"]*$"


def can_copy(columns: Iterable[Column]) -> bool:
    """Tell whether all of the columns stand in the database as they are."""
    return all(column.sql for column in columns)


def harmless(columns: list[Column], ids: list[UUID]) -> list[UUID]:
    """Return the first of these reports, up to one that has a cell which might do harm."""
    free = [column.sql for column in columns if column.is_free]
    if not free:
        return ids
    doubts = sql.SQL(" OR ").join(
        sql.SQL("({cell} <> '' AND {cell} !~ {harmless})").format(cell=sql.SQL(each), harmless=sql.Literal(HARMLESS))
        for each in free
    )
    statement = sql.SQL("SELECT r.id" + FROM + " AND ({doubts}) ORDER BY r.id LIMIT 1")  # noqa: S608
    with reading.connection().cursor() as cursor:
        cursor.execute(statement.format(doubts=doubts, ids=_array(ids)))
        found = cursor.fetchone()
    return ids[: ids.index(found[0])] if found else ids


def lines(columns: list[Column], ids: list[UUID]) -> bytes:
    """Return the lines of a CSV for these reports in the order of their ids. Raises LookupError if one is gone."""
    cells = sql.SQL(", ").join(_cell(column) for column in columns)
    statement = sql.SQL("COPY (SELECT {cells}" + FROM + " ORDER BY r.id) TO STDOUT WITH (FORMAT csv)")  # noqa: S608
    with (
        reading.connection().cursor() as cursor,
        cursor.cursor.copy(statement.format(cells=cells, ids=_array(ids))) as copy,
    ):
        written = b"".join(bytes(chunk) for chunk in copy)
    if written.count(b"\n") != len(ids):
        raise LookupError("a report went away while it was written")
    # As the other way ends its lines.
    return written.replace(b"\n", b"\r\n")


def _cell(column: Column) -> sql.Composable:
    """Return a cell as text, nothing at all where it is empty, as the csv module writes it."""
    return sql.SQL("nullif((" + LOCAL.sub(lambda found: _moment(found[1]), column.sql) + ")::text, '')")


def _moment(field: str) -> str:
    """Return a moment in the agency's time zone as `columns.local` writes it."""
    local = f"(r.{field} AT TIME ZONE {sql.Literal(settings.TIME_ZONE).as_string()})"
    ahead = f"({local} - (r.{field} AT TIME ZONE 'UTC'))"
    sign = f"CASE WHEN {ahead} < interval '0' THEN '-' ELSE '+' END"
    size = f"CASE WHEN {ahead} < interval '0' THEN -{ahead} ELSE {ahead} END"
    return f"""to_char({local}, 'YYYY-MM-DD"T"HH24:MI') || {sign} || to_char({size}, 'HH24:MI')"""


def _array(ids: list[UUID]) -> sql.Literal:
    return sql.Literal(ids)
