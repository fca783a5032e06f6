"""The search box in the head of every staff page, and why a report was found, in words."""

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.permissions import may_open

register = template.Library()

WHY: dict[str, Promise] = {
    "reference": _("Reference"),
    "dr_number": _("DR number"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "plate": _("Plate"),
    "vin": _("VIN"),
    "serial": _("Serial number"),
    "report": _("Names this report"),
    "name": _("Name"),
    "word": _("Words"),
}


@register.simple_tag(takes_context=True)
def may_search(context: dict[str, Any]) -> bool:
    """Tell whether the person may search, and does not stand before the larger box of the search page already."""
    request = context.get("request")
    if request is None or not hasattr(request, "user") or not may_open(request.user, "review.queue"):
        return False
    return request.resolver_match is None or request.resolver_match.view_name != "review:search"


@register.filter
def why_words(kind: str) -> Promise:
    """Return the kind of what fits, in words."""
    return WHY[kind]
