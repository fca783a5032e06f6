"""The one app of the field."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports from the first question to the last count."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
