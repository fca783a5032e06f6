"""The bell at the head of staff pages."""

from typing import Any

from django import template

from reports.alerts import queries
from reports.models import AlertKind
from reports.permissions import may_open

register = template.Library()


@register.simple_tag(takes_context=True)
def bell(context: dict[str, Any]) -> dict[str, Any] | None:
    """Return how many notices wait to be seen, asked once for each request; None for who has none at all."""
    request = context.get("request")
    if request is None or not may_open(request.user, "alerts.show"):
        return None
    if not hasattr(request, "unseen_alerts"):
        request.unseen_alerts = queries.unseen(request.user)
    number = request.unseen_alerts
    return {"number": number, "shown": f"{queries.MANY - 1}+" if number >= queries.MANY else str(number)}


@register.filter
def is_urgent(kind: str) -> bool:
    """Tell the kinds that stand out in the list."""
    return kind in {AlertKind.PRIORITY, AlertKind.ESCALATED, AlertKind.UNCLASSIFIED}
