"""Files that leave the portal. Each one is audited before its first row."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from reports import audit, csv_files
from reports.audit import SYSTEM, By
from reports.documents import opened
from reports.export.columns import columns
from reports.models import Report
from reports.permissions import visible
from reports.states import State

CHUNK = 500


def within_reach(by: By) -> QuerySet[Report]:
    """Return the reports that `by` may count or export: a person's own reach, everything for the portal itself."""
    return visible(by) if isinstance(by, User) else Report.objects.all()


def approved(*, first: date, last: date, by: By) -> QuerySet[Report]:
    """Return the reports approved from the first to the last day (local, both included) in the actor's reach."""
    zone = timezone.get_default_timezone()
    start = datetime.combine(first, time.min, zone)
    end = datetime.combine(last + timedelta(days=1), time.min, zone)
    period = {"decided_at__gte": start, "decided_at__lt": end}
    return within_reach(by).filter(state=State.APPROVED, **period).order_by("decided_at", "id")


def download(*, first: date, last: date, personal: bool, reason: str = "", by: By = SYSTEM) -> Iterator[str]:
    """Return the lines of a CSV of the approved reports of a period.

    The audit event is written now, not when the first line is read. Personal columns need a reason.
    Raises ValueError without one.
    """
    if personal and not reason:
        raise ValueError("Personal columns need a reason.")
    rows = approved(first=first, last=last, by=by)
    audit.record(
        "export.download",
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
    chosen = columns(personal=personal)
    yield csv_files.line(column.heading for column in chosen)
    related = ["report_type__offence", "area__bureau", *(["document", "sealing_key"] if personal else [])]
    for report in rows.select_related(*related).prefetch_related("facts").iterator(chunk_size=CHUNK):
        parts: dict[str, Any] = opened(report) if personal else {}
        yield csv_files.line(column.value(report, parts) for column in chosen)
