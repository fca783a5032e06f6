"""Working days: Monday to Friday in the agency's time zone. Holidays are not counted out."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

SATURDAY = 5


def after(moment: datetime, *, days: int) -> datetime:
    """Return the end of the `days`-th working day after `moment` (aware)."""
    day = timezone.localdate(moment)
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return end_of(day)


def days_after(moment: datetime, *, days: int) -> datetime:
    """Return the end of the `days`-th day after `moment` (aware), weekends counted."""
    return end_of(timezone.localdate(moment) + timedelta(days=days))


def end_of(day: date) -> datetime:
    """Return the last second of a day in the agency's time zone."""
    return datetime.combine(day, time(23, 59, 59), timezone.get_default_timezone())
