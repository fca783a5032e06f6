"""What happens to files: added, removed, handed over with the report, scanned, looked at, deleted."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import User
from reports import audit, vault
from reports.audit import By
from reports.files import pictures, scanner, storage
from reports.files.kinds import PICTURES
from reports.files.limits import MOST_FILES, Refusal, Refused
from reports.files.upload import Incoming
from reports.models import Attachment, Draft, ExportPart, Job, Report, ReportKey

Scan = Attachment.Scan
# No upload takes this long; a stored file that no row knows by then was left behind.
ORPHAN_AGE = timedelta(hours=24)
AT_A_TIME = 1_000


def attach(*, draft_id: UUID, incoming: Incoming, by: By) -> Attachment:
    """Add a stored file to a draft. Raises Refused when it, or one more, cannot be taken."""
    with transaction.atomic():
        # The lock lets no two tabs pass the limit together, and none add to a draft that is just being sent.
        draft = Draft.objects.select_for_update().filter(pk=draft_id, expires_at__gt=timezone.now()).first()
        if draft is None:
            raise Refused(Refusal.NOT_KEPT, incoming.name or "")
        return add(incoming, among=draft.attachments.all(), parent=draft.key(), draft=draft)


def add(incoming: Incoming, *, among: "QuerySet[Attachment]", parent: vault.DataKey, **owner: Any) -> Attachment:
    """Store the row of a file that came in, as the last `among` those of its owner, who is locked. Raises Refused."""
    if incoming.refusal:
        raise Refused(incoming.refusal, incoming.name or "")
    if among.count() >= MOST_FILES:
        raise Refused(Refusal.TOO_MANY, incoming.name or "")
    row = incoming.attachment
    for name, value in owner.items():
        setattr(row, name, value)
    row.size, row.position = incoming.size or 0, (among.aggregate(last=Max("position"))["last"] or 0) + 1
    row.wrapped_key = vault.wrap_under(incoming.key, parent=parent, place=row.place("wrapped_key")).wrapped
    row.sealed_name = vault.seal(incoming.name, key=incoming.key, place=row.place("sealed_name"))
    row.save(force_insert=True)
    # Should the transaction fail after all, the sweep finds the file that no row knows.
    incoming.keep()
    return row


def describe(*, among: "QuerySet[Attachment]", about: Mapping[UUID, str], by: By) -> None:
    """Keep what the resident says that files `among` those not sent yet show."""
    for attachment_id, value in about.items():
        if value in {"", *Attachment.About.values}:
            among.filter(pk=attachment_id).update(about=value)


@transaction.atomic
def remove(*, among: "QuerySet[Attachment]", attachment_id: UUID, by: By) -> None:
    """Take out a file `among` those not sent yet; one that is not there is no mistake."""
    forget(among.filter(pk=attachment_id))


def forget(rows: "QuerySet[Attachment]") -> None:
    """Delete rows in the running transaction, and after its commit what is stored of them."""
    names = [name for pair in rows.values_list("stored", "copy") for name in pair if name]
    rows.delete()
    transaction.on_commit(lambda: _delete_stored(names), robust=True)


def _delete_stored(names: list[str]) -> None:
    for name in names:
        storage.delete(name)


def hand_over(*, draft: Draft, report: Report, by: By) -> list[Job]:
    """Give a draft's files to the report that it becomes, and return the jobs that look into them.

    Only their keys are wrapped anew, by the report's; their bytes stay where and as they are.
    """
    old, new, jobs = draft.key(), report.sealing_key.unwrap(), []
    for row in draft.attachments.all():
        place = row.place("wrapped_key")
        row.wrapped_key = vault.wrap_under(row.key(old), parent=new, place=place).wrapped
        row.draft, row.report = None, report
        row.save(update_fields=["wrapped_key", "draft", "report"])
        jobs.append(Job(kind=Job.Kind.SCAN, report=report, attachment=row))
    return jobs


def scan(job: Job) -> None:
    """Look into a file: ask the scanner, where there is one, then make the copy for viewing, if it is a picture.

    A scanner that does not answer and a picture that breaks its reader raise, so that the job is tried again and at
    last parked: the file stays "not scanned", the report is as it was.
    """
    row = Attachment.objects.select_for_update(of=("self",)).get(jobs=job)
    if scanner.is_configured():
        row.scan = Scan.CLEAN if scanner.is_clean(original(row)) else Scan.INFECTED
    if row.scan != Scan.INFECTED and row.kind in PICTURES and not row.copy:
        try:
            row.copy = _store_copy(row)
        except pictures.Unreadable:
            row.scan = Scan.FAILED
    row.save(update_fields=["scan", "copy"])
    audit.record("files.scan", by=audit.SYSTEM, subject=f"report:{row.report_id}", file=row.position, found=row.scan)


def _store_copy(row: Attachment) -> str:
    copy, name = pictures.plain_copy(b"".join(original(row)), Attachment.Kind(row.kind)), storage.new_name()
    with storage.create(name) as file:
        for sealed in vault.seal_stream([copy], key=_key(row), place=row.place("copy")):
            file.write(sealed)
        storage.settle(file)
    return name


def original(row: Attachment) -> Iterator[bytes]:
    """Return the file as it was sent, chunk by chunk. Raises vault.CannotOpen and FileNotFoundError."""
    return _opened(row.stored, _key(row), row.place("stored"))


def copy_of(row: Attachment) -> Iterator[bytes]:
    """Return the plain copy of a picture, chunk by chunk. Raises vault.CannotOpen and FileNotFoundError."""
    return _opened(row.copy, _key(row), row.place("copy"))


def view(*, attachment: Attachment, by: User) -> Iterator[bytes]:
    """Leave a trace, then return the plain copy of a picture, chunk by chunk."""
    content = copy_of(attachment)
    audit.record("files.view", by=by, subject=f"report:{attachment.report_id}", file=attachment.position)
    return content


def download(*, attachment: Attachment, reason: str, by: User) -> Iterator[bytes]:
    """Leave a trace with the reason, then return the file as it was sent, chunk by chunk."""
    content = original(attachment)
    audit.record(
        "files.download",
        by=by,
        subject=f"report:{attachment.report_id}",
        file=attachment.position,
        reason=reason,
        scan=attachment.scan,
    )
    return content


def may_view(row: Attachment) -> bool:
    """Tell whether the copy may be shown: after a clean scan, or, where there is no scanner, if the agency says so."""
    unscanned = row.scan == Scan.UNSCANNED and not scanner.is_configured() and settings.VIEW_UNSCANNED_COPIES
    return bool(row.copy) and (row.scan == Scan.CLEAN or unscanned)


def may_download(row: Attachment) -> bool:
    """Tell whether the original may leave: never infected, and not before the scanner, if there is one, saw it."""
    return row.scan in {Scan.CLEAN, Scan.FAILED} or (row.scan == Scan.UNSCANNED and not scanner.is_configured())


def sweep(*, by: By) -> int:
    """Delete stored files that no row knows: left by a process that was killed. Return how many."""
    left, done = storage.older_than(timezone.now() - ORPHAN_AGE), 0
    while found := list(islice(left, AT_A_TIME)):
        known = set(Attachment.objects.filter(stored__in=found).values_list("stored", flat=True))
        known |= set(Attachment.objects.filter(copy__in=found).values_list("copy", flat=True))
        known |= set(ExportPart.objects.filter(stored__in=found).values_list("stored", flat=True))
        _delete_stored([name for name in found if name not in known])
        done += len(found) - len(known)
    return done


def _key(row: Attachment) -> vault.DataKey:
    return row.key(ReportKey.objects.get(report=row.report_id).unwrap())


def _opened(name: str, key: vault.DataKey, place: vault.Place) -> Iterator[bytes]:
    """Look for the file at once, so that a missing one is known before the first byte is promised; read it later."""
    if not storage.is_there(name):
        raise FileNotFoundError(name)
    return _read(name, key, place)


def _read(name: str, key: vault.DataKey, place: vault.Place) -> Iterator[bytes]:
    with storage.read(name) as file:
        yield from vault.open_stream(file, key=key, place=place)
