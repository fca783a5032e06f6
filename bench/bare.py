"""The limit of a page: a view that answers so many bytes, behind the portal's own middleware: `gunicorn bench.bare`."""

import os

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

# cors.settings with this module's addresses instead of the portal's.
if os.environ.get("SERVES_BARE"):
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare_settings"


def answer(request: HttpRequest, size: int) -> HttpResponse:
    """Answer so many bytes."""
    return HttpResponse(b"x" * size)


urlpatterns = [path("<int:size>", answer)]

if os.environ.get("SERVES_BARE"):
    application = get_wsgi_application()
