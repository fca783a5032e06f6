"""Wiring that must stand before the first request."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import Error


class CorsConfig(AppConfig):
    """Makes the Celery app known in every process and thread that only sends."""

    name = "cors"

    def ready(self) -> None:
        """Import the Celery app and make it the default."""
        from cors.celery import app  # it reads the settings

        app.set_default()
        checks.register(keyring_fits, checks.Tags.database)


def keyring_fits(*, databases: Sequence[str] | None = None, **_about: Any) -> list[checks.CheckMessage]:
    """Fail a check of the database, and so `migrate`, with a keyring that does not open its newest report."""
    from reports.keys import fitting  # the models are known only now

    try:
        found = fitting.fault() if databases else ""
    except Error:  # no tables yet, or those of an earlier version
        return []
    return [checks.Error(found, id="cors.E001")] if found else []
