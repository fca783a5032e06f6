"""Log lines: what happened, in which request, never to whom. As JSON in production, as text on a machine of one's own.

No line carries an address of a machine, a query string, a path (it may name a draft) or the words of an error, which
could quote a resident.
"""

import json
import logging
import re
import time
import traceback
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("cors.requests")

HEADER = "X-Request-ID"
ID = re.compile(r"[A-Za-z0-9_.-]{8,64}")
# Which request, or which request's nudge, the running code belongs to; "" outside of both.
current: ContextVar[str] = ContextVar("request_id", default="")
# What a line may carry beside its words.
MORE = ("method", "route", "status", "milliseconds")


def new_id() -> str:
    """Return a new id of a request."""
    return uuid4().hex


def with_request_id(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give, as the first middleware, each request an id, tell it in a header, and log what came of the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begun, token = time.monotonic(), current.set(id_of(request))
        try:
            response = get_response(request)
            response.headers[HEADER] = current.get()
            log(request, response, time.monotonic() - begun)
        finally:
            current.reset(token)
        return response

    return middleware


def id_of(request: HttpRequest) -> str:
    """Return the id that the trusted proxy's header carries, where one is named in the settings, else a new one."""
    given = request.headers.get(settings.REQUEST_ID_HEADER, "") if settings.REQUEST_ID_HEADER else ""
    return given if ID.fullmatch(given) else new_id()


def log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """Write one line for a request, under its page's name. Those who only watch are not worth one."""
    route = request.resolver_match.view_name if request.resolver_match else ""
    if route.startswith("vitals:") or route == "health":
        return
    more = {"method": request.method, "route": route, "status": response.status_code}
    level = logging.ERROR if response.status_code >= 500 else logging.INFO
    logger.log(level, "request", extra=more | {"milliseconds": round(seconds * 1000)})
    # Or Django would write another line, outside of the request and without its id.
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001


class Text(logging.Formatter):
    """One line for a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the stack of an error under it."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(sep=" ", timespec="milliseconds")
        more = [f"{name}={getattr(record, name)}" for name in MORE if hasattr(record, name)]
        words = [at, record.levelname, record.name, current.get() or "-", said(record), *more]
        return "\n".join([" ".join(words), *(f"  {frame}" for frame in stack(record))])


class Json(logging.Formatter):
    """One line for a machine."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one JSON object."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": said(record),
            "process": record.process,
        }
        line |= {"request_id": current.get()} if current.get() else {}
        line |= {name: getattr(record, name) for name in MORE if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__name__, "stack": stack(record)}
        return json.dumps(line, ensure_ascii=False, default=str)


# Django words these lines with the path of the request; the line of the request itself has its page's name.
WITH_PATHS = ("django.request", "django.security", "django.server")


# The web server's own name addresses, of machines and of pages, and quote what could not be read.
OF_WEB_SERVER, OF_WHOM = "gunicorn", " from ip="
# What Celery says of a task: words of an error, and what the task was given or gave.
QUOTES = {"exc", "traceback", "args", "kwargs", "return_value"}


def said(record: logging.LogRecord) -> str:
    """Return a record's words; of those that name a path only what kind of thing happened, of an error its class."""
    if record.name.startswith(WITH_PATHS):
        return f"{record.name.rpartition('.')[2]} {getattr(record, 'status_code', '')}".strip()
    if record.name.startswith(OF_WEB_SERVER):
        return str(record.msg).partition(OF_WHOM)[0]
    return str(record.msg) % unquoted(record) if record.args else str(record.msg)


def unquoted(record: logging.LogRecord) -> Any:
    """Return what is filled into a record's words, each error as its class alone."""
    error = record.exc_info[0] if record.exc_info else None
    name = error.__name__ if error else ""
    if isinstance(record.args, Mapping):
        return {key: name if key in QUOTES else named(value) for key, value in record.args.items()}
    return tuple(map(named, record.args or ()))


class Named(str):
    """An error's class, which is not quoted where an error would be."""

    __slots__ = ()
    __repr__ = str.__str__


def named(value: object) -> object:
    """Return an error's class instead of the error."""
    return Named(type(value).__name__) if isinstance(value, BaseException) else value


def stack(record: logging.LogRecord) -> list[str]:
    """Return where an error came from, innermost last: its class, files and lines, without its words."""
    if not record.exc_info or not record.exc_info[0]:
        return []
    return [*frames(record.exc_info[2]), record.exc_info[0].__name__]


def frames(trace: TracebackType | None) -> list[str]:
    """Return the places of a traceback."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
