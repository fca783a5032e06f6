"""Whether the portal can take reports and work them: one line for each thing that this hangs on.

Only the database is needed to take a report, so only it makes the portal "down": anything else is made up for later and
makes it "degraded", which somebody should look at while residents go on.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

import redis
from django.conf import settings
from django.db import Error

from reports import memory, reading
from reports.files import storage
from reports.vitals import figures
from reports.vitals.heartbeat import PROBE, SCHEDULE, WORKER, beat

OK, DEGRADED, DOWN, UNKNOWN = "ok", "degraded", "down", "unknown"
# Seconds. The sweep comes every 15 seconds; a worker that was killed keeps its job for a minute.
OLDEST_JOB = 90
# The check runs every night.
OLDEST_CHECK = 26 * 60 * 60
LEAST_FREE = 0.05
BROKER_SECONDS = 1.0
# Whoever asks more often gets the same answer: watching must cost little.
FRESH_SECONDS = 1.0
# So many signs of life may be missing.
MISSING_SIGNS = 3
# A server that had to turn a resident away says so for as long as so many signs of life take.
OUTAGE_SIGNS = 2


@dataclass(frozen=True)
class Line:
    """One thing, how it is, and the numbers by which that is judged."""

    state: str
    numbers: dict[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """Return it as it goes into the answer."""
        return {"state": self.state, **self.numbers}


@dataclass(frozen=True)
class Readiness:
    """All lines."""

    lines: dict[str, Line]

    @property
    def state(self) -> str:
        """The portal's own: down without the database, degraded with anything else amiss."""
        states = {line.state for line in self.lines.values()}
        return DOWN if DOWN in states else DEGRADED if states - {OK} else OK


_lock = Lock()
_last: tuple[float, Readiness] | None = None
_last_outage = float("-inf")


def note_outage() -> None:
    """Remember that this process could not serve somebody for want of the database."""
    global _last_outage  # noqa: PLW0603 (one memory for the process)
    _last_outage = time.monotonic()


def readiness() -> Readiness:
    """Return how the portal is, looked at within the last second."""
    global _last  # noqa: PLW0603 (one memory for the process)
    with _lock:
        if _last is None or time.monotonic() - _last[0] > FRESH_SECONDS:
            _last = time.monotonic(), look()
        return _last[1]


def look() -> Readiness:
    """Look at everything now."""
    try:
        now = beat(PROBE)
        stored = {name: judge(now) for name, judge in STORED.items()}
        is_fresh = time.monotonic() - _last_outage < OUTAGE_SIGNS * settings.HEARTBEAT_SECONDS
        database = Line(DEGRADED if is_fresh else OK)
    except Error as error:
        database = Line(DOWN, {"error": type(error).__name__})
        stored = dict.fromkeys(STORED, Line(UNKNOWN))
    apart = {name: judge() for name, (setting, judge) in APART.items() if getattr(settings, setting)}
    return Readiness({"database": database, "broker": broker(), **stored, "disk": disk(), **apart})


def broker() -> Line:
    """Ask the broker to take something: one that is full or frozen does not."""
    wait = {"socket_timeout": BROKER_SECONDS, "socket_connect_timeout": BROKER_SECONDS}
    try:
        with memory.client(settings.REDIS_URL, **wait) as client:
            client.set("vitals:probe", "", ex=60)
    except redis.RedisError as error:
        return Line(DEGRADED, {"error": type(error).__name__})
    return Line(OK)


def jobs(now: datetime) -> Line:
    """Look for a job that waits too long or fails again and again."""
    found = figures.jobs(now)
    oldest = max((kind.oldest for kind in found.values()), default=0.0)
    failing = {kind: of.failing for kind, of in found.items() if of.failing}
    parked = sum(kind.parked for kind in found.values())
    numbers = {"oldest_seconds": round(oldest), "failing": failing, "parked": parked}
    return Line(DEGRADED if failing or oldest > OLDEST_JOB else OK, numbers)


def sign_of(name: str) -> Callable[[datetime], Line]:
    """Return the judge of a part's sign of life."""

    def judge(now: datetime) -> Line:
        age = figures.heartbeats(now).get(name)
        numbers = {} if age is None else {"seconds_ago": round(age)}
        is_there = age is not None and age <= MISSING_SIGNS * settings.HEARTBEAT_SECONDS
        return Line(OK if is_there else DEGRADED, numbers)

    return judge


def audit(now: datetime) -> Line:
    """Look when the audit log was last checked, and what was found."""
    check = figures.audit_check(now)
    is_well = check.whole and check.age <= OLDEST_CHECK
    return Line(OK if is_well else DEGRADED, {"checked_seconds_ago": round(check.age), "whole": check.whole})


def disk() -> Line:
    """Look at the volumes that this process writes to."""
    free = {name: round(free_share(Path(place)), 3) for name, place in volumes()}
    return Line(OK if min(free.values()) >= LEAST_FREE else DEGRADED, {"free": free})


def volumes() -> Iterable[tuple[str, str]]:
    """Return the folders that matter, by name."""
    var = ("var", str(settings.VAR_DIR))
    return [var] if settings.FILES_URL else [("files", str(settings.FILES_DIR)), var]


def files() -> Line:
    """Ask the storage, where it is not a folder, whether the bucket is there and ours."""
    try:
        storage.probe()
    except OSError as error:
        return Line(DEGRADED, {"error": type(error).__name__})
    return Line(OK)


def replica() -> Line:
    """Look how far behind the replica is; lists are read from the primary meanwhile."""
    try:
        seconds = reading.lag()
    except Error as error:
        return Line(DEGRADED, {"error": type(error).__name__})
    return Line(OK if seconds <= settings.REPLICA_LAG_SECONDS else DEGRADED, {"lag_seconds": round(seconds)})


def free_share(place: Path) -> float:
    """Return how much of the volume is free, from 0 to 1; a folder that is not made yet is judged by its parent."""
    while not place.exists():
        place = place.parent
    usage = shutil.disk_usage(os.fspath(place))
    return usage.free / usage.total if usage.total else 0.0


STORED: dict[str, Callable[[datetime], Line]] = {
    "jobs": jobs,
    "schedule": sign_of(SCHEDULE),
    "worker": sign_of(WORKER),
    "audit": audit,
}
# Lines that are there only where a setting is.
APART: dict[str, tuple[str, Callable[[], Line]]] = {
    "files": ("FILES_URL", files),
    "replica": ("REPLICA_URL", replica),
}
