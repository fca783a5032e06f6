"""Counts from before the portal: what they add to a period, and which of its days are then left for the portal.

A figure of the year to a day (`as_of`) tells all of that year up to that day, whatever the portal has. A count of one
day is added to the portal's. Nothing is guessed: where the days between are told by nobody, the figure is not known.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Min, Sum
from django.utils import timezone

from reports import reading
from reports.counts.book import Book
from reports.counts.periods import DAY, Period, Range
from reports.counts.scope import Scope
from reports.models import HistoricCategory, HistoricCount, Report

Units = dict[str, int]
# The row of figures that stand in none, since they are known for greater units only.
TOO_COARSE = "*"


@dataclass(frozen=True)
class Part:
    """What history says of one heading in one period: what it adds by row, and the days that the portal counts."""

    adds: Units
    ranges: tuple[Range, ...]


@dataclass
class Past:
    """What is known of one category."""

    category: HistoricCategory
    # Figures of the year to a day, by that day and row; a row that is not there is zero.
    to_date: dict[date, Units] = field(default_factory=dict)
    # The last day with such a figure up to a day that was asked for, and the years that have any.
    last_before: dict[date, date | None] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)
    # From the first to the last day with a count of its own.
    daily: Range | None = None
    # Sums of the daily counts, by stretch of days and row.
    daily_sums: dict[Range, Units] = field(default_factory=dict)


def fold(name: str) -> str:
    """Return a name as names are compared: without regard to case and blanks."""
    return " ".join(name.split()).casefold()


def read_past(
    periods: list[Period], *, unit: str, scope: Scope, book: Book, only: str | None = None
) -> dict[str, Past]:
    """Return what history says of each category, by its folded name; nothing for rows other than bureaus and areas."""
    if unit not in {"bureau", "area"}:
        return {}
    found = {fold(category.name): Past(category) for category in HistoricCategory.objects.all()}
    found = {name: past for name, past in found.items() if only is None or name == fold(only)}
    if found:
        by_id = {past.category.pk: past for past in found.values()}
        _read_to_date(by_id, periods, unit, scope, book)
        _read_daily(by_id, periods, unit, scope, book)
    return found


def first_day_of_portal() -> date | None:
    """Return the day of the first report."""
    first = Report.objects.aggregate(first=Min("reported_at"))["first"]
    return timezone.localdate(first) if first else None


def part(past: Past, period: Period, portal_from: date | None) -> Part | None:
    """Return what history adds to a period, or None where the figure is not known.

    `portal_from` is the first day that the portal counts for this heading, None for one that it does not know.
    """
    by_year = [_part_of_year(past, first, last, period, portal_from) for first, last in _years(period)]
    known = [each for each in by_year if each is not None and TOO_COARSE not in each.adds]
    if len(known) < len(by_year):
        return None
    ranges = tuple(stretch for each in known for stretch in each.ranges)
    return Part(_added(*(each.adds for each in known)), ranges)


def _years(period: Period) -> Iterable[Range]:
    for year in range(period.first.year, period.last.year + 1):
        yield max(period.first, date(year, 1, 1)), min(period.last, date(year, 12, 31))


def _part_of_year(past: Past, first: date, last: date, period: Period, portal_from: date | None) -> Part | None:
    """The same within one year: figure to the last day less figure to the day before the first one."""
    upto = past.last_before.get(last)
    if upto is None or upto < first:
        # No figure to date falls into these days.
        return _of_days(past, first, last, period, portal_from)
    begins_year = (first.month, first.day) == (1, 1)
    if not begins_year and past.last_before.get(first - DAY) != first - DAY:
        return None
    earlier = {} if begins_year else past.to_date[first - DAY]
    adds = _added(past.to_date[upto], {unit: -count for unit, count in earlier.items()})
    rest = _of_days(past, upto + DAY, last, period, portal_from) if upto < last else Part({}, ())
    return rest and Part(_added(adds, rest.adds), rest.ranges)


def _of_days(past: Past, first: date, last: date, period: Period, portal_from: date | None) -> Part | None:
    """Days that are counted one by one, by the portal and by history."""
    starts = [day for day in (portal_from, past.daily and past.daily[0]) if day is not None]
    is_covered = bool(starts) and min(starts) <= first
    if portal_from is None:
        is_covered = past.daily is not None and past.daily[0] <= first and last <= past.daily[1]
    if not is_covered and (first.year in past.years or not _is_told_otherwise(past, first, portal_from)):
        return None
    ranges = Period(first, last, "", "", period.left_out).ranges
    return Part(_added(*(past.daily_sums.get(stretch, {}) for stretch in ranges)), ranges)


def _is_told_otherwise(past: Past, first: date, portal_from: date | None) -> bool:
    """A year without any figure: the portal's own zero, or daily counts that begin within it."""
    return portal_from is not None or (
        past.daily is not None and past.daily[0].year <= first.year <= past.daily[1].year
    )


def _added(*parts: Units) -> Units:
    sums: Units = {}
    for each in parts:
        for unit, count in each.items():
            sums[unit] = sums.get(unit, 0) + count
    return sums


# --- Reading ------------------------------------------------------------------------
_LAST_BEFORE = """
SELECT e.day, h.category_id, max(h.day) FILTER (WHERE h.day <= e.day)
FROM unnest(%s::date[]) AS e (day) JOIN reports_historiccount h ON h.category_id = ANY(%s) AND h.span = 'to_date'
    AND h.day >= date_trunc('year', e.day::timestamp)::date
    AND h.day < (date_trunc('year', e.day::timestamp) + interval '1 year')::date
GROUP BY 1, 2
"""


def _read_to_date(pasts: dict[int, Past], periods: list[Period], unit: str, scope: Scope, book: Book) -> None:
    stretches = [stretch for period in periods for stretch in _years(period)]
    ends = sorted({last for _, last in stretches} | {first - DAY for first, _ in stretches})
    with reading.connection().cursor() as cursor:
        cursor.execute(_LAST_BEFORE, [ends, list(pasts)])
        for day, category, last in cursor.fetchall():
            pasts[category].last_before[day] = last
            pasts[category].years.add(day.year)
    wanted = {day for past in pasts.values() for day in past.last_before.values() if day}
    rows = HistoricCount.objects.filter(span="to_date", day__in=wanted, category__in=pasts)
    for category, day, bureau, area, count in rows.values_list("category", "day", "bureau", "area", "count"):
        _put(pasts[category].to_date.setdefault(day, {}), _row(book, scope, unit, bureau, area), count)


def _read_daily(pasts: dict[int, Past], periods: list[Period], unit: str, scope: Scope, book: Book) -> None:
    daily = HistoricCount.objects.filter(span="day", category__in=pasts)
    for row in daily.values("category").annotate(first=Min("day"), last=Max("day")).order_by():
        pasts[row["category"]].daily = (row["first"], row["last"])
    for stretch in _daily_stretches(pasts, periods):
        rows = daily.filter(day__range=stretch).values_list("category", "bureau", "area")
        for category, bureau, area, count in rows.annotate(sum=Sum("count")).order_by():
            _put(pasts[category].daily_sums.setdefault(stretch, {}), _row(book, scope, unit, bureau, area), count)


def _daily_stretches(pasts: dict[int, Past], periods: list[Period]) -> set[Range]:
    """Return every stretch of days whose daily counts may be asked for: parts of the periods, also after a figure."""
    found: set[Range] = set()
    if not any(past.daily for past in pasts.values()):
        return found
    for period in periods:
        for first, last in _years(period):
            starts = {first} | {
                upto + DAY for past in pasts.values() if (upto := past.last_before.get(last)) and first <= upto < last
            }
            for start in starts:
                found.update(Period(start, last, "", "", period.left_out).ranges)
    return found


def _row(book: Book, scope: Scope, unit: str, bureau: int | None, area: int | None) -> str | None:
    """Return the table's row of a historic figure, None where it is out of reach."""
    if area is not None:
        known = book.areas.get(area)
        if known is None or not scope.covers(area):
            return None
        return known.bureau.code if unit == "bureau" else str(known.number)
    own = next((each for each in book.bureaus if each.pk == bureau), None)
    areas = [pk for pk, each in book.areas.items() if each.bureau_id == bureau]
    covered = sum(scope.covers(pk) for pk in areas)
    if own is None or (not covered and not scope.is_whole_city):
        return None
    return own.code if unit == "bureau" and covered == len(areas) else TOO_COARSE


def _put(units: Units, row: str | None, count: int) -> None:
    if row is not None:
        units[row] = units.get(row, 0) + count
