"""What the page says that ends the online path."""

from typing import Any

from django.utils.translation import get_language

from reports.catalogue import live
from reports.models import ReportType, Stopper


def shown(stopper: Stopper, report_type: ReportType, *, area: str) -> dict[str, Any]:
    """Return what the page shows, in the language of the page; `area` is the id of the chosen one as typed, or ""."""
    stations = live.areas() if stopper.shows_stations else []
    return {
        "stopper": {
            "title": stopper.title_for(),
            "text": stopper.body_for(),
            "phone": stopper.phone_for(),
            "is_emergency": stopper.is_emergency,
        },
        "stations": stations,
        "station": next((each for each in stations if str(each.pk) == area), None),
        "other_type": live.type_named(stopper.other_type),
        "calls_back": live.type_named(stopper.callback_type) is not None,
        "support": live.support(report_type, None, get_language()) if report_type.is_hate else [],
    }
