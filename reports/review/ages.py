"""How long ago or ahead a moment is, in its largest unit: Django's own words, found without making what is not said."""

from datetime import datetime
from functools import lru_cache

from django.utils.html import avoid_wrapping
from django.utils.timesince import TIME_STRINGS
from django.utils.translation import get_language

# In seconds. Months and years are the calendar's.
UNITS = {"week": 604_800, "day": 86_400, "hour": 3_600, "minute": 60}


def ago(moment: datetime) -> str:
    """Return how long ago a moment is: "3 days", and "0 minutes" for one to come."""
    return _between(moment, datetime.now(moment.tzinfo))


def ahead(moment: datetime) -> str:
    """Return how far ahead a moment is, and "0 minutes" for one that has passed."""
    return _between(datetime.now(moment.tzinfo), moment)


def _between(first: datetime, then: datetime) -> str:
    seconds = (then - first).total_seconds()
    months = (then.year - first.year) * 12 + then.month - first.month
    if (first.day, first.time()) > (then.day, then.time()):
        months -= 1
    if seconds < UNITS["minute"]:
        return _words("minute", 0, get_language())
    if months:
        return _words("year", months // 12, get_language()) if months >= 12 else _words("month", months, get_language())
    unit, length = next((unit, length) for unit, length in UNITS.items() if seconds >= length)
    return _words(unit, int(seconds // length), get_language())


@lru_cache(maxsize=1_000)
def _words(unit: str, number: int, language: str | None) -> str:
    """Return a number of units in a language, the active one, that stands here to be remembered by."""
    return avoid_wrapping(str(TIME_STRINGS[unit] % {"num": number}))
