"""Finding the area of a report that came without one."""

from typing import Any

from reports.documents import opened
from reports.models import Report
from reports.sections.pin import Pin


def place(report: Report) -> dict[str, Any]:
    """Return {"area": ...} for a report without one whose mark on the map is in one, else {}. Raises vault.CannotOpen.

    An intake finds the area of a mark by itself; this is for marks whose area was not known then, because the outlines
    came or changed meanwhile.
    """
    if report.area_id is not None:
        return {}
    pin = Pin.of(opened(report).get("where", {}))
    area = pin.area() if pin else None
    return {"area": area} if area else {}
