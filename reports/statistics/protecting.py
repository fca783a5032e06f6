"""Which figures of a table are hidden so that no small one can be worked out. A leaf: numbers only.

A table with its totals is a circulation: each row's figures add up to its total, each column's to its own, and both to
the sum of all. Who reads the rest of the table knows of the hidden figures just that. So a small figure is safe when
the hidden ones can be moved, with every sum as it was, until it is 0, and until it is as high as a small one may be:
then each small number is as possible as any other. For each small figure such a way is looked for, the cheapest first,
and the figures along it are hidden. (Secondary suppression by network flows, as in Cox, "Network models for
complementary cell suppression", 1995.)

Beyond the sums, a reader may guess. So a way is first looked for that also holds if they knew which of the hidden
figures are small and which are not, and that uses no 0: a figure may be known to be 0, such as a kind of report that a
place never has. What is hidden beside the small figures is chosen by the totals, not by the figures themselves.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

Cell = tuple[int, int]
# A place of the circulation: a row or a column. The row of totals and the column of totals are the last ones.
Node = tuple[str, int]
UNLIMITED = 10**9
# Totals are hidden last of all.
DEAR = 10**6


@dataclass(frozen=True)
class Guess:
    """What a reader might know of the hidden figures beyond the sums: which of them are small, and which are 0."""

    sizes: bool
    zeros: bool


# The best ones to stand against come first. The last one asks for nothing but the sums, so there is always a way.
GUESSES = (Guess(sizes=True, zeros=True), Guess(sizes=True, zeros=False), Guess(sizes=False, zeros=False))


def with_totals(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the figures with a total at the end of each row and of each column."""
    rows = [[*row, sum(row)] for row in cells]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def hidden(cells: Sequence[Sequence[int]], least: Sequence[int], least_in_all: int) -> set[Cell]:
    """Return which places of the table with its totals are not shown.

    `least` says for each row from which number on a figure is not small; `least_in_all` says so of what adds up rows.
    Whether a small figure is 0 cannot be told either.
    """
    return _Table(with_totals(cells), [*least, least_in_all]).hidden()


@dataclass
class _Table:
    figures: list[list[int]]
    least: list[int]
    covered: set[Cell] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.last = (len(self.figures) - 1, len(self.figures[0]) - 1)
        self.places = [(row, column) for row in range(self.last[0] + 1) for column in range(self.last[1] + 1)]
        self.small = {place for place in self.places if self.figure(place) < self.least[place[0]]}
        self.arcs: dict[Node, list[tuple[Node, Cell, int]]] = {}
        for place in self.places:
            tail, head = self.ends(place)
            self.arcs.setdefault(tail, []).append((head, place, 1))
            self.arcs.setdefault(head, []).append((tail, place, -1))

    def figure(self, place: Cell) -> int:
        return self.figures[place[0]][place[1]]

    def hidden(self) -> set[Cell]:
        if self.last in self.small:
            return set(self.places)
        self.covered = set(self.small)
        for place in sorted(self.small):
            _World(self, place).move(1, self.highest(place) - self.figure(place))
            _World(self, place).move(-1, self.figure(place))
        return self.covered

    def highest(self, place: Cell) -> int:
        """Return how high a small figure may be as far as anybody is told: not above a total that is small itself."""
        row, column = place
        around = {place, (row, self.last[1]), (self.last[0], column)}
        return min(self.least[each[0]] for each in around if each in self.small) - 1

    def ends(self, place: Cell) -> tuple[Node, Node]:
        """Return from where to where a figure flows: row to column, and totals the other way round."""
        row, column = ("row", place[0]), ("column", place[1])
        is_total = (place[0] == self.last[0]) != (place[1] == self.last[1])
        return (column, row) if is_total else (row, column)

    def price(self, place: Cell) -> int:
        """Return what it costs to hide a figure: about its size, as the totals let everybody guess."""
        if place in self.covered:
            return 0
        row, column = place
        if row == self.last[0] or column == self.last[1]:
            return DEAR + self.figure(place)
        total = self.figure(self.last)
        return 1 + self.figure((row, self.last[1])) * self.figure((self.last[0], column)) // total


class _World:
    """Another table with the same sums: what the hidden figures might be as well."""

    def __init__(self, table: _Table, place: Cell) -> None:
        self.table, self.place = table, place
        self.figures = [list(row) for row in table.figures]

    def move(self, way: int, by: int) -> None:
        """Raise (1) or lower (-1) the figure, hiding what has to be moved along."""
        tail, head = self.table.ends(self.place)
        start, end = (head, tail) if way == 1 else (tail, head)
        while by > 0:
            path = next(filter(None, (self.cheapest(start, end, guess) for guess in GUESSES)))
            step = min([by, *(room for _, _, room in path)])
            for place, sign, _ in [*path, (self.place, way, by)]:
                self.figures[place[0]][place[1]] += sign * step
                self.table.covered.add(place)
            by -= step

    def cheapest(self, start: Node, end: Node, guess: Guess) -> list[tuple[Cell, int, int]]:
        """Return the way along which least must be hidden: places, whether each is raised or lowered, and its room."""
        turn = count()
        reached: dict[Node, tuple[Node, Cell, int, int] | None] = {}
        waiting: list[tuple[int, int, Node, tuple[Node, Cell, int, int] | None]] = [(0, next(turn), start, None)]
        while waiting:
            cost, _, node, came = heapq.heappop(waiting)
            if node in reached:
                continue
            reached[node] = came
            if node == end:
                return list(self._back(reached, end))
            for to, place, sign in self.table.arcs[node]:
                if to not in reached and place != self.place and (room := self.room(place, sign, guess)):
                    price = cost + self.table.price(place)
                    heapq.heappush(waiting, (price, next(turn), to, (node, place, sign, room)))
        return []

    def _back(
        self, reached: dict[Node, tuple[Node, Cell, int, int] | None], node: Node
    ) -> Iterator[tuple[Cell, int, int]]:
        while came := reached[node]:
            node, place, sign, room = came
            yield place, sign, room

    def room(self, place: Cell, sign: int, guess: Guess) -> int:
        """Return how far a figure can be moved against a guess."""
        figure, least, is_small = (
            self.figures[place[0]][place[1]],
            self.table.least[place[0]],
            place in self.table.small,
        )
        if guess.zeros and not self.table.figure(place):
            return 0
        if not guess.sizes:
            return UNLIMITED if sign == 1 else figure
        lowest, highest = (0, least - 1) if is_small else (least, UNLIMITED)
        return highest - figure if sign == 1 else figure - lowest
