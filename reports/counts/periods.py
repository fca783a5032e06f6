"""Days, weeks and years to date. A leaf: calendar only, all days in the agency's time zone."""

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

SATURDAY = 5
DAY, WEEK = timedelta(days=1), timedelta(days=7)
FOUR_WEEKS = 4 * WEEK
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
Range = tuple[date, date]


class NotSaturday(ValueError):
    """A week ends on a Saturday."""


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both counted; `left_out` is a day between them that is not."""

    first: date
    last: date
    heading: str
    short: str
    left_out: date | None = None

    @property
    def ranges(self) -> tuple[Range, ...]:
        """The unbroken stretches of days."""
        if self.left_out is None or not self.first <= self.left_out <= self.last:
            return ((self.first, self.last),)
        parts = ((self.first, self.left_out - DAY), (self.left_out + DAY, self.last))
        return tuple(part for part in parts if part[0] <= part[1])


def last_week_ending(today: date | None = None) -> date:
    """Return the Saturday of the last whole week."""
    today = today or timezone.localdate()
    return today - timedelta(days=(today.weekday() - SATURDAY) % 7 or 7)


def week(ending: date) -> Period:
    """Return a week by its last day. Raises NotSaturday."""
    if ending.weekday() != SATURDAY:
        raise NotSaturday
    return Period(ending - WEEK + DAY, ending, f"Week to {ending}", f"Week to {_short(ending)}")


def four_weeks(ending: date) -> Period:
    """Return the 28 days up to a day."""
    return Period(ending - FOUR_WEEKS + DAY, ending, f"28 days to {ending}", f"28 days to {_short(ending)}")


def year_to_date(year: int, as_of: date) -> Period:
    """Return 1 January to the same day of `year`; 28 February where that year has no 29th.

    With COUNTS_LEAP_DAY "counted" (the default, as the Los Angeles department does) 29 February is a day like any
    other, so the two years may differ by one day; with "left_out" it is in no year to date.
    """
    last = same_day(as_of, year)
    leap_day = date(year, 2, 29) if isleap(year) and settings.COUNTS_LEAP_DAY == "left_out" else None
    if leap_day == last:
        last -= DAY
    return Period(date(year, 1, 1), last, f"YTD {year}", f"YTD '{year % 100:02}", leap_day)


def same_day(day: date, year: int) -> date:
    """Return the same day of another year, 28 February where it has no 29th."""
    is_missing = (day.month, day.day) == (2, 29) and not isleap(year)
    return date(year, 2, 28) if is_missing else day.replace(year=year)


def same_weekday(day: date, year: int) -> date:
    """Return the day of another year with the same day of the week that is nearest to the same day."""
    near = same_day(day, year)
    ahead = (day.weekday() - near.weekday()) % 7
    return near + timedelta(days=ahead if ahead <= 3 else ahead - 7)


def sunday(day: date) -> date:
    """Return the first day of a day's week."""
    return day - timedelta(days=(day.weekday() + 1) % 7)


def after_month(day: date) -> date:
    """Return the first day of the month after a day's."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def weeks_of(first: date, last: date) -> Iterator[Range]:
    """Yield the weeks that end within a stretch of days."""
    end = first + timedelta(days=(SATURDAY - first.weekday()) % 7)
    while end <= last:
        yield end - WEEK + DAY, end
        end += WEEK


def _short(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year % 100:02}"


@dataclass(frozen=True)
class Piece:
    """Rows of the rollup that make up a part of a stretch: from one start to another, of one length."""

    grain: str
    first: date
    last: date
    until: date


def pieces(first: date, last: date) -> Iterator[Piece]:
    """Cut a stretch of days into whole months, whole weeks in what is left, and days."""
    month = first if first.day == 1 else after_month(first)
    end = (last + DAY).replace(day=1)
    if month >= end:
        yield from _weeks_and_days(first, last)
        return
    yield from _weeks_and_days(first, month - DAY)
    yield Piece("m", month, (end - DAY).replace(day=1), end - DAY)
    yield from _weeks_and_days(end, last)


def _weeks_and_days(first: date, last: date) -> Iterator[Piece]:
    start = sunday(first + timedelta(days=6))
    end = sunday(last + DAY)
    if start >= end:
        yield from _days(first, last)
        return
    yield from _days(first, start - DAY)
    yield Piece("w", start, end - WEEK, end - DAY)
    yield from _days(end, last)


def _days(first: date, last: date) -> Iterator[Piece]:
    if first <= last:
        yield Piece("d", first, last, last)
