"""The department's table: rows the units and a total, columns the compared periods, one block for each heading."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.counts import choices, history
from reports.counts.book import Book, language_name, languages, open_book
from reports.counts.categories import DIMENSIONS, Question, Sums, sums
from reports.counts.choices import BASES, HISTORY, Choice
from reports.counts.figures import change, change_words, difference, plain, total
from reports.counts.history import Past, fold
from reports.counts.periods import Period, Range
from reports.counts.scope import CITY, Scope

CITYWIDE, UNPLACED = "CITYWIDE TOTAL", "NOT PLACED"
Figures = list[int | None]


@dataclass(frozen=True)
class Compared:
    """Two figures side by side, and what the rules make of them."""

    current: int | None
    earlier: int | None

    @property
    def diff(self) -> int | None:
        """Current minus earlier."""
        return difference(self.current, self.earlier)

    @property
    def percent(self) -> float | None:
        """The change for a cell of numbers."""
        percent = change(self.current, self.earlier)
        return None if percent is None else float(percent)

    @property
    def words(self) -> list[str]:
        """The four cells as they are printed."""
        return [plain(self.current), plain(self.earlier), plain(self.diff), change_words(self.current, self.earlier)]


@dataclass(frozen=True)
class Row:
    """One unit's figures, a pair for each comparison; `name` where the unit is a number or a code."""

    unit: str
    name: str
    pairs: list[Compared]

    @property
    def words(self) -> list[str]:
        """The cells as they are printed."""
        return [word for pair in self.pairs for word in pair.words]


@dataclass(frozen=True)
class Block:
    """One heading with its rows and their total. `what` names it in a choice."""

    what: str
    name: str
    rows: list[Row]
    total: Row


@dataclass(frozen=True)
class Table:
    """A whole table."""

    choice: Choice
    pairs: list[tuple[Period, Period]]
    blocks: list[Block]
    is_whole_city: bool

    @property
    def headings(self) -> list[str]:
        """The columns' headings in full."""
        return [word for now, then in self.pairs for word in (now.heading, then.heading, "# DIFF", "% Change")]

    @property
    def short_headings(self) -> list[str]:
        """The columns' headings as the department prints them."""
        return [word for now, then in self.pairs for word in (now.short, then.short, "# DIFF", "% Change")]


def table(choice: Choice, scope: Scope = CITY, book: Book | None = None) -> Table:
    """Return the table of a choice. Raises choices.CannotCount."""
    book = book or open_book()
    choices.check(choice, book)
    return _Maker(choice, narrowed(scope, choice.bureau, book), book).table()


def narrowed(scope: Scope, bureau: str, book: Book) -> Scope:
    """Return the part of a scope in one bureau; all of it where none is named."""
    if not bureau:
        return scope
    own = {pk for pk, area in book.areas.items() if area.bureau.code == bureau}
    return Scope(frozenset(pk for pk in own if scope.covers(pk)), unplaced=False)


class _Maker:
    """Puts a table together."""

    def __init__(self, choice: Choice, scope: Scope, book: Book) -> None:
        self.choice, self.scope, self.book = choice, scope, book
        self.pairs = choice.pairs
        # A current period stands in several pairs but is counted once.
        self.periods = list(dict.fromkeys(period for pair in self.pairs for period in pair))
        only = choice.key if choice.of == HISTORY else None
        self.past = history.read_past(self.periods, unit=choice.by, scope=scope, book=book, only=only)
        self.portal_from = history.first_day_of_portal() if self.past else None

    def table(self) -> Table:
        """Return the whole."""
        return Table(self.choice, self.pairs, list(self._blocks()), self.scope.is_whole_city)

    def _blocks(self) -> Iterator[Block]:
        if self.choice.of != HISTORY:
            yield from self._blocks_of_portal()
        if self.choice.what in {"type", HISTORY} or self.choice.of == HISTORY:
            yield from self._blocks_of_history()

    def _blocks_of_portal(self) -> Iterator[Block]:
        found = self._sums(self.choice.key, [period.ranges for period in self.periods])
        for key, name in self._headings(found).items():
            figures = {unit: by_period for (of, unit), by_period in found.items() if of == key}
            what = f"{self.choice.of}:{key}" if key else self.choice.of
            yield self._block(what, name, self._figures(key, name, figures))

    def _sums(self, key: str | None, periods: list[tuple[Range, ...]]) -> Sums:
        choice = self.choice
        return sums(self.book, Question(choice.of, key, choice.by, BASES[choice.basis], self.scope.ids), periods)

    def _headings(self, found: Sums) -> dict[str, str]:
        dimension = DIMENSIONS[self.choice.of]
        names = dimension.headings(self.book)
        if self.choice.key is not None:
            return {self.choice.key: names.get(self.choice.key, self.choice.key)}
        filled = {key for (key, _), by_period in found.items() if any(by_period.values())}
        shown = filled | set(dimension.always(self.book))
        return {key: name for key, name in names.items() if key in shown} | {
            key: key for key in sorted(filled - names.keys()) if key
        }

    def _figures(self, key: str, name: str, own: dict[str, dict[int, int]]) -> dict[str, Figures]:
        """Return each row's figures by period, the portal's and those of before."""
        plain_figures: dict[str, Figures] = {
            unit: [by_period.get(at, 0) for at in range(len(self.periods))] for unit, by_period in own.items()
        }
        past = self._past_of(key, name)
        return self._with_past(past, plain_figures, key) if past else plain_figures

    def _past_of(self, key: str, name: str) -> Past | None:
        if self.choice.of not in {"type", "group", "offence"}:
            return None
        return self.past.get(fold(key)) or self.past.get(fold(name))

    def _with_past(self, past: Past, own: dict[str, Figures], key: str) -> dict[str, Figures]:
        parts = [history.part(past, period, self.portal_from) for period in self.periods]
        ranges = [part.ranges if part else () for part in parts]
        if any(part and part.ranges != period.ranges for part, period in zip(parts, self.periods, strict=True)):
            # History tells some of these days already: the portal counts the others only.
            own = {
                unit: [by_period.get(at, 0) for at in range(len(parts))]
                for (_, unit), by_period in self._sums(key, ranges).items()
            }
        return _added(own, parts, self._known_units())

    def _known_units(self) -> list[str]:
        return [unit for unit, _ in self._units()]

    def _blocks_of_history(self) -> Iterator[Block]:
        told = set() if self.choice.of == HISTORY else self._names_of_portal()
        for name, past in self.past.items():
            if name not in told:
                parts = [history.part(past, period, None) for period in self.periods]
                if self.choice.key is not None or any(parts):
                    figures = _added({}, parts, self._known_units())
                    yield self._block(f"{HISTORY}:{past.category.name}", past.category.name, figures)

    def _names_of_portal(self) -> set[str]:
        """Return all names under which a category of history counts with the portal's own."""
        named = [DIMENSIONS[of].headings(self.book) for of in ("type", "group", "offence")]
        return {fold(word) for headings in named for pair in headings.items() for word in pair}

    # --- Rows -------------------------------------------------------------------
    def _block(self, what: str, name: str, figures: dict[str, Figures]) -> Block:
        zero: Figures = [0] * len(self.periods)
        shown = {unit: (label, figures.get(unit, zero)) for unit, label in self._rows(figures)}
        if any(figures.get("", [])):
            shown[UNPLACED] = ("", figures[""])
        sums_of = [total([row[at] for _, row in shown.values()]) for at in range(len(self.periods))]
        rows = [self._row(unit, label, row) for unit, (label, row) in shown.items()]
        return Block(what, name, rows, self._row(self._total_name(), "", sums_of))

    def _row(self, unit: str, name: str, figures: Figures) -> Row:
        at = {period: number for number, period in enumerate(self.periods)}
        return Row(unit, name, [Compared(figures[at[now]], figures[at[then]]) for now, then in self.pairs])

    def _rows(self, figures: dict[str, Figures]) -> list[tuple[str, str]]:
        """Return the rows: every bureau or area in reach, and of types and languages those with a figure."""
        units = self._units()
        if self.choice.by in {"bureau", "area"}:
            return units
        return [(unit, name) for unit, name in units if any(figures.get(unit, []))]

    def _units(self) -> list[tuple[str, str]]:
        areas = [area for pk, area in self.book.areas.items() if self.scope.covers(pk)]
        if self.choice.by == "bureau":
            own = {area.bureau.code for area in areas}
            shown = [bureau for bureau in self.book.bureaus if bureau.code in own or self.scope.is_whole_city]
            return [(bureau.code, "") for bureau in shown]
        if self.choice.by == "area":
            return [(str(area.number), area.name) for area in areas]
        if self.choice.by == "type":
            return list(self.book.type_names.items())
        return [(code, language_name(code)) for code in languages()]

    def _total_name(self) -> str:
        if self.choice.bureau:
            return f"{self.choice.bureau} TOTAL"
        return CITYWIDE if self.scope.is_whole_city else "TOTAL OF OWN AREAS"


def _added(own: dict[str, Figures], parts: list[history.Part | None], units: list[str]) -> dict[str, Figures]:
    """Add what history tells to the portal's figures, row by row; what is not known in a period is known in no row."""
    names = dict.fromkeys([*units, *own, *(unit for part in parts if part for unit in part.adds)])
    empty: Figures = [0] * len(parts)
    return {
        unit: [
            None if part is None else (own.get(unit, empty)[at] or 0) + part.adds.get(unit, 0)
            for at, part in enumerate(parts)
        ]
        for unit in names
    }
