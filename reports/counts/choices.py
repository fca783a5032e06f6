"""What a table of counts may show: one table of layouts and rows, and the choice that page, command and files share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from reports.counts import periods
from reports.counts.book import Book
from reports.counts.categories import DIMENSIONS
from reports.counts.history import fold
from reports.counts.periods import FOUR_WEEKS, WEEK, Period
from reports.models import Basis, HistoricCategory

HISTORY = "history"
BASES = {"reported": Basis.REPORTED, "occurred": Basis.OCCURRED}
UNITS = {"bureau": _("Bureaus"), "area": _("Areas"), "type": _("Types"), "language": _("Languages")}


class CannotCount(ValueError):
    """What was asked for cannot be counted; the text says why, for a person."""


@dataclass(frozen=True)
class Layout:
    """A shape of the table: the pairs of periods that are compared, from the last day and the years chosen."""

    name: Promise
    pairs: Callable[[date, tuple[int, ...]], list[tuple[Period, Period]]]


def _years(as_of: date, years: tuple[int, ...]) -> list[tuple[Period, Period]]:
    current = periods.year_to_date(as_of.year, as_of)
    return [(current, periods.year_to_date(year, as_of)) for year in years or (as_of.year - 1,)]


def _weeks(as_of: date, years: tuple[int, ...]) -> list[tuple[Period, Period]]:
    earlier = [as_of - WEEK, *(periods.same_weekday(as_of, year) for year in years)]
    return [(periods.week(as_of), periods.week(ending)) for ending in earlier]


def _four_weeks(as_of: date, years: tuple[int, ...]) -> list[tuple[Period, Period]]:
    earlier = [as_of - FOUR_WEEKS, *(periods.same_weekday(as_of, year) for year in years)]
    return [(periods.four_weeks(as_of), periods.four_weeks(ending)) for ending in earlier]


LAYOUTS = {
    "ytd": Layout(_("Year to date"), _years),
    "week": Layout(_("Week"), _weeks),
    "28day": Layout(_("28 days"), _four_weeks),
}


@dataclass(frozen=True)
class Choice:
    """One table: what is counted, in which rows, over which days, against which years."""

    as_of: date = field(default_factory=periods.last_week_ending)
    layout: str = "ytd"
    compare: tuple[int, ...] = ()
    by: str = "bureau"
    # A dimension, and after a colon one heading of it: "type", "type:theft", "history:Burglary".
    what: str = "type"
    basis: str = "reported"
    # One bureau's areas only.
    bureau: str = ""

    @property
    def of(self) -> str:
        """The dimension."""
        return self.what.partition(":")[0]

    @property
    def key(self) -> str | None:
        """The one heading, or None for all."""
        return self.what.partition(":")[2] if ":" in self.what else None

    @property
    def pairs(self) -> list[tuple[Period, Period]]:
        """The periods that are compared."""
        return LAYOUTS[self.layout].pairs(self.as_of, self.compare)

    def words(self) -> dict[str, str]:
        """Return the choice as the words of an address or of the command."""
        return {
            "as_of": self.as_of.isoformat(),
            "layout": self.layout,
            "compare": ",".join(map(str, self.compare)),
            "by": self.by,
            "what": self.what,
            "basis": self.basis,
            "bureau": self.bureau,
        }


def check(choice: Choice, book: Book) -> None:
    """Raise CannotCount for what does not exist or does not go together."""
    for refused, why in _refusals(choice, book):
        if refused:
            raise CannotCount(why)


def _refusals(choice: Choice, book: Book) -> list[tuple[bool, str]]:
    is_history, one_of = choice.of == HISTORY, now("Choose one of: %s.")
    years = (choice.as_of.year, *choice.compare)
    return [
        (choice.layout not in LAYOUTS, one_of % ", ".join(LAYOUTS)),
        (choice.by not in UNITS, one_of % ", ".join(UNITS)),
        (choice.basis not in BASES, one_of % ", ".join(BASES)),
        (not is_history and choice.of not in DIMENSIONS, one_of % ", ".join([*DIMENSIONS, HISTORY])),
        (
            any(not periods.EARLIEST_YEAR <= year <= periods.LATEST_YEAR for year in years),
            now("Years are between %(first)s and %(last)s.")
            % {"first": periods.EARLIEST_YEAR, "last": periods.LATEST_YEAR},
        ),
        (
            choice.layout == "week" and choice.as_of.weekday() != periods.SATURDAY,
            now("A week runs from Sunday to Saturday. Give a Saturday."),
        ),
        (
            choice.as_of.year in choice.compare,
            now("Compare with another year than its own."),
        ),
        (choice.of == choice.by, now("Rows and headings would be the same. Choose other rows.")),
        (is_history and choice.by not in {"bureau", "area"}, now("History is known by bureau and area only.")),
        (
            bool(choice.bureau) and choice.bureau not in {bureau.code for bureau in book.bureaus},
            now("There is no bureau %s.") % choice.bureau,
        ),
    ]


def find_category(words: str, book: Book) -> str:
    """Return what `--category` means: a dimension, or the heading with this name or code. Raises CannotCount."""
    wanted = fold(words)
    if wanted in {*DIMENSIONS, HISTORY}:
        return wanted
    for name, dimension in DIMENSIONS.items():
        for key, heading in dimension.headings(book).items():
            if wanted in {fold(key), fold(heading), f"{name}:{fold(key)}"} and wanted:
                return f"{name}:{key}"
    for category in HistoricCategory.objects.all():
        if fold(category.name) == wanted:
            return f"{HISTORY}:{category.name}"
    raise CannotCount(
        now("There is no category “%s”. Give the name or code of a type, group, offence or the like.") % words
    )


def as_json(choice: Choice) -> dict[str, Any]:
    """Return the choice for JSON."""
    return {**choice.words(), "compare": list(choice.compare)}
