"""Days, times and numbers are understood as people type them."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from reports.sections.fields import ClockField, CountField, DayField, MoneyField

DIGITS = {
    "arabic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "devanagari": "०१२३४५६७८९",
    "gurmukhi": "੦੧੨੩੪੫੬੭੮੯",
    "thai": "๐๑๒๓๔๕๖๗๘๙",
    "khmer": "០១២៣៤៥៦៧៨៩",
    "full width": "０１２３４５６７８９",
}
every_script = pytest.mark.parametrize("digits", DIGITS.values(), ids=DIGITS)


def written(text: str, digits: str) -> str:
    return text.translate({ord(str(value)): digit for value, digit in enumerate(digits)})


@every_script
def test_the_digits_of_every_script_are_understood(digits: str) -> None:
    assert DayField().clean(written("2026-10-05", digits)) == date(2026, 10, 5)
    assert ClockField().clean(written("21:30", digits)) == time(21, 30)
    assert CountField().clean(written("1200", digits)) == 1200
    assert MoneyField().clean(written("1200.50", digits)) == Decimal("1200.50")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1000.50", "1000.50"),
        ("1,000.50", "1000.50"),
        ("1.000,50", "1000.50"),
        ("1 000,50", "1000.50"),
        ("1’000.50", "1000.50"),
        ("$1,000", "1000"),
        ("1.000", "1000"),
        ("1,000,000", "1000000"),
        ("12,5", "12.5"),
        ("0,50", "0.50"),
        (".5", "0.5"),
        ("١٬٠٠٠٫٥٠", "1000.50"),
        ("\u200f٥٠\u200e", "50"),
    ],
)
def test_an_amount_is_understood_with_any_separators(typed: str, meant: str) -> None:
    assert MoneyField().clean(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["about 50", "--", "1..2", "-5", "1e5", "NaN", "Infinity", "0.125"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


@pytest.mark.parametrize("typed", ["2.5", "two", "½"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        CountField().clean(typed)


def test_a_count_may_have_separators() -> None:
    assert CountField().clean("1,200") == 1200
