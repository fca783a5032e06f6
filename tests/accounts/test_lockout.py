"""Five failures in fifteen minutes lock an account until an administrator releases it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts import lockout
from accounts.models import User
from tests.accounts.conftest import FACTOR, INDEX, PASSWORD, code, events, log_in, opens, wrong

BAD = "certainly not this one"
USERS = "/admin/accounts/user/"


def fail(client: Client, user: User, times: int) -> None:
    """Type a wrong password."""
    for _each in range(times):
        log_in(client, user, BAD)


def is_locked(user: User) -> bool:
    """Ask the database."""
    return User.objects.get(pk=user.pk).locked_at is not None


def test_five_failures_lock(client: Client, olga: User, app) -> None:
    app(olga)
    fail(client, olga, 4)
    assert not is_locked(olga)
    fail(client, olga, 1)
    assert is_locked(olga)
    assert log_in(client, olga).status_code == 200
    assert [verb for verb, *_rest in events()] == ["fail"] * 5 + ["lock", "fail"]
    assert {subject for _verb, _who, subject, _details in events()} == {f"user:{olga.pk}"}


def test_a_lock_counts_from_anywhere_and_in_any_spelling(olga: User) -> None:
    for number, name in enumerate(["olga", "OLGA", "Olga", "oLGA", "olga"]):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        client.post("/admin/login/", {"login": name, "password": BAD})
    assert is_locked(olga)


def test_old_failures_are_forgotten(client: Client, olga: User) -> None:
    fail(client, olga, 4)
    long_ago = timezone.now() - timedelta(minutes=15, seconds=1)
    User.objects.filter(pk=olga.pk).update(failed_at=[long_ago] * 4)
    fail(client, olga, 4)
    assert not is_locked(olga)


def test_a_whole_log_in_forgets_the_failures_but_a_password_alone_does_not(client: Client, olga: User, app) -> None:
    secret = app(olga)
    fail(client, olga, 4)
    log_in(client, olga)
    assert len(User.objects.get(pk=olga.pk).failed_at) == 4
    client.post(FACTOR, {"code": code(secret)})
    assert User.objects.get(pk=olga.pk).failed_at == []


def test_wrong_codes_count_as_wrong_passwords_do(client: Client, olga: User, app) -> None:
    secret = app(olga)
    fail(client, olga, 2)
    log_in(client, olga)
    for _each in range(3):
        client.post(FACTOR, {"code": wrong(secret)})
    assert is_locked(olga)
    # Even the right one is refused now.
    client.post(FACTOR, {"code": code(secret)})
    assert not opens(client)
    assert [details["step"] for _verb, _who, _which, details in events("fail")] == ["password"] * 2 + ["code"] * 4


def test_a_lock_never_ends_a_running_session(olga: User, at_desk) -> None:
    working = at_desk(olga)
    fail(Client(), olga, 5)
    assert is_locked(olga)
    assert opens(working)
    # But who would do what matters most must show that it is them, and that is refused.
    page = working.post("/admin/account/again/", {"password": PASSWORD})
    assert page.context["form"].errors


def test_wrong_passwords_of_a_session_count_too(olga: User, at_desk) -> None:
    working = at_desk(olga)
    for _each in range(5):
        working.post("/admin/account/again/", {"password": BAD})
    assert is_locked(olga)
    assert opens(working)


def test_an_administrator_releases(client: Client, olga: User, ada: User, at_desk, app) -> None:
    secret = app(olga)
    fail(client, olga, 5)
    desk = at_desk(ada)
    assert "Release" in desk.get(f"{USERS}{olga.pk}/change/").content.decode()
    assert desk.post(f"{USERS}{olga.pk}/release/").url == f"{USERS}{olga.pk}/change/"
    assert not is_locked(olga)
    assert events("release") == [("release", f"user:{ada.pk}", f"user:{olga.pk}", {})]
    log_in(client, olga)
    assert client.post(FACTOR, {"code": code(secret)}).url == INDEX


@pytest.mark.django_db(transaction=True)
def test_failures_at_once_are_all_counted(staff) -> None:
    from tests.desk import at_once

    user = staff("olga")
    at_once(*[lambda: lockout.fail(user=user, step="password")] * 5)
    assert is_locked(user)
    assert len(events("lock")) == 1
