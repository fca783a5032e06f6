"""How long things take, as the dashboard writes it."""

from django import template
from django.utils.translation import gettext

register = template.Library()
MINUTE, HOUR, DAY = 60, 3600, 86400


@register.filter
def lasting(seconds: float | None) -> str:
    """Return a time in its best unit: "12 min", "7.5 h", "3.4 days"; "–" for none."""
    if seconds is None:
        return "–"
    if seconds < HOUR:
        return gettext("%d min") % round(seconds / MINUTE)
    if seconds < 2 * DAY:
        return gettext("%.1f h") % (seconds / HOUR)
    return gettext("%.1f days") % (seconds / DAY)
