"""Weekly counts: Sunday to Saturday in the agency's time zone, by the date a report was made."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from reports.export.actions import Echo
from reports.models import Report
from reports.states import State

SATURDAY = 5
HEADINGS = ["week_ending", "type", "bureau", "area", "area_name", "received", "approved"]


class NotSaturday(ValueError):
    """A week ends on a Saturday."""


def last_week_ending(today: date | None = None) -> date:
    """Return the Saturday of the last whole week."""
    today = today or timezone.localdate()
    return today - timedelta(days=(today.weekday() - SATURDAY) % 7 or 7)


def week(ending: date, among: QuerySet[Report]) -> list[dict[str, Any]]:
    """Return one row for each type and area with reports `among` these made in the week; area None where unknown.

    `received` counts every report, `approved` those that are approved by now. Raises NotSaturday.
    """
    if ending.weekday() != SATURDAY:
        raise NotSaturday
    zone = timezone.get_default_timezone()
    start = datetime.combine(ending - timedelta(days=6), time.min, zone)
    end = datetime.combine(ending + timedelta(days=1), time.min, zone)
    rows = (
        among.filter(reported_at__gte=start, reported_at__lt=end)
        .values("report_type__slug", "area__bureau__code", "area__number", "area__name")
        .annotate(received=Count("pk"), approved=Count("pk", filter=Q(state=State.APPROVED)))
        .order_by("report_type__slug", "area__number")
    )
    return list(rows)


def week_csv(ending: date, among: QuerySet[Report]) -> Iterator[str]:
    """Yield the week as lines of a CSV with HEADINGS."""
    writer = csv.writer(Echo())
    yield writer.writerow(HEADINGS)
    for row in week(ending, among):
        yield writer.writerow(["" if cell is None else cell for cell in (ending.isoformat(), *row.values())])
