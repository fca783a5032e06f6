"""Counts that leave the portal."""

from collections.abc import Iterator
from datetime import date

from reports import audit
from reports.audit import By
from reports.counts import queries
from reports.export.actions import within_reach


def week(*, ending: date, by: By) -> Iterator[str]:
    """Return the lines of the week's CSV; the download is audited. Raises queries.NotSaturday."""
    lines = list(queries.week_csv(ending, within_reach(by)))
    audit.record("counts.week", by=by, subject="counts", ending=ending.isoformat())
    return iter(lines)
