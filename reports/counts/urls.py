"""Addresses of counts, under /admin/counts/."""

from datetime import date

from django.urls import path, register_converter

from reports.counts import published_views, views


class DayConverter:
    """A day in an address, such as 2026-11-21."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the day. Raises ValueError, so that the address does not exist."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Return the day as the address has it."""
        return f"{value}"


register_converter(DayConverter, "day")

app_name = "counts"
urlpatterns = [
    path("", views.table, name="table"),
    path("download/", views.download, name="download"),
    path("reports/", views.reports, name="reports"),
    path("published/", published_views.published, name="published"),
    path("published/<day:ending>/", published_views.week, name="week"),
    path("published/files/<int:file_id>/", published_views.fetch, name="fetch"),
    path("subscribe/", published_views.subscribe, name="subscribe"),
]
