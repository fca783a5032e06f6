"""A database that is away: what a resident reads, and that nothing typed is lost or told to anybody else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from accounts.models import User
from reports.models import Draft, Report
from reports.vitals import lines
from tests.resident import STORY, Resident

HIDDEN = re.compile(r'<input type="hidden"\s+name="([^"]*)"\s+value="([^"]*)"\s*/?>')


@contextmanager
def away(error: type[Exception] = OperationalError) -> Iterator[None]:
    """Take the database away for a while."""

    def refuse(*_args: Any) -> None:
        raise error("connection to server failed: Ana Flores")

    with connection.execute_wrapper(refuse):
        yield


def fields(page: Any) -> dict[str, list[str]]:
    """Return what "Try again" would post."""
    found: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(page.content.decode()):
        found.setdefault(unescape(name), []).append(unescape(value))
    assert found.pop("csrfmiddlewaretoken")
    return found


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_what_was_typed_is_on_the_page_and_sent_again(resident: Resident, error: type[Exception], caplog) -> None:
    draft = resident.begin("lost-property")
    typed = {"story": STORY + ' "<b>&', "more": ["a", "b"]}
    with away(error):
        page = resident.fill(draft, "narrative", typed)
    assert page.status_code == 503
    assert "What you sent was not received" in page.content.decode()
    assert fields(page) == {"story": [STORY + ' "<b>&'], "more": ["a", "b"], "go": ["next"]}
    assert Draft.objects.get().answers == {}
    again = resident.client.post(page.wsgi_request.get_full_path(), fields(page))
    assert again.status_code == 302
    assert "ventana rota" in resident.client.get(page.wsgi_request.path).content.decode().lower()
    assert "Flores" not in caplog.text


def test_it_says_plainly_that_a_report_was_not_received_and_takes_it_once(resident: Resident) -> None:
    draft = resident.answer_all("hate-incident")
    with away():
        page = resident.submit(draft)
    assert "Your report was not received" in page.content.decode()
    assert not Report.objects.exists()
    for _each in range(2):
        sent = resident.client.post(resident.url("intake:submit", draft), fields(page))
        assert sent.url == resident.url("intake:sent", draft)
    assert Report.objects.count() == 1


def test_files_are_told_to_be_chosen_again(resident: Resident) -> None:
    draft = resident.begin("lost-property")
    with away():
        page = resident.fill(draft, "files", {"files": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n")})
    assert "Please choose them again" in page.content.decode()


def test_a_page_that_was_only_asked_for_is_asked_for_again(resident: Resident) -> None:
    draft = resident.begin("lost-property")
    address = resident.url("intake:step", draft, "when") + "?check"
    with away():
        page = resident.client.get(address)
    assert page.status_code == 503
    assert f'href="{address}"' in page.content.decode()
    assert page.headers["Retry-After"] == "30"
    assert "no-store" in page.headers["Cache-Control"]


def test_it_speaks_the_residents_language(db: None) -> None:
    with away():
        page = Client().get("/ar/status/")
        other = Client().get("/fa/")
    assert page.status_code == 200  # it asks nothing of the database
    assert '<html lang="fa" dir="rtl">' in re.sub(r"\s+", " ", other.content.decode())


def test_nothing_that_staff_type_is_sent_back(db: None) -> None:
    with away():
        page = Client().post("/admin/login/", {"login": "olga", "password": "a secret phrase"})
    assert page.status_code == 503
    assert "secret phrase" not in page.content.decode()
    assert "olga" not in page.content.decode()


def test_staff_at_work_read_it_as_well(olga: User, at_desk) -> None:
    desk = at_desk(olga)
    desk.raise_request_exception = False
    with away():
        page = desk.get("/admin/review/")
    assert page.status_code == 503
    assert "This page cannot be shown right now" in page.content.decode()
    assert desk.get("/admin/review/").status_code == 200


def test_the_log_has_one_line_of_it_in_the_request(resident: Resident, caplog) -> None:
    with away():
        resident.client.get("/en/")
    told = [(record.name, record.getMessage()) for record in caplog.records if record.levelname == "ERROR"]
    assert told == [("cors.outage", "a page was not served: OperationalError"), ("cors.requests", "request")]


def test_readiness_learns_of_it(resident: Resident, monkeypatch) -> None:
    monkeypatch.setattr(lines, "_last_outage", float("-inf"))
    with away():
        resident.client.get("/en/")
    assert lines.look().lines["database"].state == "degraded"


def test_any_other_fault_is_not_hidden(resident: Resident) -> None:
    with pytest.raises(ValueError, match="another"), connection.execute_wrapper(fail):
        resident.client.get("/en/")


def fail(*_args: Any) -> None:
    raise ValueError("another")
