"""Working days: Monday to Friday in the agency's time zone, without the agency's holidays (the setting HOLIDAYS)."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

SATURDAY = 5


def after(moment: datetime, *, days: int) -> datetime:
    """Return the end of the `days`-th working day after `moment` (aware)."""
    day = timezone.localdate(moment)
    while days > 0:
        day += timedelta(days=1)
        days -= is_one(day)
    return end_of(day)


def is_one(day: date) -> bool:
    """Tell a working day."""
    return day.weekday() < SATURDAY and day not in settings.HOLIDAYS


def left(until: datetime, now: datetime | None = None) -> int:
    """Return how many working days lie after today up to the day of `until` (aware): 0 on the last one.

    Negative after it: how many working days ago it was.
    """
    today, last = timezone.localdate(now), timezone.localdate(until)
    if last < today:
        return -_between(last, today)
    return _between(today, last)


def _between(after: date, last: date) -> int:
    """Return how many working days lie after `after` up to `last`."""
    return sum(is_one(after + timedelta(days=number)) for number in range(1, (last - after).days + 1))


def days_after(moment: datetime, *, days: int) -> datetime:
    """Return the end of the `days`-th day after `moment` (aware), weekends counted."""
    return end_of(timezone.localdate(moment) + timedelta(days=days))


def end_of(day: date) -> datetime:
    """Return the last second of a day in the agency's time zone."""
    return datetime.combine(day, time(23, 59, 59), timezone.get_default_timezone())
