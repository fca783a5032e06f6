"""The rules of a comparison: figures from the department's report and worked out by hand."""

import pytest

from reports.counts.figures import change_words, difference, per_100_000, plain, total


@pytest.mark.parametrize(
    ("current", "earlier", "diff", "change"),
    [
        # The vectors of the department's 2023 report.
        (51, 59, "-8", "-13.6%"),
        (4, 0, "4", "NC"),
        (5, 1, "4", "400.0%"),
        (8, 8, "0", "0.0%"),
        (17, 16, "1", "6.3%"),
        (15, 16, "-1", "-6.3%"),
        # By hand: 0 v 0, all gone, doubled.
        (0, 0, "0", "NC"),
        (0, 7, "-7", "-100.0%"),
        (14, 7, "7", "100.0%"),
        # 1/8 = 12.5; 1/16 = 6.25 and 3/16 = 18.75 are ties and go up, or down below zero.
        (9, 8, "1", "12.5%"),
        (19, 16, "3", "18.8%"),
        (13, 16, "-3", "-18.8%"),
        # 1/3 = 33.33, 2/3 = 66.67: to the nearest.
        (4, 3, "1", "33.3%"),
        (5, 3, "2", "66.7%"),
        # 1/400 = 0.25 goes up; 1/2001 is nearer to nothing, and nothing has no sign.
        (401, 400, "1", "0.3%"),
        (2000, 2001, "-1", "0.0%"),
        (None, 5, "", ""),
        (5, None, "", ""),
    ],
)
def test_difference_and_change(current: int | None, earlier: int | None, diff: str, change: str) -> None:
    assert (plain(difference(current, earlier)), change_words(current, earlier)) == (diff, change)


def test_a_sum_of_what_is_not_known_is_not_known() -> None:
    assert (total([1, 2, 3]), total([1, None]), total([])) == (6, None, 0)


@pytest.mark.parametrize(
    ("figure", "residents", "rate"),
    [
        (7, 70_000, "10.0"),
        (1, 3, "33333.3"),
        (0, 5, "0.0"),
        (1, 160_000, "0.6"),
        (3, None, None),
        (None, 3, None),
        (1, 0, None),
    ],
)
def test_rates_are_for_a_hundred_thousand_residents(figure: int, residents: int, rate: str | None) -> None:
    found = per_100_000(figure, residents)
    assert (None if found is None else str(found)) == rate
