"""What every template may name about the agency."""

from django.conf import settings
from django.http import HttpRequest

from cors.look_views import look


def agency(request: HttpRequest) -> dict[str, object]:
    """Return the agency's name and numbers and whether this is the demo."""
    return {
        "agency_name": settings.AGENCY_NAME,
        "agency_city": settings.AGENCY_CITY,
        "agency_phone": settings.AGENCY_PHONE,
        "emergency_phone": settings.EMERGENCY_PHONE,
        "away_url": settings.QUICK_EXIT_URL,
        "look": look(),
        "demo": settings.DEMO,
        "logon_banner": settings.LOGON_BANNER,
    }
