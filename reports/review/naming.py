"""Kinds and areas of many reports, out of the catalogue in memory: no joins, no texts that a list does not show."""

from collections.abc import Iterable

from reports.catalogue import live
from reports.models import Report


def name_all(rows: Iterable[Report]) -> None:
    """Give reports their kinds and areas; an area that the catalogue does not know yet is read when it is asked for."""
    for report in rows:
        report.report_type = live.kind(report.report_type_id)
        if known := live.area(report.area_id):
            report.area = known
