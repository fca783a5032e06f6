"""The admin site, closed to sessions without a second factor."""

from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import sessions

OURS = {"accounts", "reports"}


class StaffSite(AdminSite):
    """Every page of it, and every page that `reports.staff` guards, asks here."""

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take our own models only: what libraries register (secrets of factors among it) is for nobody's eyes."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        super().register([model for model in models if model._meta.app_label in OURS], admin_class, **options)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Put the list of models together once for a request, and only where a page shows it."""
        if app_label:
            return super().get_app_list(request, app_label)
        if not hasattr(request, "app_list"):
            request.app_list = SimpleLazyObject(partial(super().get_app_list, request))  # type: ignore[attr-defined]
        return request.app_list  # type: ignore[attr-defined]

    def has_permission(self, request: HttpRequest) -> bool:
        """Ask for staff, a passed second factor and a session that has not ended."""
        session = request.session
        return super().has_permission(request) and sessions.is_proven(session) and not sessions.ended_by(session)


class StaffAdminConfig(AdminConfig):
    """Django's admin with our site."""

    default_site = "accounts.site.StaffSite"
