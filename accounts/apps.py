"""The staff's accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles, areas."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
