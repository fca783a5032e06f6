"""Making the files: step by step, each step remembered, so that another worker goes on where one was killed.

A worker leases an export, stores one part after the other, and with each part, in one transaction, the reports that are
in it and the place behind the last of them. Reports are read in the order of their ids, a thousand at a time, as the
requester sees them at that moment. One export is made at a time, for a few seconds, then the next one has its turn: so
that there is always a worker for what residents send.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from reports import audit, reading
from reports.alerts.actions import alert
from reports.audit import By
from reports.export import copying, formats, parts
from reports.export.columns import Column
from reports.export.formats import Kind
from reports.export.sealed import sources
from reports.export.source import Source
from reports.export.table import chosen
from reports.export.wanted import Wanted, reports_of
from reports.models import AlertKind, Export, ExportLine, ExportPart, Report
from reports.permissions import may_export, reach_digest
from reports.processing.actions import ask_for
from reports.processing.nudge import nudge

logger = logging.getLogger(__name__)

TASK = "reports.make_exports"
LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
# How long one export has its turn, and how often its lease is renewed while its file is counted together.
TURN_SECONDS, RENEWAL_SECONDS = 10.0, 5.0
# COPY takes more in one go: it holds nothing but the lines.
COPIED = 20_000
# One statement for a chunk: as objects, a million lines took longer than all the rest.
NOTE_LINES = f'INSERT INTO "{ExportLine._meta.db_table}" (export_id, report_id) SELECT %s, unnest(%s)'
# "exports", as a number for the lock under which they are claimed.
LOCK = 0x65787074
State = Export.State


class Lost(Exception):
    """The export was cancelled, or another worker has it: what this one made counts for nothing."""


class Refused(Exception):
    """The export cannot be made for its requester; `why` says it in a word."""

    def __init__(self, why: Export.Why) -> None:
        self.why = why
        super().__init__(why)


def work() -> int:
    """Give the next export its turn, and call for a worker again if there is more to do; return how many had one."""
    export = claim()
    if export is None:
        return 0
    carry_on(export, until=time.monotonic() + TURN_SECONDS)
    if _due().exists():
        nudge(TASK)
    return 1


def _to_make() -> QuerySet[Export]:
    return Export.objects.filter(state__in=[State.WAITING, State.RUNNING])


def _due() -> QuerySet[Export]:
    now = timezone.now()
    return _to_make().filter(Q(leased_until=None) | Q(leased_until__lt=now), turn_at__lte=now)


@transaction.atomic
def claim() -> Export | None:
    """Lease the export whose turn it is, or return None: there is none, or one is being made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    now = timezone.now()
    if _to_make().filter(leased_until__gte=now).exists():
        return None
    due = _due().select_for_update(skip_locked=True)
    export = due.order_by("turn_at", "id").first()
    if export:
        take(export)
    return export


def take(export: Export) -> None:
    """Lease an export in the running transaction."""
    now = timezone.now()
    export.state, export.started_at = State.RUNNING, export.started_at or now
    export.leased_until, export.attempts, export.turn_at = now + LEASE, export.attempts + 1, now
    export.save(update_fields=["state", "started_at", "leased_until", "attempts", "turn_at"])


def carry_on(export: Export, *, until: float | None = None, by: By = audit.SYSTEM) -> bool:
    """Go on with a leased export until it is ready or its turn is over; tell whether it is ready."""
    try:
        if export.attempts > MOST_ATTEMPTS:  # killed again and again in the same place
            raise Refused(Export.Why.ERROR)
        return _carry_on(export, until, by)
    except Lost:
        logger.info("export %s went on without this worker", export.pk)
    except Refused as refusal:
        fail(export, why=refusal.why, by=by)
    except Exception as error:  # noqa: BLE001 (whatever goes wrong, the export is put off and seen)
        _put_off(export, type(error).__name__)
    return False


def _carry_on(export: Export, until: float | None, by: By) -> bool:
    user = _requester(export)
    if export.total is None:
        _begin(export, user)
    while _step(export, user):
        if until is not None and time.monotonic() > until:
            _hold(export, leased_until=None)
            return False
    _finish(export, by)
    return True


def _requester(export: Export) -> User:
    """Return who asked, with their permissions as they are now. Raises Refused."""
    user = User.objects.filter(exports=export, is_active=True).first()
    if user is None or not may_export(user, personal=export.personal):
        raise Refused(Export.Why.REFUSED)
    if export.reach and export.reach != reach_digest(user):
        raise Refused(Export.Why.REACH)
    return user


def _begin(export: Export, user: User) -> None:
    total = reading.read(reports_of(Wanted.from_json(export.wanted), user).count, after=export.written)
    most = formats.maker(export).most
    if most is not None and total > most:
        raise Refused(Export.Why.TOO_MANY)
    _hold(export, total=total, reach=reach_digest(user))


# --- One step ------------------------------------------------------------------------------------------------
@dataclass
class Chunk:
    """The reports of one step, and what they became."""

    ids: list[UUID]
    lines: formats.Lines


def _step(export: Export, user: User) -> bool:
    """Store the next part; tell whether there was one."""
    chunk = reading.read(lambda: _chunk(export, user), after=export.written)
    if chunk is None:
        return False
    position = export.parts.filter(kind=Kind.ROWS).count()
    stored = {Kind.ROWS: (chunk.lines.body, len(chunk.ids))}
    if chunk.lines.misfits:
        stored[Kind.MISFITS] = (formats.misfit_body(chunk.lines.misfits), len(chunk.lines.misfits))
    made = []
    try:
        for kind, (body, rows) in stored.items():
            part = ExportPart(export=export, kind=kind, position=position, rows=rows)
            part.stored = parts.store(export, part.column, [body])
            made.append(part)
        _checkpoint(export, chunk, made)
    except BaseException:
        parts.discard(*(part.stored for part in made))
        raise
    return True


@transaction.atomic
def _checkpoint(export: Export, chunk: Chunk, made: list[ExportPart]) -> None:
    rows, misfits = export.rows + len(chunk.ids), export.misfits + len(chunk.lines.misfits)
    _hold(export, after=chunk.ids[-1], rows=rows, misfits=misfits, attempts=0, leased_until=timezone.now() + LEASE)
    ExportPart.objects.bulk_create(made)
    with connection.cursor() as cursor:
        cursor.execute(NOTE_LINES, [export.pk, chunk.ids])


def _chunk(export: Export, user: User) -> Chunk | None:
    rows = reports_of(Wanted.from_json(export.wanted), user).order_by("pk")
    rows = rows.filter(pk__gt=export.after) if export.after else rows
    columns, maker = chosen(export.columns), formats.maker(export)
    if export.format == Export.Format.CSV and copying.can_copy(columns):
        return _copied(export, rows, columns)
    return _read(export, rows[: maker.chunk], columns)


def _copied(export: Export, rows: QuerySet[Report], columns: list[Column]) -> Chunk | None:
    with transaction.atomic(using=reading.alias()):
        ids = list(rows.values_list("pk", flat=True)[:COPIED])
        written = copying.lines(columns, ids) if ids else b""
    if written:
        return Chunk(ids[: written.count(b"\n")], formats.Lines(written, []))
    return _read(export, rows[: formats.maker(export).chunk], columns) if ids else None


def _read(export: Export, rows: QuerySet[Report], columns: list[Column]) -> Chunk | None:
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        return None
    done: list[UUID] = []
    lines = formats.body(export, columns, _noting(done, sources(ids, columns, formats.maker(export).needs)))
    if not done:
        raise LookupError("reports went away while they were read")
    return Chunk(done, lines)


def _noting(done: list[UUID], sources: Iterable[Source]) -> Iterator[Source]:
    """Yield reports and note which were taken."""
    for source in sources:
        done.append(source.pk)
        yield source


# --- Its end -------------------------------------------------------------------------------------------------
def _finish(export: Export, by: By) -> None:
    """Read the whole file once, as it will be downloaded, and say with its checksum that it is complete."""
    digest, size = sha256(), 0
    for chunk in _renewing(export, formats.maker(export).join(export)):
        digest.update(chunk)
        size += len(chunk)
    with transaction.atomic():
        now = timezone.now()
        _hold(
            export,
            state=State.READY,
            ended_at=now,
            expires_at=now + timedelta(days=settings.EXPORT_DAYS),
            size=size,
            checksum=digest.hexdigest(),
            leased_until=None,
        )
        _tell(export, by)
        audit.record(
            "export.finish",
            by=by,
            subject=f"export:{export.pk}",
            format=export.format,
            rows=export.rows,
            misfits=export.misfits,
            personal=export.personal,
        )


def _renewing(export: Export, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what is read, and keep the lease while it lasts."""
    due = time.monotonic() + RENEWAL_SECONDS
    for chunk in chunks:
        if time.monotonic() > due:
            _hold(export, leased_until=timezone.now() + LEASE)
            due = time.monotonic() + RENEWAL_SECONDS
        yield chunk


@transaction.atomic
def fail(export: Export, *, why: Export.Why, by: By) -> None:
    """Give an export up: its parts go, who asked is told."""
    now = timezone.now()
    stopped = _to_make().filter(pk=export.pk, leased_until=export.leased_until)
    if not stopped.update(state=State.FAILED, why=why, ended_at=now, leased_until=None):
        return
    export.state, export.why = State.FAILED, why
    drop(export)
    _tell(export, by)
    audit.record("export.fail", by=by, subject=f"export:{export.pk}", why=str(why))


def drop(export: Export) -> None:
    """Forget in the running transaction what is stored of an export, and that reports were in it."""
    parts.forget(export)
    export.lines.all().delete()


def _tell(export: Export, by: By) -> None:
    if export.requester:
        ask_for(alert(kind=AlertKind.EXPORTED, report=None, export=export, by=by, to=[export.requester]))


def _put_off(export: Export, error: str) -> None:
    """Let its turn come again later. Only the error's class is kept: its text could quote a resident."""
    logger.warning("export %s failed: %s (attempt %s)", export.pk, error, export.attempts)
    mine = _to_make().filter(pk=export.pk, leased_until=export.leased_until)
    mine.update(leased_until=None, last_error=error, turn_at=timezone.now() + timedelta(seconds=2**export.attempts))


def _hold(export: Export, **fields: int | str | UUID | datetime | None) -> None:
    """Write fields of an export that is still this worker's. Raises Lost."""
    mine = Export.objects.filter(pk=export.pk, state=State.RUNNING, leased_until=export.leased_until)
    if not mine.update(**fields):
        raise Lost
    for name, value in fields.items():
        setattr(export, name, value)
