"""Working days: Monday to Friday in the agency's time zone. Holidays are not counted out."""

from datetime import datetime, time, timedelta

from django.utils import timezone

SATURDAY = 5


def after(moment: datetime, *, days: int) -> datetime:
    """Return the end of the `days`-th working day after `moment` (aware)."""
    day = timezone.localdate(moment)
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return datetime.combine(day, time(23, 59, 59), timezone.get_default_timezone())
