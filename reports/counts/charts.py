"""What the drawings of the counts page show: weeks as lines, areas as bars. Only numbers: the template draws."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import ceil

from reports.counts.book import Book
from reports.counts.categories import Question, sums
from reports.counts.choices import BASES, HISTORY, Choice
from reports.counts.figures import per_100_000
from reports.counts.periods import Range, weeks_of
from reports.counts.scope import Scope
from reports.counts.tables import UNPLACED, Block, table

WIDTH, HEIGHT = 1000, 240
STEPS = 4


@dataclass(frozen=True)
class Week:
    """The same week of two years: its last days and figures, None where it is not over."""

    number: int
    ending: date | None
    figure: int | None
    ending_before: date | None
    figure_before: int | None

    @property
    def cells(self) -> tuple[str, ...]:
        """Both years in words, each its last day and its figure, "" for what is not over."""
        return _day(self.ending), _number(self.figure), _day(self.ending_before), _number(self.figure_before)


def _day(day: date | None) -> str:
    return f"{day.month}/{day.day}" if day else ""


def _number(figure: int | None) -> str:
    return "" if figure is None else str(figure)


@dataclass(frozen=True)
class Lines:
    """Two years' weeks, as points of a drawing of WIDTH by HEIGHT, and as a table."""

    name: str
    year: int
    weeks: list[Week]
    marks: list[int]
    points: str
    points_before: str
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def levels(self) -> list[float]:
        """Where the scale's marks stand in the drawing."""
        return [round(self.height * (1 - mark / self.marks[0]), 1) for mark in self.marks]


@dataclass(frozen=True)
class Bar:
    """One area: its figure, its length in hundredths of the longest, and its rate."""

    name: str
    figure: int
    length: float
    rate: Decimal | None


def drawn(choice: Choice) -> Choice:
    """Return what is drawn of a choice: its one heading, or all reports together."""
    return choice if choice.key is not None else replace(choice, what="all")


def lines(choice: Choice, name: str, scope: Scope, book: Book) -> Lines | None:
    """Return the weeks of the year to the last day, and of the whole year before; None for what history alone knows."""
    if choice.of == HISTORY:
        return None
    year = choice.as_of.year
    now = list(weeks_of(date(year, 1, 1), choice.as_of))
    before = list(weeks_of(date(year - 1, 1, 1), date(year - 1, 12, 31)))
    one = drawn(choice)
    question = Question(one.of, one.key, "", BASES[choice.basis], scope.ids)
    found = sums(book, question, [(stretch,) for stretch in [*now, *before]])
    figures = [sum(by_period.get(at, 0) for by_period in found.values()) for at in range(len(now) + len(before))]
    return _lines(name, year, (now, figures[: len(now)]), (before, figures[len(now) :]))


def _lines(name: str, year: int, now: tuple[list[Range], list[int]], before: tuple[list[Range], list[int]]) -> Lines:
    marks = marks_for(max([*now[1], *before[1], 1]))
    length = max(len(now[0]), len(before[0]))
    weeks = [
        Week(at + 1, _at(now[0], at), _at_figure(now[1], at), _at(before[0], at), _at_figure(before[1], at))
        for at in range(length)
    ]
    return Lines(name, year, weeks, marks, _points(now[1], length, marks[0]), _points(before[1], length, marks[0]))


def _at(stretches: list[Range], at: int) -> date | None:
    return stretches[at][1] if at < len(stretches) else None


def _at_figure(figures: list[int], at: int) -> int | None:
    return figures[at] if at < len(figures) else None


def _points(figures: list[int], length: int, top: int) -> str:
    step = WIDTH / max(length - 1, 1)
    return " ".join(f"{at * step:.1f},{HEIGHT - figure / top * HEIGHT:.1f}" for at, figure in enumerate(figures))


def marks_for(highest: int) -> list[int]:
    """Return the scale's marks from the top down to 0: round numbers, the first no lower than the highest figure."""
    rough = ceil(highest / STEPS)
    size: int = 10 ** (len(str(rough)) - 1)
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
    return [step * at for at in range(ceil(highest / step), -1, -1)]


def bars(choice: Choice, scope: Scope, book: Book) -> list[Bar]:
    """Return the areas with their figures of the table's first period, in the order of their numbers."""
    if choice.of == HISTORY and choice.by != "area":
        return []
    made = table(replace(drawn(choice), by="area"), scope, book)
    return _bars(made.blocks[0], book) if made.blocks else []


def _bars(block: Block, book: Book) -> list[Bar]:
    known = [(row, row.pairs[0].current or 0) for row in block.rows if row.unit != UNPLACED]
    most = max([figure for _, figure in known] or [0]) or 1
    residents = {str(area.number): area.population for area in book.areas.values()}
    return [
        Bar(row.name, figure, round(figure * 100 / most, 1), per_100_000(figure, residents.get(row.unit)))
        for row, figure in known
    ]
