"""The backend, as Django looks for one: its own, but that connections are made of our class."""

from types import SimpleNamespace
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from cors import patience


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection of Django's."""

    # By this name Django asks its driver for a connection, and for the errors that it knows.
    Database = SimpleNamespace(**(vars(psycopg) | {"connect": patience.Connection.connect}))  # type: ignore[assignment]

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, but for a request that has given the database up: it has no time left to try again."""
        patience.refuse_after_all()
        return super().get_new_connection(conn_params)
