"""When it happened."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from reports.sections import SECTIONS
from tests.reports.sections.conftest import shown

ZONE = ZoneInfo("America/Los_Angeles")
SKIPPED = "This time did not exist: the clocks went forward that night."
FUTURE = "This is in the future. Give a day that has passed."
LONG_AGO = "This is too long ago. Check the year."
ORDER = "The last day is before the first day."


def columns(part: dict) -> list[str | None]:
    """Return the report's two moments as local text."""
    found = SECTIONS["when"].columns(part)
    moments = (found["occurred_from"], found["occurred_until"])
    return [moment and timezone.localtime(moment).isoformat(timespec="minutes") for moment in moments]


def test_a_moment(document) -> None:
    part = document("when", date="2026-03-02", time="21:30")
    assert part == {"date": "2026-03-02", "time": "21:30:00"}
    assert columns(part) == ["2026-03-02T21:30-08:00", "2026-03-02T21:30-08:00"]
    assert shown("when", part) == [("When", "March 2, 2026, 9:30\u202fPM", False)]


def test_a_day_is_the_whole_day(document) -> None:
    part = document("when", date="2026-03-02")
    assert columns(part) == ["2026-03-02T00:00-08:00", "2026-03-02T23:59-08:00"]
    assert shown("when", part) == [("When", "March 2, 2026", False)]


def test_between_two_moments(document) -> None:
    part = document("when", date="2026-03-02", time="21:30", until_date="2026-03-03", until_time="06:15")
    assert columns(part) == ["2026-03-02T21:30-08:00", "2026-03-03T06:15-08:00"]
    assert shown("when", part) == [
        ("When", "March 2, 2026, 9:30\u202fPM", False),
        ("At the latest", "March 3, 2026, 6:15\u202fAM", False),
    ]


def test_the_last_day_without_a_time_is_the_whole_day(document) -> None:
    assert columns(document("when", date="2026-03-02", time="21:30", until_date="2026-03-03")) == [
        "2026-03-02T21:30-08:00",
        "2026-03-03T23:59-08:00",
    ]


def test_unknown_sets_aside_what_else_was_typed(document) -> None:
    part = document("when", unknown="on", date="2026-03-02", time="21:30")
    assert part == {"unknown": True}
    assert columns(part) == [None, None]
    assert shown("when", part) == [("When", "Not known", False)]


def test_midnight_is_a_time(document) -> None:
    part = document("when", date="2026-03-02", time="00:00")
    assert columns(part) == ["2026-03-02T00:00-08:00", "2026-03-02T00:00-08:00"]


def test_something_is_needed(errors) -> None:
    assert errors("when") == {"date": ["Give a day, or tick “I do not know when it happened”."]}
    assert errors("when", time="21:30") == {"date": ["Give a day, or tick “I do not know when it happened”."]}


@pytest.mark.parametrize("clock", ["02:00", "02:30", "02:59"])
def test_a_time_that_the_clocks_jumped_over_is_refused(errors, clock: str) -> None:
    assert errors("when", date="2026-03-08", time=clock) == {"time": [SKIPPED]}
    assert errors("when", date="2026-03-07", until_date="2026-03-08", until_time=clock) == {"until_time": [SKIPPED]}


@pytest.mark.parametrize(
    ("clock", "moment"),
    [("01:59", "2026-03-08T01:59-08:00"), ("03:00", "2026-03-08T03:00-07:00"), ("00:00", "2026-03-08T00:00-08:00")],
)
def test_the_times_around_the_jump_are_fine(document, clock: str, moment: str) -> None:
    assert columns(document("when", date="2026-03-08", time=clock))[0] == moment


def test_a_time_that_came_twice_is_the_first(document) -> None:
    assert columns(document("when", date="2026-11-01", time="01:30"))[0] == "2026-11-01T01:30-07:00"


def test_a_day_with_25_hours_is_whole(document) -> None:
    assert columns(document("when", date="2026-11-01")) == ["2026-11-01T00:00-07:00", "2026-11-01T23:59-08:00"]


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_the_future_is_refused_and_today_is_not(errors) -> None:
    assert errors("when", date=day(1)) == {"date": [FUTURE]}
    assert errors("when", date=day(0)) == {}
    soon = timezone.localtime() + timedelta(minutes=2)
    assert errors("when", date=soon.date().isoformat(), time=soon.strftime("%H:%M")) == {"date": [FUTURE]}


def test_a_last_day_in_the_future_only_says_that_it_is_not_sure(errors) -> None:
    assert errors("when", date=day(-1), until_date=day(0)) == {}


@pytest.mark.parametrize(
    ("date", "message"), [("1026-03-02", LONG_AGO), ("0001-01-01", LONG_AGO), ("9999-12-31", FUTURE)]
)
def test_a_mistyped_year_is_noticed(errors, date: str, message: str) -> None:
    assert errors("when", date=date) == {"date": [message]}


@pytest.mark.parametrize(
    "until",
    [{"until_date": "2026-03-01"}, {"until_date": "2026-03-02", "until_time": "21:29"}, {"until_time": "21:29"}],
)
def test_the_end_is_not_before_the_beginning(errors, until: dict[str, str]) -> None:
    assert errors("when", date="2026-03-02", time="21:30", **until) == {"until_date": [ORDER]}


def test_the_end_may_be_the_beginning(errors) -> None:
    assert errors("when", date="2026-03-02", time="21:30", until_date="2026-03-02", until_time="21:30") == {}


@pytest.mark.parametrize("typed", [{"date": "soon"}, {"date": "2026-02-30"}, {"date": "2026-03-02", "time": "25:00"}])
def test_nonsense_is_named_beside_its_box(errors, typed: dict[str, str]) -> None:
    assert list(errors("when", **typed)) == [list(typed)[-1]]


def test_another_city_has_other_clocks(document, settings) -> None:
    settings.TIME_ZONE = "Asia/Kolkata"
    timezone.get_default_timezone.cache_clear()
    try:
        part = document("when", date="2026-03-08", time="02:30")
        assert SECTIONS["when"].columns(part)["occurred_from"] == datetime(
            2026, 3, 8, 2, 30, tzinfo=ZoneInfo("Asia/Kolkata")
        )
    finally:
        timezone.get_default_timezone.cache_clear()
