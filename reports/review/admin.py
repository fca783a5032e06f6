"""The queue's door in the admin's index."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from reports.models import Report
from reports.permissions import may_open


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that the admin never adds, changes or deletes; the table of pages says who sees them."""

    page = ""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: actions make rows."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: actions change rows."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: only retention deletes."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the table of pages."""
        return may_open(request.user, self.page)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the app in the index to those who may see the rows."""
        return may_open(request.user, self.page)


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """Leads to the queue and to the report's own page."""

    page = "review.queue"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Go to the queue."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect("review:queue")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Go to the report's page, which knows who may see it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return redirect("review:show", UUID(object_id))
        except ValueError:
            return redirect("review:queue")

    history_view = change_view  # type: ignore[assignment]
