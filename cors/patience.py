"""How long a web request waits for the database to say something.

A server that was stopped, or a network that swallows, closes no connection: its own clock (`statement_timeout`) stands
still, and its kernel may go on answering. So the driver's waiting has an end here. What is given up is not known to be
done or not: the connection is closed at once, so that nothing else is said on it, and the server is asked to leave off.
Workers, commands, exports by workers, migrations and backups wait as long as it takes.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import psycopg
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from psycopg import capabilities, errors

logger = logging.getLogger(__name__)

# How long, in seconds, the server is given to take the request to leave off; one that is frozen takes none.
CANCEL_SECONDS = 0.3
# How often the driver looks up while it waits.
LOOK_SECONDS = 0.1
# Those at work wait longer: for a count of years, for a file of many reports.
AT_WORK = ("/admin/", "/api/")


class Unanswered(psycopg.OperationalError):
    """The database did not answer in time. What it was asked may be done or not."""


@dataclass
class Request:
    """What one web request knows of the database."""

    path: str
    # Whether it answered at all, and whether this request has given it up.
    heard: bool = False
    gave_up: bool = False

    @property
    def seconds(self) -> float:
        """How long to wait; for the first answer, which only tells that somebody is there, nobody waits long."""
        is_long = self.heard and self.path.startswith(AT_WORK)
        return float(settings.DATABASE_PATIENCE_STAFF if is_long else settings.DATABASE_PATIENCE)


_request: ContextVar[Request | None] = ContextVar("request", default=None)


class Connection(psycopg.Connection[Any]):
    """A connection that a web request gives up."""

    def wait(self, gen: Any, interval: float = LOOK_SECONDS, timeout: float | None = None) -> Any:
        """Wait for the end of an operation. Raises Unanswered."""
        request = _request.get()
        if request is None or timeout is not None:
            return super().wait(gen, interval, timeout)
        refuse_after_all()
        try:
            answer = super().wait(gen, interval, request.seconds or None)
        except errors._WaitTimeout:  # noqa: SLF001 (its documented word for it)
            logger.error("the database was given up: no answer for %g seconds", request.seconds)  # noqa: TRY400
            request.gave_up = True
            self.leave_off()
            raise Unanswered("no answer in time") from None
        request.heard = True
        return answer

    def leave_off(self) -> None:
        """Ask the server to do no more of it, where that can be asked in passing, and close."""
        if capabilities.has_cancel_safe():
            with suppress(psycopg.Error):
                self.cancel_safe(timeout=CANCEL_SECONDS)
        # Never back to a pool: an answer that comes later would be taken for another's.
        self._closed = True
        self.pgconn.finish()


def refuse_after_all() -> None:
    """Raise Unanswered in a request that has given the database up: who waited once is told now."""
    request = _request.get()
    if request and request.gave_up:
        raise Unanswered("given up before")


def has_an_end(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the middleware within which the database is not waited for longer than settings say."""

    def answer(request: HttpRequest) -> HttpResponse:
        token = _request.set(Request(request.path_info))
        try:
            return get_response(request)
        finally:
            _request.reset(token)

    return answer
