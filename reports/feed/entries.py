"""What changed, in an order in which nothing is ever skipped.

The database notes each change of an approved report in the transaction that makes it (see the triggers in the feed's
migration). Transactions commit in another order than they begin, so neither a time nor a sequence may number these
entries while they are written: one that commits late would stand behind a reader who has gone on. They are numbered
afterwards, when they are committed, by one process at a time that commits before the next one begins. So whoever sees
a number sees all lower ones, and a cursor never passes what is still to come.

An entry says only that a report has to be looked at again. What is told is how the report stands now, which is never
older than its entry; a later change has an entry of its own.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from reports.models import FeedEntry, FeedScope, FeedToken
from reports.permissions import told

# So many entries are numbered in one transaction. The rest follow with the next.
MOST_AT_ONCE = 20_000
CURSOR = r"^[0-9]{1,15}-[0-9a-f]{12}-[0-9a-f]{8}$"


class UnknownCursor(Exception):
    """The cursor is not of this database, or of another scope: begin again without one."""


@dataclass(frozen=True)
class Page:
    """Some entries in order, where to go on, and whether there was more at that time."""

    entries: list[FeedEntry]
    following: str
    more: bool


def number() -> int:
    """Number what was committed since; return how many entries got a number."""
    if not FeedEntry.objects.filter(number=None).exists():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('feed_number'))")
        # A statement of its own, so that it sees what the one before this one has committed.
        cursor.execute(
            "WITH fresh AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM reports_feedentry"
            "  WHERE number IS NULL ORDER BY id LIMIT %s)"
            " UPDATE reports_feedentry e SET number = fresh.place"
            "  + coalesce((SELECT max(number) FROM reports_feedentry), 0)"
            " FROM fresh WHERE e.id = fresh.id",
            [MOST_AT_ONCE],
        )
        return int(cursor.rowcount)


def page(scope: FeedScope, *, after: str, most: int) -> Page:
    """Return the next entries of a scope behind a cursor, "" for the beginning. Raises UnknownCursor.

    Of each report only the last entry is told. One whose last entry is still to come is found behind this page.
    """
    start = _number_of(after, scope) if after else 0
    number()
    last = newest()
    if last is None:
        return Page([], after, more=False)
    found = list(latest(scope, start=start, end=last.number or 0)[: most + 1])
    more = len(found) > most
    # All up to the last number was looked at, whether it was told or not.
    upto = found[most - 1] if more else last
    return Page(found[:most], cursor_of(upto, scope), more)


def latest(scope: FeedScope, *, start: int, end: int) -> QuerySet[FeedEntry]:
    """Return the entries with numbers behind `start` up to `end` that no later one of the same report follows."""
    later = told(scope).filter(report_id=OuterRef("report_id"), number__gt=OuterRef("number"))
    return told(scope).filter(~Exists(later), number__gt=start, number__lte=end).order_by("number")


def newest() -> FeedEntry | None:
    """Return the entry that was numbered last, None before the first."""
    return FeedEntry.objects.exclude(number=None).order_by("-number").first()


def last_number() -> int:
    """Return the last number given, 0 before the first."""
    last = newest()
    return (last.number or 0) if last else 0


def cursor_of(entry: FeedEntry, scope: FeedScope) -> str:
    """Return the cursor behind an entry, good for one scope."""
    return f"{entry.number}-{_mark(entry.mark)}-{digest(scope)}"


def digest(scope: FeedScope) -> str:
    """Return a short mark of a scope: who gets another one has to begin again, to get what lay outside before."""
    told_of = [scope.citywide, scope.area_ids, scope.every_type, sorted(scope.types)]
    if isinstance(scope, FeedToken):
        told_of += [sorted(scope.columns), scope.files]
    return sha256(repr(told_of).encode()).hexdigest()[:8]


def _number_of(cursor: str, scope: FeedScope) -> int:
    if not re.fullmatch(CURSOR, cursor):
        raise UnknownCursor
    number, mark, of_scope = cursor.split("-")
    entry = FeedEntry.objects.filter(number=int(number)).first()
    if entry is None or (_mark(entry.mark), digest(scope)) != (mark, of_scope):
        raise UnknownCursor
    return int(number)


def _mark(mark: UUID) -> str:
    return mark.hex[:12]
