"""The nightly self-check: the rollup against the reports themselves, every day of it."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction

from accounts.models import Role, User
from reports import audit
from reports.alerts.actions import alert
from reports.audit import By
from reports.counts import rollup
from reports.counts.cells import MOMENTS
from reports.counts.periods import DAY
from reports.models import AlertKind, Basis, Grain, Tally
from reports.processing.actions import ask_for

logger = logging.getLogger(__name__)

# Days that are compared in one statement, so in one snapshot.
CHUNK = 31
# What is stale is not read from the rollup, so it cannot be wrong there.
_DIFFERENT = """
WITH stale AS MATERIALIZED (
    SELECT DISTINCT (moment AT TIME ZONE %(zone)s)::date AS day FROM reports_stalemoment WHERE basis = %(basis)s
), counted AS ({counted}), kept AS (
    SELECT cuboid, start, report_type, area, value, reports, approved FROM reports_tally
    WHERE basis = %(basis)s AND grain = %(grain)s AND cuboid = ANY(%(cuboids)s) AND start = ANY(%(starts)s::date[])
)
SELECT DISTINCT start FROM (
    (SELECT cuboid, start, report_type, area, value, reports, approved FROM counted EXCEPT ALL SELECT * FROM kept)
    UNION ALL (SELECT * FROM kept EXCEPT ALL
        SELECT cuboid, start, report_type, area, value, reports, approved FROM counted)
) AS different
WHERE NOT EXISTS (SELECT FROM stale WHERE {start_of_stale} = start)
ORDER BY start
"""


@dataclass
class Checked:
    """How many days were compared, and which days, weeks and months were wrong."""

    days: int = 0
    wrong: list[tuple[Basis, Grain, date]] = field(default_factory=list)


def check(*, by: By, tell: Callable[[int], None] = lambda days: None) -> Checked:
    """Compare the rollup with the reports; `tell` hears how many days were compared.

    What is wrong is noted as stale, so that it is counted anew and meanwhile read from the reports. An error goes into
    the log of the process, an event into the audit log, and an alert to the supervisors.
    """
    rollup.settle_zone()
    found = Checked()
    for basis in Basis:
        for days in _chunks(basis):
            found.wrong += [(basis, Grain.DAY, day) for day in _different(basis, Grain.DAY, days)]
            for grain in (Grain.WEEK, Grain.MONTH):
                starts = sorted({rollup.start_of(grain, day) for day in days})
                found.wrong += [(basis, grain, start) for start in _different(basis, grain, starts)]
            found.days += len(days)
            tell(len(days))
    found.wrong = list(dict.fromkeys(found.wrong))
    if found.wrong:
        _put_right(found, by)
    return found


def _chunks(basis: Basis) -> Iterator[list[date]]:
    """Cut the days that the reports or the rollup know into chunks."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT ({MOMENTS[basis]} AT TIME ZONE %(zone)s)::date AS day FROM reports_report"  # noqa: S608
            f" WHERE {MOMENTS[basis]} IS NOT NULL"
            " UNION SELECT DISTINCT start FROM reports_tally WHERE basis = %(basis)s ORDER BY day",
            rollup.common(basis),
        )
        days = [day for (day,) in cursor.fetchall()]
    for start in range(0, len(days), CHUNK):
        yield days[start : start + CHUNK]


def _different(basis: Basis, grain: Grain, starts: list[date]) -> list[date]:
    sql = _DIFFERENT.format(
        counted=rollup.fresh_sql(basis) if grain == Grain.DAY else rollup.sums_sql(grain),
        start_of_stale=rollup.start_sql(grain, "stale.day"),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, rollup.parameters(basis, grain, starts))
        return [start for (start,) in cursor.fetchall()]


@transaction.atomic
def _put_right(found: Checked, by: By) -> None:
    """Note what was wrong as stale, and tell."""
    days = sorted({(basis, day) for basis, grain, start in found.wrong for day in _days(grain, start)})
    rollup.mark_stale(days)
    first, last = min(day for _, day in days), max(day for _, day in days)
    numbers: dict[str, Any] = {"days": len(days), "first": first.isoformat(), "last": last.isoformat()}
    logger.error("counts were not right on %(days)s days from %(first)s to %(last)s; they are counted anew", numbers)
    supervisors = User.objects.filter(is_active=True, is_staff=True, roles__contains=[Role.SUPERVISOR])
    ask_for(alert(kind=AlertKind.COUNTS, report=None, by=by, to=supervisors))
    audit.record("counts.differ", by=by, subject="counts", **numbers)


def _days(grain: Grain, start: date) -> Iterator[date]:
    day, end = start, rollup.end_of(grain, start)
    while day <= end:
        yield day
        day += DAY


def rebuild(*, by: By, tell: Callable[[int], None] = lambda days: None) -> int:
    """Throw the rollup away and count every day anew; return how many days. Meanwhile the reports are read."""
    Tally.objects.all().delete()
    rollup.forget_zone()
    done = rollup.refresh(tell=tell)
    logger.info("counts were rebuilt: %s days", done)
    return done
