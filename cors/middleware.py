"""What holds for every answer: nobody keeps it, it reaches for no sensor, staff side and feed are English."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers

# No page asks for any of these; none that was smuggled in may either.
SENSORS = "accelerometer camera display-capture geolocation gyroscope magnetometer microphone"
DEVICES = "hid midi payment serial usb"
PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in f"{SENSORS} {DEVICES}".split())

View = Callable[[HttpRequest], HttpResponse]


def closed_by_default(get_response: View) -> View:
    """Let no cache keep an answer, an error or a redirect, unless its view has said how long it may."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        if "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
        return response

    return middleware


def staff_in_english(get_response: View) -> View:
    """Answer addresses under /admin/, and those of the feed, in English."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(("/admin/", "/api/")):
            return get_response(request)
        with translation.override("en"):
            return get_response(request)

    return middleware
