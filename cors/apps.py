"""Wiring that must stand before the first request."""

from django.apps import AppConfig


class CorsConfig(AppConfig):
    """Makes the Celery app known in every process and thread that only sends."""

    name = "cors"

    def ready(self) -> None:
        """Import the Celery app and make it the default."""
        from cors.celery import app  # it reads the settings

        app.set_default()
