"""Signs of life: the schedule and the workers each write down that they are there."""

import time
from datetime import datetime

from django.conf import settings
from django.db import connection

# Its own sign, as the schedule writes it; the workers' sign comes by the schedule and the broker; a look at readiness
# writes one too, so that a database that only reads is noticed.
SCHEDULE, WORKER, PROBE = "schedule", "worker", "probe"

_signed: dict[str, float] = {}


def sign(name: str) -> None:
    """Write that this part is at work, unless this process did so within the last HEARTBEAT_SECONDS."""
    now = time.monotonic()
    if now - _signed.get(name, float("-inf")) >= settings.HEARTBEAT_SECONDS:
        _signed[name] = now
        beat(name)


def beat(name: str) -> datetime:
    """Write that this part is at work now, and return the database's time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reports_heartbeat (name, at) VALUES (%s, clock_timestamp())"
            " ON CONFLICT (name) DO UPDATE SET at = excluded.at RETURNING at",
            [name],
        )
        at: datetime = cursor.fetchone()[0]
    return at
