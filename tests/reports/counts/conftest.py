"""Reports for counts: made by copying one, with plain columns of their own, and counted again by plain SQL."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from reports import codes
from reports.counts import rollup
from reports.models import Area, CodedFact, Report, ReportType
from tests.desk import another

ZONE = ZoneInfo("America/Los_Angeles")
Make = Callable[..., Report]


def local(text: str) -> datetime:
    """Return a moment of the agency's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture
def pattern(db: None) -> Report:
    """A report of 1999, out of the way of every count, to be copied."""
    at = local("1999-06-01T12:00")
    report_type = ReportType.objects.get(slug="lost-property")
    area = Area.objects.get(number=1)
    return Report.objects.create(
        report_type=report_type, area=area, language="en", draft_id=codes.new_id(), state="queued",
        reported_at=at, due_at=at, state_since=at,
    )  # fmt: skip


@pytest.fixture
def make(pattern: Report) -> Make:
    """Make a report: make("2026-03-11T12:00", type="theft", area=5, bias=["12"], offence=["23F"], state="queued")."""
    types = dict(ReportType.objects.values_list("slug", "pk"))
    areas = dict(Area.objects.values_list("number", "pk"))

    def made(at: str, *, type: str = "lost-property", area: int | None = 1, **fields: Any) -> Report:  # noqa: A002
        coded = {kind: fields.pop(kind, []) for kind in ("bias", "offence")}
        occurred = fields.pop("occurred", None)
        report = another(
            pattern,
            reported_at=local(at),
            occurred_from=local(occurred) if occurred else None,
            report_type_id=types[type],
            area_id=areas[area] if area else None,
            **fields,
        )
        CodedFact.objects.bulk_create(
            [CodedFact(report=report, kind=kind, code=code) for kind, own in coded.items() for code in own]
        )
        return report

    return made


@pytest.fixture(params=["from the reports", "from the rollup"])
def freshness(request: pytest.FixtureRequest) -> Callable[[], None]:
    """Bring the rollup up to date, or leave it behind: what is read must be the same."""
    return rollup.refresh if request.param == "from the rollup" else lambda: None


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return what plain SQL says."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
