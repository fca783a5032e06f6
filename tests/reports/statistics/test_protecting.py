"""No small figure can be worked out from what is shown: tried by a solver that knows nothing of how it was hidden."""

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.statistics.protecting import hidden, with_totals
from tests.reports.statistics.solver import Cell, Shown, possible, ranges

Table = Sequence[Sequence[int]]


def shown(cells: Table, least: Sequence[int], in_all: int) -> Shown:
    covered = hidden(cells, least, in_all)
    return [
        [None if (row, column) in covered else figure for column, figure in enumerate(figures)]
        for row, figures in enumerate(with_totals(cells))
    ]


def small(cells: Table, least: Sequence[int], in_all: int) -> dict[Cell, int]:
    """Return the small figures, each with the highest number that one may think of: its total may be small, too."""
    figures, limits = with_totals(cells), [*least, in_all]
    last = len(figures) - 1, len(figures[0]) - 1
    found = {}
    for row, column in product(range(last[0] + 1), range(last[1] + 1)):
        around = [(row, column), (row, last[1]), (last[0], column), last]
        limit = min([limits[r] for r, c in around if figures[r][c] < limits[r]], default=0)
        if figures[row][column] < limits[row]:
            found[row, column] = limit - 1
    return found


# --- The solver finds what is badly hidden ------------------------------------------------
@pytest.mark.parametrize(
    ("badly", "cell", "found"),
    [
        # One hidden in its row.
        ([[None, 6, 9], [7, 8, 15], [10, 14, 24]], (0, 0), (3, 3)),
        # Two in a row, whose total tells that both are 0.
        ([[None, None, 0], [None, None, 15], [7, 8, 15]], (0, 0), (0, 0)),
        # Two hidden in each row and column, but they cannot be far from what they are.
        ([[None, None, 2, 3], [None, None, 9, 20], [7, 5, 11, 23]], (0, 0), (0, 1)),
        # No line has one alone: two rows and two columns together give (0, 0) away.
        ([[None, 5, 5, 12], [None, None, None, 11], [6, None, None, 13], [12, 12, 12, 36]], (0, 0), (2, 2)),
    ],
)
def test_the_solver_finds_what_is_badly_hidden(badly: Shown, cell: Cell, found: tuple[int, int]) -> None:
    assert ranges(badly)[cell] == found


def test_the_solver_and_trying_everything_agree() -> None:
    table = [[None, None, 4], [None, None, 5], [3, 6, 9]]
    assert possible(table, most=9)[0, 0] == {0, 1, 2, 3}
    assert ranges(table)[0, 0] == (0, 3)


# --- By hand ---------------------------------------------------------------------------------
def test_large_figures_are_all_shown() -> None:
    assert hidden([[5, 9], [12, 7]], [5, 5], 5) == set()


def test_a_small_one_takes_three_others_along() -> None:
    # The cheapest rectangle: not the one through the row of hundreds.
    assert hidden([[3, 20, 300], [15, 12, 200], [500, 400, 100]], [5, 5, 5], 5) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_row_of_hate_has_its_own_measure() -> None:
    cells = [[10, 40], [30, 50], [60, 70]]
    assert hidden(cells, [5, 5, 5], 5) == set()
    assert (0, 0) in hidden(cells, [11, 5, 5], 5)


def test_zero_is_not_told_from_a_small_number() -> None:
    assert (0, 0) in hidden([[0, 20, 30], [15, 12, 20], [50, 40, 10]], [5, 5, 5], 5)


def test_a_week_with_hardly_any_report_shows_nothing() -> None:
    assert hidden([[1, 0], [2, 1]], [5, 5], 5) == {(row, column) for row in range(3) for column in range(3)}


# --- Any table -----------------------------------------------------------------------------------
@st.composite
def tables(draw: st.DrawFn) -> tuple[Table, list[int]]:
    """Tables as weeks have them: many zeros and small figures, a few large ones, a row or two of hate."""
    height, width = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    figure = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 14), st.integers(10, 300))
    cells = draw(st.lists(st.lists(figure, min_size=width, max_size=width), min_size=height, max_size=height))
    return cells, draw(st.lists(st.sampled_from([5, 5, 11]), min_size=height, max_size=height))


@settings(max_examples=25, deadline=None)
@given(tables())
def test_the_solver_learns_of_no_small_figure_how_small_it_is(table: tuple[Table, list[int]]) -> None:
    cells, least = table
    published, secret = shown(cells, least, 5), small(cells, least, 5)
    assert {cell for cell in secret if published[cell[0]][cell[1]] is not None} == set()
    found = ranges(published)
    told = {cell: found[cell] for cell, most in secret.items() if found[cell][0] > 0 or (found[cell][1] or most) < most}
    assert told == {}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=2), min_size=2, max_size=2), st.integers(2, 4))
def test_who_tries_every_table_finds_every_small_number_possible(cells: Table, hate: int) -> None:
    published = shown(cells, [3, hate], 3)
    found = possible(published, most=10)
    for cell, most in small(cells, [3, hate], 3).items():
        assert set(range(most + 1)) <= found[cell], cell
