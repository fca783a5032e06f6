"""The figures, worked out by PostgreSQL: a few statements, however many reports, areas and officers there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from reports import reading
from reports.dashboard.measures import MEASURES, NONE, decisions, events
from reports.dashboard.periods import Period
from reports.models import HELD_BACK, Report
from reports.permissions import visible
from reports.review.filters import AGES
from reports.states import FINAL, State

STILL_OPEN = ~Q(state__in=sorted(FINAL))
# What each set of the grouping is by; PostgreSQL's GROUPING() says which one a row is of, by the columns left out.
SETS = {0b0111: "type", 0b1011: "area", 0b1101: "language", 0b1110: "day", 0b1111: ""}


@dataclass(frozen=True)
class Times:
    """How many reports, and how long they took in seconds: the median and what nine of ten stay under."""

    number: int = 0
    median: float | None = None
    ninetieth: float | None = None


# Measure, what it is by, which one -> how many and how long.
Found = dict[tuple[str, str, Any], Times]

_NUMBERS = """
SELECT what, grouping(slug, area, language, day), slug, area, language, day, count(*)
FROM (SELECT *, (moment AT TIME ZONE %s)::date AS day FROM ({events}) AS e) AS e
GROUP BY what, GROUPING SETS ((slug), (area), (language), (day), ())
"""
# Sorting is what costs: only what is asked for its times, and not by day.
_TIMES = """
SELECT what, grouping(slug, area, language) * 2 + 1, slug, area, language, NULL,
       percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM moment - reported))
FROM ({events}) AS e
GROUP BY what, GROUPING SETS ((slug), (area), (language), ())
"""
_COLUMNS = "(what, report, slug, area, language, reported, moment)"
TIMED = ("looked", "decided")


def happened(user: User, period: Period) -> Found:
    """Return every measure of the period by type, area, language and day, and of all together (by "", None)."""
    zone = timezone.get_default_timezone_name()
    numbers = _asked(_NUMBERS, MEASURES, user, period, zone)
    times = _asked(_TIMES, TIMED, user, period)
    return {key: Times(number, *map(float, times.get(key, ()))) for key, number in numbers.items()}


def _asked(
    statement: str, keys: Iterable[str], user: User, period: Period, *first: str
) -> dict[tuple[str, str, Any], Any]:
    """Return what a statement says of the measures, by measure, what it is by, and which one."""
    parts, values = [], [*first]
    for key in keys:
        sql, given = events(MEASURES[key], user, period).query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS {key}{_COLUMNS}")  # noqa: S608 (the ORM's own words)
        values += given
    with reading.connection().cursor() as cursor:
        cursor.execute(statement.format(events=" UNION ALL ".join(parts)), values)
        rows = cursor.fetchall()
    return {(what, SETS[of], _unit(SETS[of], units)): found for what, of, *units, found in rows}


def _unit(by: str, units: list[Any]) -> Any:
    if not by:
        return None
    unit = dict(zip(("type", "area", "language", "day"), units, strict=True))[by]
    # A report without an area has one in the address.
    return NONE if by == "area" and unit is None else str(unit) if by == "area" else unit


# --- What is open now -------------------------------------------------------------------
@dataclass
class Open:
    """How many are open now: all, unclaimed, waiting for the resident, past their target, and by age."""

    number: int = 0
    unclaimed: int = 0
    waiting: int = 0
    overdue: int = 0
    ages: dict[str, int] = field(default_factory=lambda: dict.fromkeys(AGES, 0))

    def add(self, other: "Open", age: str) -> None:
        """Add what is of one age."""
        self.number += other.number
        self.unclaimed += other.unclaimed
        self.waiting += other.waiting
        self.overdue += other.overdue
        self.ages[age] += other.number


_OPEN = """
SELECT grouping(slug, area, language), slug, area, language, age,
       count(*), count(*) FILTER (WHERE state = %s), count(*) FILTER (WHERE state = %s),
       count(*) FILTER (WHERE due < %s)
FROM (SELECT *, width_bucket(extract(epoch FROM %s - reported) / 86400, %s::numeric[]) AS age
      FROM ({rows}) AS r(state, slug, area, language, due, reported)) AS r
GROUP BY age, GROUPING SETS ((slug), (area), (language), ())
"""
_OPEN_SETS = {0b011: "type", 0b101: "area", 0b110: "language", 0b111: ""}


def backlog(user: User) -> dict[tuple[str, Any], Open]:
    """Return what is open now by type, area and language, and all together (by "", None).

    What is held for a look is nobody's backlog yet.
    """
    rows = visible(user).filter(STILL_OPEN, ~HELD_BACK).order_by()
    named = rows.values_list("state", "report_type__slug", "area__number", "language", "due_at", "reported_at")
    sql, given = named.query.sql_with_params()
    now = timezone.now()
    edges = [least for _label, least, _most in AGES.values() if least]
    keys, found = list(AGES), defaultdict[tuple[str, Any], Open](Open)
    with reading.connection().cursor() as cursor:
        cursor.execute(_OPEN.format(rows=sql), [State.QUEUED, State.WAITING, now, now, edges, *given])
        for of, slug, area, language, age, *numbers in cursor.fetchall():
            by = _OPEN_SETS[of]
            unit = _unit(by, [slug, area, language, None])
            found[by, unit].add(Open(*numbers), keys[min(max(age, 0), len(keys) - 1)])
    found.setdefault(("", None), Open())
    return dict(found)


# --- Who has how much ---------------------------------------------------------------------
@dataclass
class Load:
    """One officer: what is on the desk now, and what was decided in the period."""

    officer: User
    reading: int = 0
    waiting: int = 0
    overdue: int = 0
    decided: int = 0


def loads(user: User, period: Period) -> list[Load]:
    """Return the officers who have open reports or decided some, those with the most on the desk first."""
    held = {row["claimed_by"]: row for row in _on_desks(visible(user).filter(STILL_OPEN, claimed_by__isnull=False))}
    done = dict(_decided(user, period))
    people = User.objects.in_bulk([pk for pk in {*held, *done} if pk is not None])
    made = [_load(person, held.get(pk, {}), done.get(pk, 0)) for pk, person in people.items()]
    return sorted(made, key=lambda load: (-(load.reading + load.waiting), -load.decided, load.officer.get_username()))


def _on_desks(rows: QuerySet[Report]) -> Iterable[Any]:
    late = Q(due_at__lt=timezone.now())
    return (
        rows.order_by()
        .values("claimed_by")
        .annotate(
            reading=Count("pk", filter=Q(state=State.IN_REVIEW)),
            waiting=Count("pk", filter=Q(state=State.WAITING)),
            overdue=Count("pk", filter=late),
        )
    )


def _decided(user: User, period: Period) -> Iterable[tuple[int | None, int]]:
    rows = decisions().filter(at__gte=period.since, report__in=visible(user).values("pk"))
    return rows.order_by().values_list("by").annotate(Count("report", distinct=True))


def _load(officer: User, held: dict[str, Any], decided: int) -> Load:
    return Load(officer, **{name: held.get(name, 0) for name in ("reading", "waiting", "overdue")}, decided=decided)


def of_days(found: Found, key: str, period: Period) -> list[int]:
    """Return a measure's numbers by the period's days or weeks."""
    own = ((unit, times) for (what, by, unit), times in found.items() if (what, by) == (key, "day"))
    by_day: dict[date, int] = {unit: times.number for unit, times in own}
    return [sum(number for day, number in by_day.items() if first <= day <= last) for first, last in period.stretches]
