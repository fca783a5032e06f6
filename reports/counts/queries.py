"""Weekly counts: Sunday to Saturday in the agency's time zone, by the date a report was made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from reports import csv_files
from reports.models import Report, ReportType
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
    return [dict(row) for row in rows]


@dataclass(frozen=True)
class Total:
    """One report type's part of a week: its rows by area, and their sums."""

    name: str
    rows: list[dict[str, Any]]
    received: int
    approved: int


def by_type(rows: list[dict[str, Any]]) -> list[Total]:
    """Return a week's rows under their types, each with its sums, in the order of `week`."""
    names = dict(ReportType.objects.order_by("version").values_list("slug", "name"))
    return [
        total(names.get(slug, slug), list(of_type)) for slug, of_type in groupby(rows, itemgetter("report_type__slug"))
    ]


def total(name: str, rows: list[dict[str, Any]]) -> Total:
    """Return rows with their sums under a name."""
    return Total(name, rows, sum(row["received"] for row in rows), sum(row["approved"] for row in rows))


def week_csv(ending: date, among: QuerySet[Report]) -> Iterator[str]:
    """Yield the week as lines of a CSV with HEADINGS."""
    yield csv_files.line(HEADINGS)
    for row in week(ending, among):
        yield csv_files.line("" if cell is None else cell for cell in (ending.isoformat(), *row.values()))
