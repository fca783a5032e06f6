"""When the database is away: a page in the reader's language that says so and keeps what was typed.

What was posted goes into hidden fields of that page and nowhere else: "Try again" sends the same form again.
"""

import logging
import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.defaults import server_error

from reports.vitals.lines import note_outage

logger = logging.getLogger(__name__)

# The database was not reached, hung up, had no room left or no connection to spare.
AWAY = (OperationalError, InterfaceError)
RETRY_SECONDS = 30
# What sends a whole report.
SENDING = frozenset({"intake:submit", "intake:callback"})


class KeepWhatWasTyped:
    """Turns a database's outage in a view into that page. Stands inside the middleware that knows the language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the view does."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view that failed because the database is away; any other fault is not ours."""
        return told(request, exception) if isinstance(exception, AWAY) else None


def told(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Note the outage and return the page that says so."""
    cause = type(exception.__cause__ or exception).__name__
    logger.error("a page was not served: %s", cause)
    note_outage()
    return turned_away(request)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer for what failed before a view was reached: who is logged in is looked up on the way to it."""
    exception = sys.exc_info()[1]
    return told(request, exception) if isinstance(exception, AWAY) else server_error(request)


def turned_away(request: HttpRequest) -> HttpResponse:
    """Return the page. Staff type passwords and codes into theirs, which are not sent back."""
    is_resident = not request.path_info.startswith("/admin/")
    keeps = is_resident and request.method == "POST"
    route = request.resolver_match.view_name if request.resolver_match else ""
    context = {
        "typed": typed(request) if keeps else [],
        "again": request.get_full_path(),
        "was_posted": keeps,
        "was_sending": route in SENDING,
        "had_files": keeps and bool(request.FILES),
        "is_resident": is_resident,
    }
    response = render(request, "503.html", context, status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    add_never_cache_headers(response)
    return response


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return every field as it was posted, the button that was pressed among them."""
    return [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
