"""What is refused before any page has read it: packed bodies, and the page that says so of whatever cannot be read."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template import loader

View = Callable[[HttpRequest], HttpResponse]


def packed_bodies(get_response: View) -> View:
    """Refuse a body that was packed: no browser packs one, and a small one would be a large one here."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
            raise BadRequest("a packed body")
        return get_response(request)

    return middleware


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page of what could not be read. It asks nothing of the request, which may be a lie throughout."""
    told = {"emergency_phone": settings.EMERGENCY_PHONE}
    return HttpResponseBadRequest(loader.get_template("400.html").render(told))
