"""The guards of staff pages: logged in at the admin, named in the table of pages, and where it matters, just now."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from accounts import sessions
from reports.permissions import may_open

View = Callable[..., HttpResponse]


def staff_page(page: str) -> Callable[[View], View]:
    """Let only those see the view whom `permissions.PAGES` names for `page`; others log in or get 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may_open(request.user, page):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return never_cache(admin.site.admin_view(guarded))

    return decorate


def fresh_login(view: View) -> View:
    """Open the view only to who logged in, or proved once more who they are, within FRESH_LOGIN_MINUTES.

    Stands beneath `staff_page`. A page asked for is opened afterwards, a form that was sent goes on: it waits in the
    session, so it must not hold a resident's words.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ask_anew(request)
        return view(request, *args, **kwargs)

    return guarded


def ask_anew(request: HttpRequest) -> None:
    """Raise ReauthenticationRequired, which leads to the password or second factor and back, unless it is fresh."""
    if not sessions.is_fresh(request.session):
        raise ReauthenticationRequired


def is_revealed(request: HttpRequest, report_id: UUID) -> bool:
    """Tell whether this session has shown the report's personal data, for a reason that was recorded."""
    return str(report_id) in request.session.get("revealed", [])
