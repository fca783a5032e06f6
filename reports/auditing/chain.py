"""Reading the log's chain anew, link by link, without trusting what the database says about it.

What the chain alone cannot show, a removed end or a log written anew from some row on, the heads show that were
printed to a place outside the database (`heads`).
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from reports.auditing import checkpoints

# Rows that are fetched at a time.
CHUNK = 5_000
BEFORE_THE_FIRST = b""
GUARDS = {"audit_chain", "audit_no_change", "audit_no_truncate"}


@dataclass(frozen=True)
class Head:
    """The end of the log at one moment: its last event, how many there were, when it was printed."""

    event: int
    count: int
    link: bytes
    at: datetime
    # Whether the chain up to here was read and found whole when this was printed.
    verified: bool = False


class Kind(Enum):
    """What can be wrong with the log."""

    ALTERED = "altered"
    MISSING = "missing"
    CUT_OFF = "cut_off"
    WRITTEN_ANEW = "written_anew"
    UNGUARDED = "unguarded"
    FORGED = "forged"


@dataclass(frozen=True)
class Finding:
    """The first thing that is wrong, the event it is about (0 for none), and what to tell about it."""

    kind: Kind
    event: int
    words: str


@dataclass(frozen=True)
class Row:
    """One event: its number, what its link is made of, the link itself."""

    event: int
    sealed: tuple[str, ...]
    link: bytes

    def follows(self, before: bytes) -> bool:
        """Tell whether the link is made of the one before it and of this row as it stands."""
        return sha256(before + "\x1f".join(self.sealed).encode()).digest() == self.link


def rows(*, after: int, until: int) -> Iterator[Row]:
    """Yield the events behind one number up to another, in order, a few thousand at a time in memory."""
    while after < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, link, id::text, extract(epoch FROM at)::text, verb, actor, subject, details::text"
                " FROM reports_auditevent e WHERE id > %s AND id <= %s ORDER BY e.id LIMIT %s",
                [after, until, CHUNK],
            )
            found = cursor.fetchall()
        for event, link, *sealed in found:
            yield Row(event, tuple(sealed), bytes(link))
        after = found[-1][0] if found else until


def last_event() -> int:
    """Return the number of the last event, 0 in an empty log."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM reports_auditevent")
        return int(cursor.fetchone()[0])


def read(
    printed: Iterable[Head] = (),
    *,
    since: Head | None = None,
    upto: int | None = None,
    on_row: Callable[[], object] = lambda: None,
) -> Head | Finding:
    """Return the head of the log when it is whole, else the first thing that is wrong.

    It begins behind the last checkpoint, before which events were removed as their time was over, and ends at `upto`.
    `printed` are the heads known from outside, `since` one of them behind which reading begins, `on_row` is called
    for each row read. What is written meanwhile is left for the next time.
    """
    outside = sorted(printed, key=lambda head: head.event)
    removed = checkpoints.last()
    if removed and since and since.event <= removed.event:
        since = None
    if found := unguarded() or _forged(outside) or _lost(since):
        return found
    known, until = {head.event: head for head in outside}, last_event() if upto is None else upto
    begin = Head(removed.event, removed.count, bytes(removed.link), removed.made_at, verified=True) if removed else None
    before = since or begin or Head(0, 0, BEFORE_THE_FIRST, timezone.now())
    for row in rows(after=before.event, until=until):
        here = Head(row.event, before.count + 1, row.link, before.at, verified=True)
        if found := _broken(row, before) or _differs(here, known.get(row.event)):
            return found
        before = here
        on_row()
    return before if upto is not None else _cut_off(outside, before) or before


def _forged(outside: list[Head]) -> Finding | None:
    """Notice a checkpoint that the portal did not write, or that let events go which were young."""
    if (event := checkpoints.first_forged()) is not None:
        return Finding(Kind.FORGED, event, f"The checkpoint at event {event} was not written by this portal.")
    known, left, latest = {head.event: head for head in outside}, deque(outside), None
    for row in checkpoints.all_of_them():
        here = Head(row.event, row.count, bytes(row.link), row.made_at)
        if found := _differs(here, known.get(row.event)):
            return found
        while left and left[0].event < row.event:
            head = left.popleft()
            latest = max(head, latest or head, key=lambda each: each.at)
        if latest and latest.at > row.until + checkpoints.SLACK:
            words = f"The checkpoint at event {row.event} let events go that were new on {_day(latest)}."
            return Finding(Kind.FORGED, row.event, words)
    return None


def _broken(row: Row, before: Head) -> Finding | None:
    if row.follows(before.link):
        return None
    if row.event > before.event + 1:
        words = f"Event {before.event + 1} is missing: event {row.event} does not follow from event {before.event}."
        return Finding(Kind.MISSING, before.event + 1, words)
    words = f"Event {row.event} was altered, or the one before it: it does not follow from event {before.event}."
    return Finding(Kind.ALTERED, row.event, words)


def _differs(here: Head, printed: Head | None) -> Finding | None:
    """Compare with what was printed outside when this event was the last one."""
    if printed is None or (printed.link, printed.count) == (here.link, here.count):
        return None
    words = (
        f"Event {here.event} is another one than was printed on {_day(printed)}: the log was written anew before it."
    )
    return Finding(Kind.WRITTEN_ANEW, here.event, words)


def _cut_off(outside: list[Head], end: Head) -> Finding | None:
    """Notice a head behind the end of the log."""
    lost = next((head for head in outside if head.event > end.event), None)
    if lost is None:
        return None
    words = f"The end is missing from event {end.event + 1} on: on {_day(lost)} event {lost.event} was there."
    return Finding(Kind.CUT_OFF, end.event + 1, words)


def _lost(since: Head | None) -> Finding | None:
    """Notice that the event behind which reading is to begin is not what it was."""
    if since is None:
        return None
    row = next(rows(after=since.event - 1, until=since.event), None)
    if row is None:
        words = f"Event {since.event} is missing: on {_day(since)} it was there."
        return Finding(Kind.MISSING, since.event, words)
    return _differs(Head(row.event, since.count, row.link, since.at), since)


def unguarded() -> Finding | None:
    """Notice a trigger that is missing or switched off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'reports_auditevent'::regclass AND tgenabled IN ('O', 'A')"
        )
        off = sorted(GUARDS - {name for (name,) in cursor.fetchall()})
    if not off:
        return None
    return Finding(Kind.UNGUARDED, 0, f"The log is not guarded: the trigger {off[0]} is missing or switched off.")


def _day(head: Head) -> str:
    return head.at.isoformat(timespec="minutes")
