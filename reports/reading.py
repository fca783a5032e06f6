"""Where lists, counts and exports are read: from the replica (REPLICA_URL), where there is one, else from the primary.

Nothing else is: what a resident sees, whatever decides about permission, and every write go to the primary. Who has
written something reads from the replica only once it knows of that; a replica that is away, lags or was made a primary
is left alone, and nobody notices but /health/ready and the metrics.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

T = TypeVar("T")
PRIMARY, REPLICA = "default", "replica"
# What follows from its reader's own doings, or decides about them.
ALWAYS_PRIMARY = frozenset({"alert", "auditevent", "draft", "export", "exportpart", "exportline", "job", "savedview"})
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Opened, it notes that its officer has seen what is new.
NOTING = frozenset({"review:show"})
# In a staff session: up to where its own writes reach in the primary's log.
WRITTEN = "written"
REST_SECONDS = 5.0
# How far the replica is, and since when it has heard of no sign of life (the schedule, the workers and readiness give
# one every ten seconds). No position: it is no replica, or no more.
STATE = (
    "SELECT coalesce(pg_last_wal_replay_lsn() >= %s::pg_lsn, false),"
    " coalesce(extract(epoch FROM clock_timestamp() - max(at)), 1e9)::float, pg_is_in_recovery() FROM reports_heartbeat"
)

_chosen: ContextVar[str] = ContextVar("reading", default=PRIMARY)
_rest_until = 0.0


class Router:
    """Django's router: what is read inside `from_replica`, of our own tables, is read where that says."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Return where a model is read. Never where an object came from, as Django would by itself."""
        meta = model._meta
        return _chosen.get() if meta.app_label == "reports" and meta.model_name not in ALWAYS_PRIMARY else PRIMARY

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Return the primary."""
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Both are the same database, a moment apart."""
        return True

    def allow_migrate(self, database: str, label: str, **hints: Any) -> bool:
        """The replica gets its tables from the primary."""
        return database == PRIMARY


def is_configured() -> bool:
    """Tell whether there is a replica."""
    return bool(settings.REPLICA_URL)


def alias() -> str:
    """Return the name of the database to read from just now."""
    return _chosen.get()


def connection() -> Any:
    """Return the connection to read by just now, for statements that are written out."""
    return connections[_chosen.get()]


def position() -> str:
    """Return up to where the primary's log reaches, "" without a replica. Raises django.db.Error."""
    if not is_configured():
        return ""
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
        return str(cursor.fetchone()[0])


def lag() -> float:
    """Return since how many seconds the replica has heard of nothing. Raises django.db.Error where it is none."""
    _knows, seconds, is_replica = _asked("")
    if not is_replica:
        raise Error("not a replica")
    return seconds


@contextmanager
def from_replica(*, after: str = "") -> Iterator[bool]:
    """Let what follows be read from the replica if it is well and knows what was written up to `after`; tell so."""
    chosen = REPLICA if is_configured() and _is_well(after) else PRIMARY
    token = _chosen.set(chosen)
    try:
        yield chosen == REPLICA
    finally:
        _chosen.reset(token)


def read(act: Callable[[], T], *, after: str = "") -> T:
    """Return what `act` returns, which only reads. What breaks at the replica is done again at the primary."""
    with from_replica(after=after) as is_replica:
        try:
            return act()
        except Error as error:
            if not is_replica:
                raise
            _rest(error)
    return act()


def reads(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a staff's page that only reads do so from the replica. Stands beneath `staff_page`."""

    @wraps(view)
    def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return read(lambda: view(request, *args, **kwargs), after=request.session.get(WRITTEN, ""))

    return reading


class OwnWrites:
    """A middleware that lets a staff session remember up to where it has written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then look."""
        response = self.get_response(request)
        match = request.resolver_match
        has_written = request.method not in SAFE or (match and match.view_name in NOTING)
        if has_written and is_configured() and request.user.is_authenticated:
            try:
                request.session[WRITTEN] = position()
            except Error:
                logger.warning("what was written could not be noted")
        return response


def _is_well(after: str) -> bool:
    if time.monotonic() < _rest_until:
        return False
    try:
        knows, seconds, is_replica = _asked(after)
    except Error as error:
        _rest(error)
        return False
    return knows and is_replica and seconds <= settings.REPLICA_LAG_SECONDS


def _asked(after: str) -> tuple[bool, float, bool]:
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(STATE, [after or "0/0"])
        knows, seconds, is_replica = cursor.fetchone()
    return knows, max(0.0, seconds), is_replica


def _rest(error: Error) -> None:
    global _rest_until  # noqa: PLW0603 (one rest for the process)
    _rest_until = time.monotonic() + REST_SECONDS
    logger.warning("the replica is left alone for a while: %s", type(error).__name__)
