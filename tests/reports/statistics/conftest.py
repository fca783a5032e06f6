"""Weeks with many reports, made by plain SQL."""

from collections.abc import Callable

import pytest
from django.db import connection

from reports.models import Area, Report, ReportType
from tests.reports.counts.conftest import local, pattern

__all__ = ["pattern"]
KINDS = ["lost-property", "theft", "package-theft", "hate-incident", "vandalism"]
AREAS = [1, 2, 3]
FULL: dict[tuple[str, int | None], int] = {(kind, area): 40 for kind in KINDS for area in (*AREAS, None)}
Fill = Callable[[str, dict[tuple[str, int | None], int]], None]
COPY = """
INSERT INTO reports_report ({columns}, id, reference, draft_id, report_type_id, area_id, reported_at)
SELECT {columns}, gen_random_uuid(), substr(gen_random_uuid()::text, 1, 12), gen_random_uuid(), %s, %s, %s
FROM reports_report, generate_series(1, %s) WHERE id = %s
"""
OWN = {"id", "reference", "draft_id", "report_type_id", "area_id", "reported_at"}


@pytest.fixture
def small_city(pattern: Report) -> None:
    """Five kinds of report and three areas are left: tables that can be looked through."""
    ReportType.objects.exclude(slug__in=KINDS).update(state="retired")
    Area.objects.exclude(number__in=AREAS).delete()


@pytest.fixture
def fill(small_city: None, pattern: Report) -> Fill:
    """Make reports: fill("2026-11-16T12:00", {("theft", 1): 7}), with 40 in every other place of the table."""
    types = dict(ReportType.objects.filter(state="live").values_list("slug", "pk"))
    areas: dict[int | None, int | None] = dict(Area.objects.values_list("number", "pk"))
    columns = ", ".join(field.column for field in Report._meta.concrete_fields if field.column not in OWN)

    def filled(at: str, figures: dict[tuple[str, int | None], int]) -> None:
        with connection.cursor() as cursor:
            for (slug, area), number in (FULL | figures).items():
                values = [types[slug], areas[area] if area else None, local(at), number, pattern.pk]
                cursor.execute(COPY.format(columns=columns), values)

    return filled
