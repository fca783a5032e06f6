"""What is done with the log itself: looked at, taken out, checked, its head printed. Each leaves its own trace."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reports import audit, csv_files
from reports.audit import By
from reports.auditing import chain, checkpoints, heads, queries
from reports.auditing.chain import Finding, Head
from reports.auditing.queries import Asked
from reports.models import AuditEvent

logger = logging.getLogger(__name__)
LOG = "audit"
# Events that are removed in one transaction.
PORTION = 20_000


def look(*, asked: Asked, further: bool, by: User) -> None:
    """Leave a trace that somebody looks at the log, and at which part of it."""
    audit.record("auditing.look", by=by, subject=LOG, further=further, **asked.tokens())


def download(*, asked: Asked, reason: str, by: User) -> Iterator[str]:
    """Return the lines of a CSV of what was asked for, newest first, as the log stands now.

    The audit event is written now, not when the first line is read; the file does not hold it.
    """
    rows = queries.events(asked).filter(pk__lte=chain.last_event())
    audit.record("auditing.download", by=by, subject=LOG, reason=reason, rows=rows.count(), **asked.tokens())
    return map(csv_files.line, queries.cells(rows))


def verify(
    *, by: By, heads_file: Path | None, only_new: bool = False, on_row: Callable[[], object] = lambda: None
) -> Head | Finding:
    """Read the chain, compare it with the heads printed outside, print a new head, and leave a trace of the result.

    With `only_new` reading begins behind the last head up to which the log was found whole. Raises OSError when the
    heads cannot be read or printed.
    """
    printed = heads.printed(heads_file) if heads_file and heads_file.exists() else []
    since = heads.last_verified(printed) if only_new else None
    result = chain.read(printed, since=since, on_row=on_row)
    found = result.kind.value if isinstance(result, Finding) else "whole"
    audit.record("auditing.verify", by=by, subject=LOG, found=found, event=result.event, only_new=only_new)
    head = heads.current() if isinstance(result, Finding) else replace(result, at=timezone.now())
    if head and head.event:
        heads.print_out(head)
    return result


def purge(*, by: By, now: datetime | None = None) -> int:
    """Remove the events from the log's beginning that are older than RETENTION_AUDIT_DAYS; return how many.

    What is removed is read first: a log that is not whole stays as it is, as evidence. Each portion leaves a sealed
    checkpoint and an event, in one transaction.
    """
    before, done = (now or timezone.now()) - timedelta(days=settings.RETENTION_AUDIT_DAYS), 0
    while (last := _last_old(before)) is not None:
        result = chain.read(upto=last)
        if isinstance(result, Finding):
            logger.critical("the audit log is not whole, so nothing is removed from it: %s", result.words)
            break
        done += _remove(last, by)
    return done


def _last_old(before: datetime) -> int | None:
    """Return the last event of the next portion whose events, and all before them, are old enough."""
    portion = AuditEvent.objects.order_by("pk")[:PORTION].values_list("pk", "at")
    old = list(takewhile(lambda event: event[1] < before, portion))
    return old[-1][0] if old else None


@transaction.atomic
def _remove(last: int, by: By) -> int:
    checkpoints.add(AuditEvent.objects.get(pk=last))
    removed, _each = AuditEvent.objects.filter(pk__lte=last).delete()
    audit.record("auditing.purge", by=by, subject=LOG, event=last, rows=removed)
    return removed


def keep_watch(*, by: By) -> None:
    """Check every night what is new, and print the head; what is wrong goes into the log of the processes, too."""
    file = Path(settings.AUDIT_HEAD_FILE) if settings.AUDIT_HEAD_FILE else None
    try:
        result = verify(by=by, heads_file=file, only_new=True)
    except OSError as error:
        logger.error("the head of the audit log could not be printed: %s", error.strerror)  # noqa: TRY400
        return
    if isinstance(result, Finding):
        logger.critical("the audit log is not whole: %s", result.words)
