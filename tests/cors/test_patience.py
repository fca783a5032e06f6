"""A database that says nothing is given up by a web request, and by nobody else."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from cors import patience
from cors.databases import DATABASES
from tests.product import wait_for

SLOW = "SELECT pg_sleep(30)"
WHO = "SELECT count(*) FROM pg_stat_activity WHERE query = '{statement}' AND state = 'active'"


@pytest.fixture
def link(db: None) -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own."""
    other = connection.copy()
    yield other
    other.close()


def give_up(link: BaseDatabaseWrapper, statement: str = SLOW) -> None:
    """Let a statement be given up: it has a twentieth of a second, what is said before has all the time it needs."""
    with override_settings(DATABASE_PATIENCE=0.05), pytest.raises(OperationalError, match="no answer in time"):
        say(link, statement)


def within(path: str, ask: Callable[[], Any]) -> Any:
    """Return what is asked within a web request."""
    found = []

    def view(_request: object) -> HttpResponse:
        found.append(ask())
        return HttpResponse()

    patience.has_an_end(view)(RequestFactory().get(path))
    return found[0]


def say(link: BaseDatabaseWrapper, statement: str) -> Any:
    with link.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_a_request_gives_a_silent_database_up_and_hears_no_more_of_it(link: BaseDatabaseWrapper, caplog) -> None:
    def ask_twice() -> float:
        say(link, "SELECT 1")
        begun = time.monotonic()
        give_up(link)
        waited = time.monotonic() - begun
        link.close()
        with pytest.raises(OperationalError, match="given up before"):
            say(link, "SELECT 1")
        return waited

    assert within("/en/", ask_twice) < 15
    assert "pg_sleep" not in caplog.text
    # The connection is closed for good: the next request has one of its own.
    assert link.connection is None
    assert within("/en/", lambda: say(link, "SELECT 2")) == 2


def test_what_was_given_up_is_not_gone_on_with(link: BaseDatabaseWrapper) -> None:
    statement = f"{SLOW}, 'left off'"
    within("/en/", lambda: give_up(link, statement))
    link.close()
    wait_for(lambda: say(link, WHO.format(statement=statement.replace("'", "''"))) == 0, seconds=15)


def test_nothing_of_a_transaction_that_was_given_up_is_stored(link: BaseDatabaseWrapper) -> None:
    def half() -> None:
        link.set_autocommit(False)
        say(link, "INSERT INTO reports_heartbeat (name, at) VALUES ('half', now()) RETURNING 1")
        give_up(link)

    within("/en/", half)
    link.close()
    assert say(link, "SELECT count(*) FROM reports_heartbeat WHERE name = 'half'") == 0


@pytest.mark.parametrize("path", ["/admin/counts/", "/api/v1/reports"])
def test_those_at_work_wait_longer_once_the_database_was_heard(link: BaseDatabaseWrapper, path: str) -> None:
    def heard() -> int:
        say(link, "SELECT 1")
        with override_settings(DATABASE_PATIENCE=0.05):
            return say(link, "SELECT 3 FROM pg_sleep(0.1)")  # type: ignore[no-any-return]

    assert within(path, heard) == 3
    within(path, lambda: give_up(link))


def test_whoever_is_no_web_request_waits_as_long_as_it_takes(link: BaseDatabaseWrapper, settings) -> None:
    settings.DATABASE_PATIENCE = 0.05
    assert say(link, "SELECT 4 FROM pg_sleep(0.1)") == 4
    settings.DATABASE_PATIENCE = 0
    assert within("/en/", lambda: say(link, "SELECT 5 FROM pg_sleep(0.1)")) == 5


def test_connections_of_the_pool_are_given_up_as_well(link: BaseDatabaseWrapper) -> None:
    chosen = DATABASES["default"]["OPTIONS"]
    pool = {"min_size": 1, "max_size": 1, "timeout": 30, "connection_class": patience.Connection}
    link.settings_dict = link.settings_dict | {"CONN_MAX_AGE": 0, "OPTIONS": chosen | {"pool": pool}}
    link.alias = "pooled"
    try:
        assert say(link, "SELECT 1") == 1
        within("/en/", lambda: (say(link, "SELECT 1"), give_up(link)))
        link.close()
        # It has one place: a connection that were kept would be this one.
        assert within("/en/", lambda: say(link, "SELECT 6")) == 6
    finally:
        link.close()
        link.close_pool()  # type: ignore[attr-defined]
