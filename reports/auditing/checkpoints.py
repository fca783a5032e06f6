"""Where the log begins, once the time of its oldest events is over: a sealed mark instead of what was before it."""

import hmac
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from django.utils import timezone

from reports import vault
from reports.models import AuditCheckpoint, AuditEvent

# How far the clocks of the portal and of the database may differ.
SLACK = timedelta(hours=1)


def last() -> AuditCheckpoint | None:
    """Return the checkpoint behind which the log begins."""
    return AuditCheckpoint.objects.order_by("event").last()


def all_of_them() -> Iterator[AuditCheckpoint]:
    """Yield every checkpoint, the oldest first."""
    yield from AuditCheckpoint.objects.order_by("event")


def first_forged() -> int | None:
    """Return the event of the first checkpoint whose seal does not follow from the one before it, or None."""
    before = b""
    for row in all_of_them():
        if not hmac.compare_digest(seal(row, before), bytes(row.seal)):
            return row.event
        before = bytes(row.seal)
    return None


def add(event: AuditEvent) -> AuditCheckpoint:
    """Store the mark that lets the log begin behind an event."""
    before = last()
    row = AuditCheckpoint(event=event.pk, link=bytes(event.link), until=event.at, made_at=timezone.now())
    removed = AuditEvent.objects.filter(pk__lte=event.pk)
    row.count = removed.count() + (before.count if before else 0)
    row.seal = seal(row, bytes(before.seal) if before else b"")
    row.save(force_insert=True)
    return row


def seal(row: AuditCheckpoint, before: bytes) -> bytes:
    """Return the seal of a checkpoint: it holds the one before, so that none can be left out."""
    said = (str(row.event), bytes(row.link).hex(), str(row.count), _text(row.until), _text(row.made_at), before.hex())
    return hmac.digest(vault.derived_key("audit-checkpoint"), "\x1f".join(said).encode(), sha256)


def _text(moment: datetime) -> str:
    return moment.astimezone(timezone.get_fixed_timezone(0)).isoformat()
