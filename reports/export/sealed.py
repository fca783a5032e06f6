"""The quick way for columns that are plain in the database with such behind them that are made of what was sealed.

Rows come as the database gives them, and each document is opened as its turn comes: no object is made of a row. It says
the same as `source.read`, letter by letter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.utils.functional import cached_property

from reports import reading, vault
from reports.documents import message_place
from reports.export import source
from reports.export.columns import Column
from reports.export.copying import TABLES, moment, spelt
from reports.export.source import BATCH, MESSAGES, TEXTS, Said, Source, Translated

SEALED = " LEFT JOIN reports_document d ON d.report_id = r.id LEFT JOIN reports_reportkey k ON k.report_id = r.id"
HEAD = "r.id, r.reference, r.language, r.purged_at IS NOT NULL, "
OPENED, CLOSED = "d.sealed, k.wrapped, k.wrapped_by", "NULL, NULL, NULL"
PASSAGES = (
    "SELECT p.report_id, p.message_id, p.id, p.source, p.stage, p.version, t.sealed, t.origin FROM reports_passage p"
    " LEFT JOIN reports_translation t ON t.passage_id = p.id AND t.version = p.version"
    " WHERE p.report_id = ANY(%s::uuid[])"
)
SAID = (
    "SELECT r.report_id, r.id, r.from_agency, {}, r.sealed FROM reports_message r WHERE r.report_id = ANY(%s::uuid[])"
    " ORDER BY r.at, r.id"
)


def can_read(columns: Iterable[Column]) -> bool:
    """Tell whether these stand in the database as they are, or behind such are made of what was sealed alone."""
    rest = list(columns)
    plain = list(takewhile(lambda column: column.sql, rest))
    return all(column.personal for column in rest[len(plain) :])


def sources(ids: list[UUID], columns: list[Column], further: Iterable[str] = ()) -> Iterator[Source]:
    """Yield reports by their ids in the order of these, with what the columns and `further` need."""
    if not further and can_read(columns):
        return read(columns, ids)
    return source.read(ids, frozenset(further).union(*(column.needs for column in columns)))


def read(columns: Iterable[Column], ids: list[UUID]) -> Iterator[Source]:
    """Yield reports by their ids in the order of these, some of them read at a time."""
    wanted = list(columns)
    needs: frozenset[str] = frozenset().union(*(column.needs for column in wanted if not column.sql))
    statement = _statement([spelt(column) for column in wanted if column.sql], is_opened=bool(needs))
    opener = vault.Opener(table="report", key_column="wrapped_key", column="document") if needs else None
    for begin in range(0, len(ids), BATCH):
        for row in _rows(statement, needs, ids[begin : begin + BATCH]):
            yield Row(opener, *row)


def _statement(cells: list[str], *, is_opened: bool) -> str:
    head, tables = (HEAD + OPENED, TABLES + SEALED) if is_opened else (HEAD + CLOSED, TABLES)
    escaped = [cell.replace("%", "%%") for cell in cells]
    return f"SELECT {', '.join([head, *escaped])}{tables} WHERE r.id = ANY(%s::uuid[]) ORDER BY r.id"


def _rows(statement: str, needs: frozenset[str], ids: list[UUID]) -> Iterator[tuple[Any, ...]]:
    """Yield for each report its row, what there is of it in two languages, and its messages, still sealed."""
    translated: dict[UUID, dict[UUID | None, Translated]] = defaultdict(dict)
    said: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    # As one text: the driver takes its time with lists.
    among = "{" + ",".join([each.hex for each in ids]) + "}"
    with reading.connection().cursor() as cursor:
        cursor.execute(statement, [among])
        rows = cursor.fetchall()
        if TEXTS in needs:
            cursor.execute(PASSAGES, [among])
            for report_id, message_id, *rest in cursor.fetchall():
                translated[report_id][message_id] = Translated(*rest)
        if MESSAGES in needs:
            cursor.execute(SAID.format(moment("at")), [among])
            for report_id, *rest in cursor.fetchall():
                said[report_id].append(tuple(rest))
    for row in rows:
        yield row, translated.get(row[0], {}), said.get(row[0], ())


class Row(Source):
    """A report that is a row of the database. Without an opener nothing of it is opened."""

    def __init__(
        self,
        opener: vault.Opener | None,
        row: tuple[Any, ...],
        translated: dict[UUID | None, Translated],
        said: Iterable[tuple[Any, ...]],
    ) -> None:
        self.pk, self.reference, self.language, is_purged, sealed, wrapped, wrapped_by, *given = row
        self.given = ["" if cell is None else cell for cell in given]
        self.parts, self.translated, self._said = {}, translated, said
        self.is_closed, self.story = False, ""
        if opener and not is_purged:
            self._open(opener, sealed, wrapped, wrapped_by)

    def _open(self, opener: vault.Opener, sealed: bytes | None, wrapped: bytes | None, wrapped_by: str) -> None:
        try:
            if sealed is None or wrapped is None:
                raise vault.CannotOpen
            whole, self.key = opener.open(str(self.pk), sealed=sealed, wrapped=wrapped, wrapped_by=wrapped_by)
            self.parts = whole["sections"]
            self.story = str(self.parts.get("narrative", {}).get("story", ""))
        except vault.CannotOpen:
            self.is_closed = True

    @cached_property
    def messages(self) -> list[Said]:
        """What the resident and the agency wrote to each other, the oldest first."""
        if not self.parts:
            return []
        return [
            Said(pk, from_agency, at, str(vault.open_sealed(sealed, key=self.key, place=message_place(pk))))
            for pk, from_agency, at, sealed in self._said
        ]
