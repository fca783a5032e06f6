"""Asking for exports, getting them, giving them up. Who exported what is in the log, and each report knows it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from reports import audit, codes, csv_files, reading, vault
from reports.audit import By
from reports.export import formats, parts, running
from reports.export.columns import Column
from reports.export.sealed import sources
from reports.export.table import chosen, columns
from reports.export.wanted import Wanted, reports_of
from reports.models import Export, ExportLine, ExportPreset, Report
from reports.permissions import may_export, reach_digest
from reports.processing.nudge import nudge
from reports.reasons import FOR_PERSONAL, ExportReason
from reports.remembering import remembering
from reports.states import State

Format, Stage = Export.Format, Export.State
CHUNK = 500
# A menu longer than this is no help to anybody.
MOST_PRESETS = 40


class CannotExport(Exception):
    """The person may not export this, or not for this reason."""


class Gone(Exception):
    """The file is not there, not yet or no more, or its maker's reach is another now."""


@transaction.atomic
def ask(
    *, wanted: Wanted, keys: Iterable[str], kind: Export.Format, personal: bool, with_bom: bool, reason: str, by: User
) -> Export:
    """Store what is asked for; workers make it. Raises CannotExport.

    `personal` counts for papers, which have no columns; for rows the columns themselves say it.
    """
    picked: list[Column] = [] if kind in {Format.PDF, Format.PDFS} else chosen(keys)
    is_personal = any(column.personal for column in picked) if picked else personal
    if not may_export(by, personal=is_personal) or (is_personal and reason not in FOR_PERSONAL):
        raise CannotExport
    export = Export(
        id=codes.new_id(),
        requester=by,
        wanted=wanted.as_json(),
        columns=[column.key for column in picked],
        format=kind,
        with_bom=with_bom and kind == Format.CSV,
        personal=is_personal,
        reason=ExportReason(reason),
        written=reading.position(),
    )
    key = vault.new_data_key(place=export.place("wrapped"))
    export.wrapped, export.wrapped_by = key.wrapped, key.wrapped_by
    export.save(force_insert=True)
    transaction.on_commit(lambda: nudge(running.TASK), robust=True)
    audit.record(
        "export.ask",
        by=by,
        subject=f"export:{export.pk}",
        format=str(kind),
        columns=len(picked),
        personal=is_personal,
        reason=reason,
    )
    return export


def is_small(export: Export, *, by: User) -> bool:
    """Tell whether an export is so small that the request makes it."""
    own = formats.maker(export).at_once
    most = settings.EXPORT_AT_ONCE if own is None else min(own, settings.EXPORT_AT_ONCE)
    ids = reports_of(Wanted.from_json(export.wanted), by).values_list("pk", flat=True)
    return ids[: most + 1].count() <= most


def make_now(export: Export, *, by: User) -> None:
    """Make a small export at once, by the same steps as a worker. What fails is left to the workers."""
    with transaction.atomic():
        row = Export.objects.select_for_update(skip_locked=True).filter(pk=export.pk, state=Stage.WAITING).first()
        if row is None:
            return
        running.take(row)
    running.carry_on(row, by=by)


@transaction.atomic
def cancel(*, export: Export, by: User) -> bool:
    """Give up an export that is not ready; what was stored of it goes. Tell whether there was something to give up."""
    row = Export.objects.select_for_update().get(pk=export.pk)
    if not row.is_at_work:
        return False
    Export.objects.filter(pk=row.pk).update(state=Stage.CANCELLED, ended_at=timezone.now(), leased_until=None)
    running.drop(row)
    audit.record("export.cancel", by=by, subject=f"export:{row.pk}")
    return True


def download(*, export: Export, reason: str, of: str = "file", by: User) -> Iterator[bytes]:
    """Leave a trace with the reason, then return the file, its list of misfits or its checksum.

    Raises CannotExport and Gone. What breaks off on the way is shorter than its announced length, never less unseen.
    """
    if not may_export(by, personal=export.personal) or (export.personal and reason not in FOR_PERSONAL):
        raise CannotExport
    if export.state != Stage.READY or export.reach != reach_digest(by) or not parts.are_there(export):
        raise Gone
    with transaction.atomic():
        Export.objects.filter(pk=export.pk).update(downloaded_at=timezone.now())
        audit.record(
            "export.download",
            by=by,
            subject=f"export:{export.pk}",
            of=of,
            format=export.format,
            rows=export.rows,
            personal=export.personal,
            reason=str(ExportReason(reason)),
        )
    return FILES[of](export)


def name_of(export: Export) -> str:
    """Return what the file is called: the day, and letters of its own; nothing of what is in it."""
    day = timezone.localdate(export.ended_at) if export.ended_at else timezone.localdate()
    return f"reports-{day:%Y-%m-%d}-{str(export.pk)[-6:]}.{formats.maker(export).suffix}"


def proof(export: Export) -> Iterator[bytes]:
    """Yield what says that the file is complete: remarks, and a line that `sha256sum -c` reads."""
    told = {
        "complete": "yes",
        "reports": export.rows,
        "bytes": export.size,
        "does not fit": export.misfits,
        "made": timezone.localtime(export.ended_at).isoformat(timespec="seconds"),
    }
    yield "".join(f"# {name}: {value}\n" for name, value in told.items()).encode()
    yield f"{export.checksum}  {name_of(export)}\n".encode()


FILES = {
    "file": lambda export: formats.maker(export).join(export),
    "misfits": formats.misfit_csv,
    "proof": proof,
}


def expire(*, by: By) -> int:
    """Delete the files of exports whose time is over; return how many. Their rows stay, as does who was in them.

    Over, too, is the time of a file that still holds a report which was deleted since.
    """
    deleted_since = ExportLine.objects.filter(export=OuterRef("pk"), report__purged_at__gt=OuterRef("ended_at"))
    over = Export.objects.filter(Q(expires_at__lt=timezone.now()) | Exists(deleted_since), state=Stage.READY)
    return sum(_expire_one(pk, by) for pk in over.values_list("pk", flat=True))


@transaction.atomic
def _expire_one(pk: Any, by: By) -> int:
    row = Export.objects.select_for_update(skip_locked=True).filter(pk=pk, state=Stage.READY).first()
    if row is None:
        return 0
    Export.objects.filter(pk=pk).update(state=Stage.EXPIRED)
    parts.forget(row)
    audit.record("export.expire", by=by, subject=f"export:{pk}")
    return 1


# --- Choices of columns -----------------------------------------------------------------------------------
class TooMany(Exception):
    """The person has as many saved choices as one may have."""


@transaction.atomic
def save_preset(*, name: str, keys: Iterable[str], shared: bool, by: User) -> ExportPreset:
    """Keep a choice of columns; one of the same name of the same person is replaced. Raises TooMany."""
    User.objects.select_for_update().get(pk=by.pk)
    existing = ExportPreset.objects.filter(owner=by)
    if not existing.filter(name=name).exists() and existing.count() >= MOST_PRESETS:
        raise TooMany
    picked = {"columns": [column.key for column in chosen(keys)], "shared": shared}
    preset, _made = ExportPreset.objects.update_or_create(owner=by, name=name, defaults=picked)
    audit.record("export.save_preset", by=by, subject=f"preset:{preset.pk}", shared=shared)
    return preset


@transaction.atomic
def drop_preset(*, preset: ExportPreset, by: User) -> None:
    """Forget a choice of one's own."""
    preset_id = preset.pk
    preset.delete()
    audit.record("export.drop_preset", by=by, subject=f"preset:{preset_id}")


# --- On the server ----------------------------------------------------------------------------------------
def write_out(*, first: date, last: date, personal: bool, reason: str = "", by: By = audit.SYSTEM) -> Iterator[str]:
    """Return the lines of a CSV of the reports approved from the first to the last day, for the command line.

    The audit event is written now, not when the first line is read. Raises CannotExport without a reason for personal
    columns.
    """
    if personal and reason not in FOR_PERSONAL:
        raise CannotExport
    wanted = Wanted(first=first, last=last).condition(User())
    rows = Report.objects.filter(wanted, state=State.APPROVED).order_by("pk")
    audit.record(
        "export.write_out",
        by=by,
        subject="reports",
        first=first.isoformat(),
        last=last.isoformat(),
        personal=personal,
        reason=reason,
        rows=rows.count(),
    )
    return _lines(rows, personal=personal)


def _lines(rows: QuerySet[Report], *, personal: bool) -> Iterator[str]:
    picked = columns(personal=personal)
    yield csv_files.line(column.title for column in picked)
    after = None
    while ids := list((rows.filter(pk__gt=after) if after else rows).values_list("pk", flat=True)[:CHUNK]):
        with remembering():
            lines = [csv_files.line(formats.values(picked, source, [])) for source in sources(ids, picked)]
        yield from lines
        after = ids[-1]
