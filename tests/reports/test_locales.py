"""Days and times stand as the language writes them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import translation

from reports import locales

EVENING = datetime(2026, 11, 22, 21, 30, tzinfo=ZoneInfo("America/Los_Angeles"))


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "November 22, 2026, 9:30\u202fPM"),
        ("es", "22 de noviembre de 2026, 9:30\u202fp.m."),
        ("ko", "2026년 11월 22일, 오후 9:30"),
        ("fa", "22 نوامبر 2026, 21:30"),
        ("zh-hant", "2026年11月22日, 晚上9:30"),
        ("fil", "Nobyembre 22, 2026, 9:30\u202fPM"),
    ],
)
def test_a_moment_is_written_as_in_the_language(language: str, shown: str) -> None:
    with translation.override(language):
        assert locales.moment(EVENING) == shown


def test_a_moment_counts_as_the_agencys_day() -> None:
    assert locales.day(datetime(2026, 11, 23, 3, 0, tzinfo=UTC)) == locales.day(date(2026, 11, 22))


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_language_has_its_own_month_and_western_digits(language: str) -> None:
    with translation.override(language):
        day, clock = locales.day(date(2026, 11, 22)), locales.clock(time(21, 30))
    assert "2026" in day
    assert "22" in day
    assert language == "en" or "November" not in day
    assert "30" in clock


def test_dollars_stand_as_on_every_price_tag() -> None:
    with translation.override("es"):
        assert locales.dollars("1000.5") == "$1,000.50"


def test_thousands_are_set_apart() -> None:
    shown = {}
    for language in ("en", "es", "ru", "fa", "hi"):
        with translation.override(language):
            shown[language] = locales.number(1234567)
    assert shown == {
        "en": "1,234,567", "es": "1,234,567", "ru": "1\xa0234\xa0567", "fa": "1,234,567", "hi": "12,34,567",
    }  # fmt: skip
