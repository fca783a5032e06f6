"""Weeks for the public page: each counted once when it is over, its small numbers hidden, and then frozen.

A report is counted in one week only, and a week is never counted again. So what is published of one week says nothing
of another, and nobody can subtract an earlier publication from a later one.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from reports import audit
from reports.audit import By
from reports.counts.cells import Kind
from reports.counts.history import first_day_of_portal
from reports.counts.periods import DAY, WEEK, Range, sunday, week
from reports.counts.publishing import due, one_moment
from reports.counts.rollup import UNPLACED, Asked, read
from reports.models import Area, Cuboid, PublicWeek, ReportType
from reports.statistics.protecting import hidden, with_totals

# The first publication goes so many weeks back.
WEEKS_BACK = 52
CACHE_KEY = "statistics"


@dataclass(frozen=True)
class Counted:
    """All figures of a week: a row for each kind of report, in each a figure for each area, "not known" the last."""

    types: list[str]
    hate_types: list[str]
    areas: list[tuple[int, str]]
    figures: list[list[int]]


def publish(*, by: By, now: datetime | None = None) -> list[PublicWeek]:
    """Count and freeze the weeks that are due and were not published yet, the earliest first; return them.

    First all are counted, then all are stored at once. Where another one was faster, none is.
    """
    now = now or timezone.now()
    counted = {ending: each for ending in missing(now) if (each := count(ending)).types}
    try:
        return _freeze(counted, by, now) if counted else []
    except IntegrityError:
        return []


def missing(now: datetime) -> list[date]:
    """Return the last days of the weeks that are due; before the first publication those since the first report."""
    ending, last = due(now), PublicWeek.objects.order_by("-ending").values_list("ending", flat=True).first()
    if last is None:
        first = first_day_of_portal()
        if first is None:
            return []
        last = max(sunday(first) - DAY, ending - WEEKS_BACK * WEEK)
    return [last + WEEK * number for number in range(1, (ending - last) // WEEK + 1)]


def count(ending: date) -> Counted:
    """Count a week: the kinds that are open in the whole city, by area.

    Of kinds that are open nowhere, or in some places only, everybody would know where their figure is 0.
    """
    with one_moment():
        return _count(week(ending).ranges)


def _count(days: tuple[Range, ...]) -> Counted:
    slugs, hate_types = _types()
    areas = list(Area.objects.order_by("number"))
    columns = {area.pk: at for at, area in enumerate(areas)} | {UNPLACED: len(areas)}
    rows = {slug: at for at, slug in enumerate(slugs)}
    slug_of = dict(ReportType.objects.values_list("pk", "slug"))
    figures = [[0] * len(columns) for _ in slugs]
    for each in read([days], Asked(Kind(Cuboid.CHANNEL), by_area=True, by_type=True)):
        if (row := rows.get(slug_of.get(each.report_type, ""))) is not None:
            figures[row][columns[each.area]] += each.reports
    numbered = [*((area.number, area.name) for area in areas), (UNPLACED, "")]
    return Counted(slugs, hate_types, numbered, figures)


def _types() -> tuple[list[str], list[str]]:
    """Return the kinds that are open in the whole city, in order, and those of hate among them."""
    live = list(ReportType.objects.filter(state=ReportType.State.LIVE).only("slug", "is_hate"))
    return [each.slug for each in live], [each.slug for each in live if each.is_hate]


@transaction.atomic
def _freeze(counted: dict[date, Counted], by: By, now: datetime) -> list[PublicWeek]:
    made = PublicWeek.objects.bulk_create(_week(ending, each, now) for ending, each in counted.items())
    audit.record(
        "statistics.publish",
        by=by,
        subject="statistics",
        weeks=len(made),
        first=min(counted).isoformat(),
        last=max(counted).isoformat(),
    )
    transaction.on_commit(lambda: cache.delete(CACHE_KEY))
    return made


def _week(ending: date, counted: Counted, now: datetime) -> PublicWeek:
    least, least_hate = settings.COUNTS_LEAST_PUBLIC, settings.COUNTS_LEAST_PUBLIC_HATE
    return PublicWeek(
        ending=ending,
        counted_at=now,
        types=counted.types,
        hate_types=counted.hate_types,
        areas=counted.areas,
        figures=shown(counted, least, least_hate),
        least=least,
        least_hate=least_hate,
    )


def shown(counted: Counted, least: int, least_hate: int) -> list[list[int | None]]:
    """Return the figures with their totals as everybody may see them: None in the place of what is hidden."""
    by_row = [least_hate if slug in counted.hate_types else least for slug in counted.types]
    covered = hidden(counted.figures, by_row, least)
    return [
        [None if (row, column) in covered else figure for column, figure in enumerate(figures)]
        for row, figures in enumerate(with_totals(counted.figures))
    ]
