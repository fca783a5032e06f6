"""The rollup: read in milliseconds, and always equal to counting the reports themselves.

Triggers note the moment of every countable change in the transaction of the change (StaleMoment). Reading is one
statement, so one snapshot: days, weeks and months without such a moment come from the rollup, days with one from the
reports. `refresh` counts stale days anew. So it does not matter when, or whether, that happens: only the time changes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from reports import reading
from reports.counts.cells import MOMENTS, VALUES, Kind
from reports.counts.periods import DAY, WEEK, Range, after_month, pieces, sunday
from reports.models import Basis, Cuboid, Grain, StaleMoment, Tally, TallyZone

# Days that are counted anew in one transaction.
CHUNK = 40
_LOCK = "counts.refresh"
UNPLACED = 0

# A day's reports by an index, whatever the zone's clocks do that day.
_OF_DAY = (
    "r.{moment} >= (d.day::timestamp AT TIME ZONE %(zone)s)"
    " AND r.{moment} < ((d.day + 1)::timestamp AT TIME ZONE %(zone)s)"
)
_START = """CASE {grain} WHEN 'w' THEN {day} - extract(dow FROM {day})::int
    WHEN 'm' THEN date_trunc('month', {day}::timestamp)::date ELSE {day} END"""

# Stretch by stretch and day by day by the index: OFFSET 0 keeps the planner from turning that round. It cannot know how
# many stretches and stale days there are, mostly none, and with a million reports read them or the whole rollup first.
_READ = """
WITH stale AS MATERIALIZED (
    SELECT DISTINCT (moment AT TIME ZONE %(zone)s)::date AS day FROM reports_stalemoment WHERE basis = %(basis)s
    UNION
    SELECT day::date FROM generate_series(%(first)s::timestamp, %(last)s::timestamp, '1 day') AS s (day)
    WHERE NOT %(kept)s OR NOT EXISTS (SELECT FROM reports_tallyzone WHERE zone = %(zone)s)
), stale_start AS MATERIALIZED (
    SELECT DISTINCT g.grain, {start} AS start FROM stale CROSS JOIN (VALUES ('d'), ('w'), ('m')) AS g (grain)
), span AS (
    SELECT * FROM unnest(
        %(periods)s::int[], %(grains)s::text[], %(firsts)s::date[], %(lasts)s::date[], %(untils)s::date[]
    ) AS s (period, grain, first, last, until)
), cell AS (
    SELECT s.period, t.area, t.report_type, t.value, t.reports, t.approved
    FROM span s CROSS JOIN LATERAL (
        SELECT start, grain, area, report_type, value, reports, approved FROM reports_tally t
        WHERE t.basis = %(basis)s AND t.cuboid = %(cuboid)s AND t.grain = s.grain AND t.start BETWEEN s.first AND s.last
        OFFSET 0
    ) t
    WHERE NOT EXISTS (SELECT FROM stale_start b WHERE b.grain = t.grain AND b.start = t.start)
    UNION ALL
    SELECT s.period, t.area, t.report_type, t.value, t.reports, t.approved
    FROM span s
    JOIN stale_start b ON b.grain = s.grain AND b.grain <> 'd' AND b.start BETWEEN s.first AND s.last
    CROSS JOIN LATERAL (
        SELECT start, area, report_type, value, reports, approved FROM reports_tally t
        WHERE t.basis = %(basis)s AND t.cuboid = %(cuboid)s AND t.grain = 'd' AND t.start >= b.start
            AND t.start < CASE b.grain WHEN 'w' THEN b.start + 7 ELSE (b.start + interval '1 month')::date END
        OFFSET 0
    ) t
    WHERE NOT EXISTS (SELECT FROM stale d WHERE d.day = t.start)
    UNION ALL
    SELECT d.period, r.area, r.report_type, r.value, 1, r.approved
    FROM (SELECT s.period, stale.day FROM span s JOIN stale ON stale.day BETWEEN s.first AND s.until OFFSET 0) d
    CROSS JOIN LATERAL (
        SELECT coalesce(r.area_id, 0) AS area, r.report_type_id AS report_type, {value} AS value,
            (r.state = 'approved')::int AS approved
        FROM reports_report r WHERE {of_day}
        OFFSET 0
    ) r
    WHERE r.value IS NOT NULL
)
SELECT period, {area}, {report_type}, {shown}, sum(reports)::int, sum(approved)::int FROM cell
WHERE (%(areas)s::bigint[] IS NULL OR area = ANY(%(areas)s::bigint[]))
    AND (%(types)s::bigint[] IS NULL OR report_type = ANY(%(types)s::bigint[]))
    AND (%(values)s::text[] IS NULL OR value = ANY(%(values)s::text[]))
GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Counted:
    """A figure: how many reports of a period (by its place in the list), and how many of them are approved by now."""

    period: int
    area: int
    report_type: int
    value: str
    reports: int
    approved: int


@dataclass(frozen=True)
class Asked:
    """What is to be told apart and what is to be left in; None leaves all in. Area 0 is "not placed"."""

    kind: Kind
    basis: Basis = Basis.REPORTED
    by_area: bool = False
    by_type: bool = False
    by_value: bool = False
    areas: frozenset[int] | None = None
    types: frozenset[int] | None = None
    values: frozenset[str] | None = None


def read(periods: Sequence[Sequence[Range]], asked: Asked) -> list[Counted]:
    """Return the figures of each period, which may consist of several stretches of days; none that is zero."""
    spans = [
        (number, piece.grain, piece.first, piece.last, piece.until)
        for number, ranges in enumerate(periods)
        for first, last in ranges
        for piece in pieces(first, last)
    ]
    if not spans:
        return []
    sql = _READ.format(
        start=_START.format(grain="g.grain", day="day"),
        value=asked.kind.sql,
        of_day=_OF_DAY.format(moment=MOMENTS[asked.basis]),
        area="area" if asked.by_area else "0",
        report_type="report_type" if asked.by_type else "0",
        shown="value" if asked.by_value else "''",
    )
    numbers, grains, firsts, lasts, untils = map(list, zip(*spans, strict=True))
    with reading.connection().cursor() as cursor:
        cursor.execute(
            sql,
            {
                **common(asked.basis),
                "kept": asked.kind.is_kept,
                "cuboid": asked.kind.cuboid.value,
                "periods": numbers,
                "grains": grains,
                "firsts": firsts,
                "lasts": lasts,
                "untils": untils,
                "first": min(firsts),
                "last": max(untils),
                "areas": _listed(asked.areas),
                "types": _listed(asked.types),
                "values": _listed(asked.values),
            },
        )
        return [Counted(*row) for row in cursor.fetchall()]


def _listed(chosen: frozenset[Any] | None) -> list[Any] | None:
    return None if chosen is None else sorted(chosen)


def common(basis: Basis) -> dict[str, Any]:
    """Return what every statement is called with."""
    return {"zone": settings.TIME_ZONE, "basis": basis.value}


# --- Keeping it fresh ---------------------------------------------------------------
_FRESH = """
    SELECT v.cuboid, d.day AS start, r.report_type_id AS report_type, coalesce(r.area_id, 0) AS area, v.value,
        count(*)::int AS reports, (count(*) FILTER (WHERE r.state = 'approved'))::int AS approved
    FROM unnest(%(starts)s::date[]) AS d (day)
    JOIN reports_report r ON {of_day}
    CROSS JOIN LATERAL (VALUES {values}) AS v (cuboid, value)
    WHERE v.value IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5
"""
_SUMS = """
    SELECT cuboid, {start} AS start, report_type, area, value,
        sum(reports)::int AS reports, sum(approved)::int AS approved
    FROM reports_tally
    WHERE basis = %(basis)s AND grain = 'd' AND cuboid = ANY(%(cuboids)s)
        AND start >= %(first)s AND start <= %(last)s AND {start} = ANY(%(starts)s::date[])
    GROUP BY 1, 2, 3, 4, 5
"""
# What is there already comes in with 0, so that a cell which nobody fills any more is found and goes.
_STORE = """
MERGE INTO reports_tally t USING (
    SELECT cuboid, start, report_type, area, value, sum(reports)::int AS reports, sum(approved)::int AS approved FROM (
        {source}
        UNION ALL
        SELECT cuboid, start, report_type, area, value, 0, 0 FROM reports_tally
        WHERE basis = %(basis)s AND grain = %(grain)s AND cuboid = ANY(%(cuboids)s) AND start = ANY(%(starts)s::date[])
    ) AS both_sides GROUP BY 1, 2, 3, 4, 5
) n ON t.basis = %(basis)s AND t.grain = %(grain)s AND t.cuboid = ANY(%(cuboids)s) AND t.start = ANY(%(starts)s::date[])
    AND t.cuboid = n.cuboid AND t.start = n.start AND t.report_type = n.report_type AND t.area = n.area
    AND t.value = n.value
WHEN MATCHED AND n.reports = 0 THEN DELETE
WHEN MATCHED AND (t.reports <> n.reports OR t.approved <> n.approved)
    THEN UPDATE SET reports = n.reports, approved = n.approved
WHEN NOT MATCHED THEN INSERT (basis, grain, cuboid, start, report_type, area, value, reports, approved)
    VALUES (%(basis)s, %(grain)s, n.cuboid, n.start, n.report_type, n.area, n.value, n.reports, n.approved)
"""


def fresh_sql(basis: Basis) -> str:
    """Return the counting of days `starts` from the reports themselves, for every cuboid."""
    values = ", ".join(f"('{cuboid.value}', {sql})" for cuboid, sql in VALUES.items())
    return _FRESH.format(of_day=_OF_DAY.format(moment=MOMENTS[basis]), values=values)


def sums_sql(grain: Grain) -> str:
    """Return the sums of the days of the rollup in the weeks or months `starts`, between days `first` and `last`."""
    return _SUMS.format(start=start_sql(grain, "start"))


def start_sql(grain: Grain, day: str) -> str:
    """Return the start of a day's week or month, as SQL."""
    return _START.format(grain=f"'{grain.value}'", day=day)


def mark_stale(days: Iterable[tuple[Basis, date]]) -> None:
    """Note days as to be counted anew."""
    zone = timezone.get_default_timezone()
    StaleMoment.objects.bulk_create(
        StaleMoment(basis=basis, moment=datetime.combine(day, time(12), zone)) for basis, day in days
    )


def forget_zone() -> None:
    """Say that nothing of the rollup holds: it is not read any more until it was counted anew."""
    TallyZone.objects.all().delete()


def refresh(*, tell: Callable[[int], None] = lambda days: None) -> int:
    """Count every stale day anew, some in a transaction; return how many. `tell` hears how many after each.

    Safe to interrupt, to repeat and to run twice at once: a second one waits. After a change of TIME_ZONE, and the
    first time, all days are stale.
    """
    settle_zone()
    done = 0
    while days := _refresh_some():
        done += days
        tell(days)
    return done


@transaction.atomic
def settle_zone() -> None:
    """Begin anew when the rollup was counted in another time zone, or not at all: every day with a report is stale."""
    _only_one()
    if TallyZone.objects.filter(zone=settings.TIME_ZONE).exists():
        return
    Tally.objects.all().delete()
    StaleMoment.objects.all().delete()
    TallyZone.objects.all().delete()
    TallyZone.objects.create(zone=settings.TIME_ZONE)
    with connection.cursor() as cursor:
        for basis, moment in MOMENTS.items():
            cursor.execute(
                f"INSERT INTO reports_stalemoment (basis, moment) SELECT %(basis)s, min({moment}) FROM reports_report"  # noqa: S608
                f" WHERE {moment} IS NOT NULL GROUP BY ({moment} AT TIME ZONE %(zone)s)::date",
                common(basis),
            )


@transaction.atomic
def _refresh_some() -> int:
    """Take some stale days, the latest first, and count them. What is noted meanwhile stays for the next time."""
    _only_one()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT basis, (moment AT TIME ZONE %(zone)s)::date AS day FROM reports_stalemoment"
            " ORDER BY day DESC, basis LIMIT %(chunk)s",
            {"zone": settings.TIME_ZONE, "chunk": CHUNK},
        )
        stale = cursor.fetchall()
    for basis in Basis:
        if days := [day for of, day in stale if of == basis]:
            _count_anew(basis, days)
    return len(stale)


def _count_anew(basis: Basis, days: list[date]) -> None:
    with connection.cursor() as cursor:
        # First the notes go, then the reports are looked at: by a later snapshot, so that no change falls between.
        cursor.execute(
            "DELETE FROM reports_stalemoment s USING unnest(%(days)s::date[]) AS d (day) WHERE s.basis = %(basis)s"
            " AND s.moment >= (d.day::timestamp AT TIME ZONE %(zone)s)"
            " AND s.moment < ((d.day + 1)::timestamp AT TIME ZONE %(zone)s)",
            {**common(basis), "days": days},
        )
    _store(basis, Grain.DAY, days, fresh_sql(basis))
    for grain in (Grain.WEEK, Grain.MONTH):
        _store(basis, grain, sorted({start_of(grain, day) for day in days}), sums_sql(grain))


def start_of(grain: Grain, day: date) -> date:
    """Return the first day of the week or month of a day."""
    return {Grain.DAY: day, Grain.WEEK: sunday(day), Grain.MONTH: day.replace(day=1)}[grain]


def end_of(grain: Grain, start: date) -> date:
    """Return the last day of the week or month that begins on a day."""
    return {Grain.DAY: start, Grain.WEEK: start + WEEK - DAY, Grain.MONTH: after_month(start) - DAY}[grain]


def _store(basis: Basis, grain: Grain, starts: Sequence[date], source: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_STORE.format(source=source), parameters(basis, grain, starts))


def parameters(basis: Basis, grain: Grain, starts: Iterable[date]) -> dict[str, Any]:
    """Return what the statements above are called with."""
    starts = list(starts)
    return {
        **common(basis),
        "grain": grain.value,
        "cuboids": [cuboid.value for cuboid in Cuboid],
        "starts": starts,
        "first": min(starts),
        "last": max(end_of(grain, start) for start in starts),
    }


def _only_one() -> None:
    """Keep a second refresher out until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])
