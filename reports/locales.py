"""Dates and times as the language of the page writes them, by the tables of Unicode's CLDR.

The portal serves a city in the United States, so Spanish is that of the United States; every calendar is Gregorian,
every digit Western, as officers, insurers and the portal's own codes write them. Imports nothing of ours but
`remembering`.
"""

from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal
from django.utils import timezone
from django.utils.translation import to_locale

from reports.remembering import language

# Where the language alone means another country's habits.
OF_THE_COUNTRY = {"en": "en_US", "es": "es_US"}
# Where the short form of the table is not how people write the time of day.
TIMES = {"ko": "aaaa h:mm"}
# Babel takes its time, and lists and files show the same days and sums again and again.
FORMS_KEPT = 4096


@cache
def locale_of(code: str) -> Locale:
    """Return the CLDR locale for one of the portal's languages."""
    return Locale.parse(OF_THE_COUNTRY.get(code, to_locale(code)))


def _locale() -> Locale:
    return locale_of(language())


def day(value: date) -> str:
    """Return a day with its month in words. A moment (aware) counts as the agency's local day."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return _day(value, language())


@lru_cache(maxsize=FORMS_KEPT)
def _day(value: date, code: str) -> str:
    return format_date(value, "long", locale=locale_of(code))


def clock(value: time) -> str:
    """Return a time of day, hours and minutes."""
    return _clock(value, language())


@lru_cache(maxsize=FORMS_KEPT)
def _clock(value: time, code: str) -> str:
    return format_time(value, TIMES.get(code, "short"), locale=locale_of(code))


def moment(value: datetime) -> str:
    """Return day and time of an aware moment, in the agency's time zone."""
    local = timezone.localtime(value)
    return f"{day(local)}, {clock(local.time())}"


def number(value: int) -> str:
    """Return a whole number with its thousands set apart."""
    return format_decimal(value, locale=_locale())


@lru_cache(maxsize=FORMS_KEPT)
def dollars(value: Decimal | str) -> str:
    """Return US dollars as every price tag of the city shows them, whatever the language: $1,000.50."""
    return format_currency(Decimal(value), "USD", locale=locale_of("en"))
