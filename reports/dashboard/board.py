"""The board: the figures in rows, each with the address of its reports."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.catalogue import live
from reports.dashboard import charts, figures
from reports.dashboard.figures import Found, Load, Open, Times
from reports.dashboard.measures import MEASURES, NONE
from reports.dashboard.periods import Period
from reports.models import ReportType
from reports.review.filters import AGES

Text = str | Promise
# Ages are drawn in three tones: fresh, for some days, for too long.
TONES = {"0": "fresh", "1": "fresh", "3": "older", "7": "older", "14": "late", "30": "late"}
BY: dict[str, tuple[Text, Text]] = {
    "type": (_("By type"), _("Type")),
    "area": (_("By area"), _("Area")),
    "language": (_("By language"), _("Language")),
}


@dataclass(frozen=True)
class Figure:
    """One number and where its reports are listed; nought has no list."""

    number: int
    url: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """One type, area or language."""

    name: Text
    open: Open
    # By age, then all and overdue.
    open_figures: list[Figure]
    bits: list[charts.Bit]
    happened: dict[str, Figure]
    looked: Times
    decided: Times
    spans: dict[str, float]

    @property
    def now(self) -> list[Figure]:
        """All that are open, and those that are overdue."""
        return self.open_figures[-2:]


def queue(number: int, kind: str = "", **filters: str) -> Figure:
    """Return a number of open reports with the queue narrowed to them; what is held stands in one tab of it alone."""
    filters |= {"held": "no"} if filters["tab"] == "open" else {}
    return Figure(number, f"{reverse('review:queue')}?{urlencode(filters)}" if number else "", kind)


def listed(times: Times, period: Period, what: str, by: str = "", unit: Any = None) -> Figure:
    """Return a number of the period with the list of its reports."""
    asked = {"what": what, "days": period.days} | ({"by": by, "unit": unit} if by else {})
    return Figure(times.number, f"{reverse('dashboard:reports')}?{urlencode(asked)}" if times.number else "")


class Board:
    """All figures of one period, for one person."""

    def __init__(self, user: User, period: Period) -> None:
        self.period = period
        self.found: Found = figures.happened(user, period)
        self.backlog = figures.backlog(user)
        self.loads: list[Load] = figures.loads(user, period)

    # --- At the top
    def now(self) -> list[tuple[Text, Figure]]:
        """Return what is open now, with the queue's tabs behind."""
        whole = self.backlog["", None]
        return [
            (_("Open"), queue(whole.number, tab="open")),
            (_("Unclaimed"), queue(whole.unclaimed, tab="unclaimed")),
            (_("Waiting for the resident"), queue(whole.waiting, tab="waiting")),
            (_("Overdue"), queue(whole.overdue, "late", tab="overdue")),
        ]

    def then(self) -> list[tuple[Text, Figure]]:
        """Return what happened in the period."""
        return [(each.label, listed(self.times(key), self.period, key)) for key, each in MEASURES.items()]

    def times(self, what: str, by: str = "", unit: Any = None) -> Times:
        """Return one measure's number and times."""
        return self.found.get((what, by, unit), Times())

    def lasted(self) -> list[tuple[Text, Times, str]]:
        """Return how long it took to the first look and to the decision, with the list of the reports."""
        words = {
            "looked": _("to the first look, for half of the reports"),
            "decided": _("to the decision, for half of the reports"),
        }
        return [(label, self.times(key), listed(self.times(key), self.period, key).url) for key, label in words.items()]

    # --- Tables
    def ages(self) -> list[tuple[Text, Figure, list[charts.Bit]]]:
        """Return the backlog by age, each with its bar."""
        numbers = self.backlog["", None].ages
        longest = max(numbers.values())
        return [
            (AGES[key][0], queue(number, tab="open", age=key), charts.bar([(TONES[key], number)], longest))
            for key, number in numbers.items()
        ]

    def areas(self) -> list[Row]:
        """Return the areas that have open reports."""
        return [row for row in self.rows("area") if row.open.number]

    def tables(self) -> list[tuple[str, Text, Text, list[Row]]]:
        """Return the tables by type, area and language: key, heading, name of the first column, rows."""
        return [(by, heading, name, self.rows(by)) for by, (heading, name) in BY.items()]

    def rows(self, by: str) -> list[Row]:
        """Return every type, area or language that has a figure, in the order in which it is known."""
        present = {unit for (_what, of, unit) in self.found if of == by} | {u for (of, u) in self.backlog if of == by}
        names = NAMES[by]()
        ordered = [unit for unit in names if unit in present] + sorted(unit for unit in present if unit not in names)
        longest = max((self.backlog[by, unit].number for unit in present if (by, unit) in self.backlog), default=0)
        slowest = max((self.times("decided", by, unit).ninetieth or 0 for unit in present), default=0)
        return [self._row(by, unit, names.get(unit) or unit, longest, slowest) for unit in ordered]

    def _row(self, by: str, unit: Any, name: Text, longest: int, slowest: float) -> Row:
        still = self.backlog.get((by, unit), Open())
        decided = self.times("decided", by, unit)
        own = {by: unit}
        return Row(
            name=name,
            open=still,
            open_figures=[
                *(queue(number, tab="open", age=key, **own) for key, number in still.ages.items()),
                queue(still.number, tab="open", **own),
                queue(still.overdue, "late", tab="overdue", **own),
            ],
            bits=charts.bar([(TONES[key], number) for key, number in still.ages.items()], longest),
            happened={key: listed(self.times(key, by, unit), self.period, key, by, unit) for key in MEASURES},
            looked=self.times("looked", by, unit),
            decided=decided,
            spans={
                "median": _share(decided.median, slowest),
                "ninetieth": _share(decided.ninetieth, slowest),
            },
        )

    # --- The course
    def course(self) -> charts.Course:
        """Return received and decided reports as lines."""
        keys = ("received", "decided")
        return charts.course([(key, figures.of_days(self.found, key, self.period)) for key in keys])

    def days(self) -> list[tuple[date, date, Figure, Figure]]:
        """Return the same as a table, the latest first: first and last day, received, decided."""
        received = figures.of_days(self.found, "received", self.period)
        decided = figures.of_days(self.found, "decided", self.period)
        days = [*zip(self.period.stretches, received, decided, strict=True)][::-1]
        return [
            (first, last, self._of_days("received", came, first, last), self._of_days("decided", went, first, last))
            for (first, last), came, went in days
        ]

    def _of_days(self, what: str, number: int, first: date, last: date) -> Figure:
        return listed(Times(number), self.period, what, "days", f"{first}_{last}")

    # --- Officers
    def officers(self) -> list[dict[str, Any]]:
        """Return each officer with what is on the desk and what was decided, with bars over one scale."""
        longest = max((load.reading + load.waiting for load in self.loads), default=0)
        return [self._officer(load, longest) for load in self.loads]

    def _officer(self, load: Load, longest: int) -> dict[str, Any]:
        own = {"assigned": f"u{load.officer.pk}"}
        return {
            "name": load.officer.get_full_name() or load.officer.get_username(),
            "reading": queue(load.reading, tab="open", state="in_review", **own),
            "waiting": queue(load.waiting, tab="open", state="waiting", **own),
            "overdue": queue(load.overdue, "late", tab="overdue", **own),
            "decided": listed(Times(load.decided), self.period, "decided", "officer", load.officer.pk),
            "bits": charts.bar([("fresh", load.reading), ("older", load.waiting)], longest),
        }


def _share(part: float | None, whole: float) -> float:
    return round((part or 0) * 100 / whole, 2) if whole else 0.0


# --- Names ---------------------------------------------------------------------------------
def type_names() -> dict[str, Text]:
    """Return every type's newest name by its slug, in the order of the start page."""
    rows = ReportType.objects.exclude(state=ReportType.State.DRAFT).order_by("version")
    known = {slug: (position, name) for slug, position, name in rows.values_list("slug", "position", "name")}
    return {slug: name for slug, (_position, name) in sorted(known.items(), key=lambda item: item[1])}


def area_names() -> dict[str, Text]:
    """Return the areas' names by their numbers, and what a report without one has."""
    return {**{str(area.number): area.name for area in live.areas()}, NONE: _("Not known")}


def language_names() -> dict[str, Text]:
    """Return the languages' names, English first."""
    return {code: str(get_language_info(code)["name"]) for code, _name in settings.LANGUAGES}


NAMES: dict[str, Callable[[], dict[str, Text]]] = {
    "type": type_names,
    "area": area_names,
    "language": language_names,
}
