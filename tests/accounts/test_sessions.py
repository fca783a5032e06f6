"""A session ends after half an hour without use, and after twelve hours in any case."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import sessions
from accounts.models import User
from tests.accounts.conftest import INDEX, LOGIN, events

QUEUE = "/admin/review/"


def age(client: Client, **seconds: float) -> None:
    """Turn back a session's clocks."""
    session = client.session
    for name, by in seconds.items():
        session[getattr(sessions, name)] -= by
    session.save()


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        ({"SEEN": 30 * 60 + 1}, "idle"),
        ({"SEEN": 30 * 60 - 60}, ""),
        ({"BEGAN": 12 * 3600 + 1}, "age"),
        ({"BEGAN": 12 * 3600 - 60}, ""),
    ],
)
def test_a_session_ends_by_its_limits(olga: User, at_desk, by: dict[str, float], reason: str) -> None:
    client = at_desk(olga)
    age(client, **by)
    answer = client.get(QUEUE)
    assert (answer.status_code == 302) is bool(reason)
    assert [details for _verb, _who, _which, details in events("logout")] == ([{"reason": reason}] if reason else [])


def test_use_keeps_a_session_but_not_beyond_its_age(olga: User, at_desk) -> None:
    client = at_desk(olga)
    age(client, SEEN=29 * 60)
    client.get(QUEUE)
    assert time.time() - client.session[sessions.SEEN] < 60
    began = client.session[sessions.BEGAN]
    client.get(QUEUE)
    assert client.session[sessions.BEGAN] == began


def test_the_clock_of_use_is_not_written_at_every_click(olga: User, at_desk) -> None:
    client = at_desk(olga)
    with CaptureQueriesContext(connection) as asked:
        client.get("/admin/account/enrol/")
    assert [each["sql"] for each in asked if not each["sql"].startswith("SELECT")] == []


@pytest.mark.parametrize(
    ("ask", "back"),
    [
        (lambda client: client.get(f"{QUEUE}?q=Ana+Flores&tab=mine"), QUEUE),
        (lambda client: client.post(f"{QUEUE}1/decide/", HTTP_REFERER=f"http://testserver{QUEUE}?q=Flores"), QUEUE),
        (lambda client: client.post(f"{INDEX}logout/", HTTP_REFERER="https://example.org/admin/x"), None),
        (lambda client: client.post("/admin/export/", HTTP_REFERER="https://example.org/admin/x"), "/admin/export/"),
    ],
)
def test_it_leads_to_the_log_in_and_back_with_nothing_personal_in_the_address(olga, at_desk, ask, back) -> None:
    client = at_desk(olga)
    age(client, SEEN=3600)
    assert ask(client).url == (f"{LOGIN}?next={back}" if back else LOGIN)


def test_a_session_from_before_there_were_clocks_has_ended(client: Client, olga: User) -> None:
    client.force_login(olga)
    assert client.get(INDEX).url == f"{LOGIN}?next={INDEX}"


def test_the_limits_are_settings(olga: User, at_desk, settings) -> None:
    settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 5, 1
    client = at_desk(olga)
    age(client, SEEN=4 * 60)
    assert client.get(QUEUE).status_code == 200
    age(client, BEGAN=3600)
    assert client.get(QUEUE).status_code == 302
