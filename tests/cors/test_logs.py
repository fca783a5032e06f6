"""Lines of the log: their form, the request they belong to, and what they never carry."""

import json
import logging
import sys
from typing import Any

import pytest
from celery import current_app
from celery.app.trace import LOG_FAILURE, build_tracer
from django.conf import settings
from django.test import Client

from cors import logs
from reports.processing import nudge


def lines_of(caplog, formatter: logging.Formatter) -> list[str]:
    return [formatter.format(record) for record in caplog.records]


@pytest.fixture
def heard(caplog) -> Any:
    """Hear of every request, though a machine of one's own does not print them."""
    caplog.set_level(logging.INFO, "cors.requests")
    return caplog


def test_each_request_has_an_id_of_its_own(client: Client) -> None:
    one, other = (client.get("/health/live").headers["X-Request-ID"] for _each in range(2))
    assert logs.ID.fullmatch(one)
    assert one != other
    assert logs.current.get() == ""


@pytest.mark.parametrize(
    ("header", "sent", "kept"),
    [("", "from-a-browser", False), ("X-Request-ID", "from-the-proxy", True), ("X-Request-ID", "a b\nc", False)],
)
def test_an_id_is_taken_from_the_named_header_only(client: Client, monkeypatch, header, sent, kept) -> None:
    monkeypatch.setattr(settings, "REQUEST_ID_HEADER", header)
    told = client.get("/health/live", headers={"X-Request-ID": sent}).headers["X-Request-ID"]
    assert (told == sent) == kept


@pytest.mark.django_db
def test_a_request_is_one_line_by_its_pages_name(client: Client, heard) -> None:
    answer = client.get("/en/?who=Ana+Flores", headers={"user-agent": "Secret/1"}, REMOTE_ADDR="203.0.113.9")
    logs.current.set("")
    [line] = map(json.loads, lines_of(heard, logs.Json()))
    assert line.pop("milliseconds") >= 0
    assert line.pop("time").endswith("+00:00")
    del line["process"]
    assert line == {
        "level": "INFO",
        "logger": "cors.requests",
        "message": "request",
        "method": "GET",
        "route": "intake:start",
        "status": 200,
    }
    assert len(answer.headers["X-Request-ID"]) == 32


def test_those_who_watch_fill_no_log(client: Client, heard) -> None:
    client.get("/health/live")
    assert heard.records == []


@pytest.mark.django_db
@pytest.mark.parametrize("formatter", [logs.Json(), logs.Text()])
def test_a_page_that_is_not_there_is_named_nowhere(client: Client, heard, formatter) -> None:
    client.get("/en/report/Ana-Flores/")
    lines = lines_of(heard, formatter)
    assert len(lines) == 1
    assert not [line for line in lines if "Flores" in line]


def failed() -> logging.LogRecord:
    """Return the record of an error whose words quote a resident."""
    try:
        raise ValueError("Ana Flores")
    except ValueError:
        return logging.LogRecord("reports.x", logging.ERROR, __file__, 1, "it failed: %s", ("x",), sys.exc_info())


def test_an_error_is_told_by_its_class_and_place() -> None:
    line = json.loads(logs.Json().format(failed()))
    assert (line["error"], line["message"]) == ("ValueError", "it failed: x")
    assert line["stack"][0].endswith(" failed")
    assert "Flores" not in json.dumps(line) + logs.Text().format(failed())


def of_celery(error: Exception) -> logging.LogRecord:
    """Return the record that Celery makes of a task that failed."""
    context = {"name": "reports.work", "id": "7", "description": "raised unexpected", "args": "['Ana Flores']"}
    context |= {"exc": repr(error), "traceback": f"... {error}", "kwargs": "{}"}
    record = logging.LogRecord("celery.app.trace", logging.ERROR, __file__, 1, LOG_FAILURE, (context,), None)
    record.exc_info = (type(error), error, None)
    return record


QUOTING = {
    "a task": (of_celery(ValueError("Ana Flores")), "Task reports.work[7] raised unexpected: ValueError"),
    "a pool": (
        logging.LogRecord("psycopg.pool", 30, __file__, 1, "error in %r: %s", ("p", OSError("Ana Flores")), None),
        "error in 'p': OSError",
    ),
    "a server that could not read": (
        logging.LogRecord(
            "gunicorn.error", 30, __file__, 1, "Invalid request from ip=203.0.113.9: Ana Flores", (), None
        ),
        "Invalid request",
    ),
    "a server that failed": (
        logging.LogRecord("gunicorn.error", 40, __file__, 1, "Error handling request %s", ("/en/?of=Ana",), None),
        "Error handling request %s",
    ),
}


@pytest.mark.parametrize(("record", "said"), QUOTING.values(), ids=QUOTING)
def test_what_others_log_of_an_error_does_not_quote_it(record: logging.LogRecord, said: str) -> None:
    assert json.loads(logs.Json().format(record))["message"] == said
    line = logs.Json().format(record) + logs.Text().format(record)
    assert [word for word in ("Ana", "Flores", "203.0") if word in line] == []


def test_every_line_carries_the_id() -> None:
    token = logs.current.set("request-1")
    try:
        assert json.loads(logs.Json().format(failed()))["request_id"] == "request-1"
        assert " request-1 it failed: x" in logs.Text().format(failed())
    finally:
        logs.current.reset(token)


def test_a_nudge_carries_the_id_to_the_worker(monkeypatch) -> None:
    monkeypatch.setattr(nudge, "_rest_until", 0.0)
    current_app.loader.import_default_modules()
    task, seen = current_app.tasks["reports.work"], []
    monkeypatch.setattr(task, "run", lambda: seen.append(logs.current.get()))
    token = logs.current.set("request-2")
    try:
        with current_app.connection_for_read() as link, link.SimpleQueue("reports") as queue:
            queue.clear()
            nudge.nudge()
            message = queue.get(timeout=2)
            message.ack()
        logs.current.set("")
        build_tracer(task.name, task, app=current_app)("task-id", (), {}, dict(message.headers))
    finally:
        logs.current.reset(token)
    assert seen == ["request-2"]
