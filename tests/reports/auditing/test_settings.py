"""A changed setting is an event that names it and never says what it is."""

import logging

import pytest
from django.db import DatabaseError

from reports import tasks
from reports.auditing import watching
from reports.models import AuditEvent, WatchedSetting


def told() -> list[tuple[str, dict[str, object]]]:
    rows = AuditEvent.objects.filter(verb="auditing.settings").order_by("id")
    return [(row.subject, row.details) for row in rows]


@pytest.fixture
def watched(db: None) -> int:
    """The watch of the web's settings has begun."""
    assert watching.compare(process="web") == []
    return len(watching.watched())


def test_the_first_look_only_begins_the_watch(watched: int) -> None:
    assert told() == [("settings:web", {"first_of": watched})]
    assert WatchedSetting.objects.filter(process="web").count() == watched
    assert watching.compare(process="web") == []
    assert len(told()) == 1


def test_a_change_is_told_by_its_name_only(watched: int, settings) -> None:
    settings.SESSION_COOKIE_AGE, settings.EMAIL_HOST_PASSWORD = 60, "not to be seen"
    assert watching.compare(process="web") == ["EMAIL_HOST_PASSWORD", "SESSION_COOKIE_AGE"]
    assert told()[1:] == [
        ("settings:web", {"name": "EMAIL_HOST_PASSWORD"}),
        ("settings:web", {"name": "SESSION_COOKIE_AGE"}),
    ]
    assert watching.compare(process="web") == []


def test_a_setting_that_came_or_went_is_told(watched: int, settings) -> None:
    settings.BRAND_NEW = {"a": {1, 2}, "b": watching.compare}
    assert watching.compare(process="web") == ["BRAND_NEW"]
    del settings.BRAND_NEW
    assert watching.compare(process="web") == ["BRAND_NEW"]


def test_what_says_nothing_about_security_is_not_watched(watched: int, settings) -> None:
    settings.AGENCY_NAME = "Another"
    assert watching.compare(process="web") == []


def test_what_decides_who_may_what_is_watched(db: None) -> None:
    assert {
        "ALLOWED_HOSTS",
        "AUDIT_HEAD_FILE",
        "AUTH_PASSWORD_VALIDATORS",
        "CONTENT_SECURITY_POLICY",
        "DATABASES",
        "DEBUG",
        "DEMO",
        "KEYRING",
        "MIDDLEWARE",
        "SECRET_KEY",
        "SESSION_COOKIE_AGE",
        "TRANSLATE_URL",
    } <= watching.watched().keys()


def test_the_digests_tell_no_value_and_need_the_keyring(db: None, settings) -> None:
    from reports import vault

    before = watching.watched()
    settings.KEYRING = vault.new_keyring()
    vault.forget_keyring()
    after = watching.watched()
    assert all(before[name] != after[name] for name in before)
    assert {len(digest) for digest in after.values()} == {32}


def test_kinds_of_processes_are_compared_apart(watched: int, settings) -> None:
    tasks.watch_settings()
    settings.DEBUG = not settings.DEBUG
    assert watching.compare(process="worker") == ["DEBUG"]
    assert watching.compare(process="web") == ["DEBUG"]


def test_no_process_fails_to_start_for_a_database_that_is_not_there(db: None, monkeypatch, caplog) -> None:
    def broken(*, process: str) -> None:
        raise DatabaseError

    monkeypatch.setattr(watching, "compare", broken)
    watching.at_start("web")
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
