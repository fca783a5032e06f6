"""Weeks, years to date, and how a stretch of days is cut into rows of the rollup."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.counts import periods
from reports.counts.periods import Piece, pieces
from reports.counts.rollup import end_of
from reports.models import Grain

DAYS = st.dates(date(2019, 12, 1), date(2028, 3, 31))


@pytest.mark.parametrize(
    ("today", "ending"),
    [
        ("2026-03-13", "2026-03-07"),
        ("2026-03-14", "2026-03-07"),
        ("2026-03-15", "2026-03-14"),
        ("2026-03-16", "2026-03-14"),
        ("2026-03-20", "2026-03-14"),
        ("2026-01-02", "2025-12-27"),
    ],
)
def test_the_last_week_is_over(today: str, ending: str) -> None:
    assert periods.last_week_ending(date.fromisoformat(today)) == date.fromisoformat(ending)


@pytest.mark.parametrize(
    ("rule", "year", "as_of", "last", "days"),
    [
        # By hand: 1 January to 21 November is the 325th day, in a leap year the 326th.
        ("counted", 2026, "2026-11-21", "2026-11-21", 325),
        ("counted", 2024, "2026-11-21", "2024-11-21", 326),
        ("left_out", 2024, "2026-11-21", "2024-11-21", 325),
        ("left_out", 2026, "2026-11-21", "2026-11-21", 325),
        # 29 February against a year that has none, and the days around it.
        ("counted", 2024, "2024-02-29", "2024-02-29", 60),
        ("counted", 2023, "2024-02-29", "2023-02-28", 59),
        ("left_out", 2024, "2024-02-29", "2024-02-28", 59),
        ("left_out", 2024, "2024-03-01", "2024-03-01", 60),
        ("counted", 2024, "2024-03-01", "2024-03-01", 61),
        ("left_out", 2024, "2023-02-28", "2024-02-28", 59),
        # 1900 was no leap year, 2000 was one.
        ("left_out", 2000, "2026-12-31", "2000-12-31", 365),
        ("left_out", 1900, "2026-12-31", "1900-12-31", 365),
    ],
)
def test_a_year_to_date(settings, rule: str, year: int, as_of: str, last: str, days: int) -> None:
    settings.COUNTS_LEAP_DAY = rule
    period = periods.year_to_date(year, date.fromisoformat(as_of))
    assert (period.first, period.last) == (date(year, 1, 1), date.fromisoformat(last))
    assert sum((to - since).days + 1 for since, to in period.ranges) == days


@pytest.mark.parametrize(
    ("day", "year", "same"),
    [
        # Saturday 21 November 2026: the Saturdays nearest to 21 November of other years.
        ("2026-11-21", 2025, "2025-11-22"),
        ("2026-11-21", 2024, "2024-11-23"),
        ("2026-11-21", 2019, "2019-11-23"),
        ("2026-11-21", 2020, "2020-11-21"),
        ("2026-01-03", 2025, "2025-01-04"),
        ("2022-01-01", 2021, "2021-01-02"),
        ("2021-01-02", 2022, "2022-01-01"),
    ],
)
def test_the_same_week_of_another_year(day: str, year: int, same: str) -> None:
    found = periods.same_weekday(date.fromisoformat(day), year)
    assert found == date.fromisoformat(same)


@pytest.mark.parametrize("day", [8, 9, 10, 11, 12, 13])
def test_a_week_ends_on_a_saturday(day: int) -> None:
    with pytest.raises(periods.NotSaturday):
        periods.week(date(2026, 3, day))


def days_of(piece: Piece) -> list[date]:
    found, start = [], piece.first
    while start <= piece.last:
        end = end_of(Grain(piece.grain), start)
        found += [start + timedelta(days=at) for at in range((end - start).days + 1)]
        start = end + timedelta(days=1)
    assert found[-1] == piece.until
    return found


@given(DAYS, st.integers(0, 800))
def test_pieces_are_the_days_of_their_stretch_once_each(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = [day for piece in pieces(first, last) for day in days_of(piece)]
    assert found == [first + timedelta(days=at) for at in range(length + 1)]


def test_pieces_are_few() -> None:
    found = pieces(date(2026, 1, 1), date(2026, 11, 24))
    assert [(piece.grain, piece.first.isoformat(), piece.last.isoformat()) for piece in found] == [
        ("m", "2026-01-01", "2026-10-01"),
        ("w", "2026-11-01", "2026-11-15"),
        ("d", "2026-11-22", "2026-11-24"),
    ]  # fmt: skip
