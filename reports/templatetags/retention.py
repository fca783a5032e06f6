"""What the report page shows of how long a report is kept."""

from typing import Any

from django import template

from reports import permissions
from reports.models import Report
from reports.retention import holding, periods

register = template.Library()


@register.simple_tag(takes_context=True)
def retention(context: dict[str, Any], report: Report) -> dict[str, Any]:
    """Return until when a report is kept, the hold in force, and what this person may do about it."""
    user, hold = context["request"].user, holding.open_hold(report)
    may_hold = permissions.may_hold_back(user, report)
    return {
        "hold": hold,
        "ends": periods.ends(report),
        "may_hold": may_hold,
        "may_lift": may_hold and hold is not None and hold.asked_by_id not in {None, user.pk},
    }
