"""Dates and times as the language of the page writes them, by the tables of Unicode's CLDR.

The portal serves a city in the United States, so Spanish is that of the United States; every calendar is Gregorian,
every digit Western, as officers, insurers and the portal's own codes write them. Imports nothing of ours.
"""

from datetime import date, datetime, time
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal
from django.utils import timezone
from django.utils.translation import get_language, to_locale

# Where the language alone means another country's habits.
OF_THE_COUNTRY = {"en": "en_US", "es": "es_US"}
# Where the short form of the table is not how people write the time of day.
TIMES = {"ko": "aaaa h:mm"}


@cache
def locale_of(language: str) -> Locale:
    """Return the CLDR locale for one of the portal's languages."""
    return Locale.parse(OF_THE_COUNTRY.get(language, to_locale(language)))


def _locale() -> Locale:
    return locale_of(get_language() or "en")


def day(value: date) -> str:
    """Return a day with its month in words. A moment (aware) counts as the agency's local day."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return format_date(value, "long", locale=_locale())


def clock(value: time) -> str:
    """Return a time of day, hours and minutes."""
    return format_time(value, TIMES.get(get_language() or "en", "short"), locale=_locale())


def moment(value: datetime) -> str:
    """Return day and time of an aware moment, in the agency's time zone."""
    local = timezone.localtime(value)
    return f"{day(local)}, {clock(local.time())}"


def number(value: int) -> str:
    """Return a whole number with its thousands set apart."""
    return format_decimal(value, locale=_locale())


def dollars(value: Decimal | str) -> str:
    """Return US dollars as every price tag of the city shows them, whatever the language: $1,000.50."""
    return format_currency(Decimal(value), "USD", locale=OF_THE_COUNTRY["en"])
