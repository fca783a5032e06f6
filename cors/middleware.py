"""The staff side and the feed are English, whatever the browser asks for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation


def staff_in_english(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer addresses under /admin/, and those of the feed, in English."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(("/admin/", "/api/")):
            return get_response(request)
        with translation.override("en"):
            return get_response(request)

    return middleware
