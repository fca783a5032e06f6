"""What the public page shows of the published weeks: one week, the weeks before it, kinds of report, areas."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.core.cache import cache
from django.utils.translation import gettext as _

from reports.catalogue import live
from reports.counts.charts import marks_for
from reports.models import PublicWeek, ReportType
from reports.statistics.publishing import CACHE_KEY

# Weeks that can be chosen, and that the drawing shows.
WEEKS, DRAWN = 53, 26
CACHE_SECONDS = 300
ALL = ""
HIGH, STEP, THICK = 100, 10, 7
COLUMNS = ["pk", "ending", "counted_at", "types", "hate_types", "areas", "figures", "least", "least_hate"]


@dataclass(frozen=True)
class Week:
    """A published week. A figure is None where it is not shown."""

    pk: int
    ending: date
    counted_at: datetime
    types: list[str]
    areas: dict[int, str]
    figures: list[list[int | None]]
    least: int
    least_hate: int

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """Return the week of a row that was kept as JSON."""
        return cls(
            pk=row["pk"],
            ending=date.fromisoformat(row["ending"]),
            counted_at=datetime.fromisoformat(row["counted_at"]),
            types=row["types"],
            areas={int(number): name for number, name in row["areas"]},
            figures=row["figures"],
            least=row["least"],
            least_hate=row["least_hate"],
        )

    @property
    def first(self) -> date:
        """Its Sunday."""
        return self.ending - timedelta(days=6)

    def figure(self, kind: str = ALL, area: int | None = None) -> int | None:
        """Return a figure: of one kind or all, of one area or the whole city. None also where the week has none."""
        if (kind and kind not in self.types) or (area is not None and area not in self.areas):
            return None
        row = self.types.index(kind) if kind else -1
        return self.figures[row][-1 if area is None else list(self.areas).index(area)]


@dataclass(frozen=True)
class Published:
    """The latest weeks, the latest first, and the years of all that there are."""

    weeks: list[Week]
    years: list[int]


def published() -> Published:
    """Return the published weeks; kept in the cache for a while, as they do not change."""
    kept = cache.get(CACHE_KEY)
    if kept is None:
        rows = [kept_row(row) for row in PublicWeek.objects.order_by("-ending").values(*COLUMNS)[:WEEKS]]
        years = [day.year for day in PublicWeek.objects.dates("ending", "year", order="DESC")]
        kept = {"weeks": rows, "years": years}
        cache.set(CACHE_KEY, kept, CACHE_SECONDS)
    return Published([Week.of(row) for row in kept["weeks"]], kept["years"])


def weeks_of(year: int) -> list[Week]:
    """Return the weeks that ended in a year, in order."""
    rows = PublicWeek.objects.filter(ending__year=year).order_by("ending").values(*COLUMNS)
    return [Week.of(kept_row(row)) for row in rows]


def kept_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of the database as JSON has it."""
    return {**row, "ending": row["ending"].isoformat(), "counted_at": row["counted_at"].isoformat()}


def type_names(slugs: list[str]) -> dict[str, str]:
    """Return the names of kinds of report in the active language, also of those that are not open any more."""
    found = {slug: found.name for slug in slugs if (found := live.type_named(slug))}
    gone = [slug for slug in slugs if slug not in found]
    rows = ReportType.objects.filter(slug__in=gone).order_by("version") if gone else []
    return {slug: slug for slug in slugs} | {each.slug: each.name for each in rows} | found


def area_name(number: int, name: str) -> str:
    """Return the name of an area; reports whose area is not known have one, too."""
    return name or (_("Area not known") if not number else f"{number}")


# --- What is chosen ------------------------------------------------------------------
@dataclass(frozen=True)
class Selection:
    """A week, a kind and an area, as they stand in the address. Whatever is not known falls away."""

    week: Week
    kind: str = ALL
    area: int | None = None


def selection(given: Any, weeks: list[Week]) -> Selection:
    """Read what was chosen; the latest week, all kinds and the whole city are what nobody chose."""
    week = next((each for each in weeks if f"{each.ending}" == given.get("week")), weeks[0])
    kind = given.get("kind", ALL)
    numbers = {f"{number}": number for number in week.areas}
    return Selection(week, kind if kind in week.types else ALL, numbers.get(given.get("area", "")))


# --- What is drawn --------------------------------------------------------------------
@dataclass(frozen=True)
class Bar:
    """One name with its figure and the length of its bar in hundredths of the longest."""

    name: str
    figure: int | None
    length: float


def kinds(chosen: Selection, names: dict[str, str]) -> list[Bar]:
    """Return the kinds of report in the chosen week and area, the highest first, those that are not shown last."""
    figures = {names[kind]: chosen.week.figure(kind, chosen.area) for kind in chosen.week.types}
    return bars(dict(sorted(figures.items(), key=lambda each: -(each[1] or 0))))


def areas(chosen: Selection) -> list[Bar]:
    """Return the areas in the chosen week, of the chosen kind, in the order of their numbers."""
    of = chosen.week.areas.items()
    return bars({area_name(number, name): chosen.week.figure(chosen.kind, number) for number, name in of})


def bars(figures: dict[str, int | None]) -> list[Bar]:
    """Return figures as bars."""
    most = max([figure for figure in figures.values() if figure] or [1])
    return [Bar(name, figure, round((figure or 0) * 100 / most, 1)) for name, figure in figures.items()]


@dataclass(frozen=True)
class Column:
    """One week of the drawing. A week whose figure is not shown has no height."""

    week: Week
    figure: int | None
    x: int
    y: float
    height: float
    is_chosen: bool


@dataclass(frozen=True)
class Drawing:
    """Weeks as columns: numbers only, the template draws. The latest week stands last."""

    columns: list[Column]
    marks: list[tuple[int, float]]
    width: int
    high: int = HIGH
    thick: int = THICK


def drawing(chosen: Selection, weeks: list[Week]) -> Drawing:
    """Return the latest weeks of the chosen kind and area."""
    shown = weeks[:DRAWN][::-1]
    figures = [week.figure(chosen.kind, chosen.area) for week in shown]
    scale = marks_for(max([figure for figure in figures if figure] or [1]))
    columns = [
        _column(week, figure, at, scale[0], is_chosen=week == chosen.week)
        for at, (week, figure) in enumerate(zip(shown, figures, strict=True))
    ]
    marks = [(mark, round(HIGH * (1 - mark / scale[0]), 1)) for mark in scale]
    return Drawing(columns, marks, width=len(columns) * STEP)


def _column(week: Week, figure: int | None, at: int, top: int, *, is_chosen: bool) -> Column:
    height = round((figure or 0) * HIGH / top, 1)
    return Column(week, figure, at * STEP + (STEP - THICK) // 2, round(HIGH - height, 1), height, is_chosen)
