"""Accounts that nobody uses for ninety days are switched off."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts import tasks
from accounts.models import User
from tests.accounts.conftest import events, log_in


def last_used(user: User, *, days: int | None, on_for: int) -> None:
    """Turn back when somebody logged in and since when the account is on."""
    now = timezone.now()
    last = None if days is None else now - timedelta(days=days)
    User.objects.filter(pk=user.pk).update(last_login=last, active_since=now - timedelta(days=on_for))


@pytest.mark.parametrize(
    ("days", "on_for", "stays"), [(91, 400, False), (89, 400, True), (None, 91, False), (None, 89, True), (91, 1, True)]
)
def test_ninety_days_without_a_log_in_switch_an_account_off(olga, days: int | None, on_for: int, stays: bool) -> None:
    last_used(olga, days=days, on_for=on_for)
    tasks.disable_unused()
    assert User.objects.get(pk=olga.pk).is_active is stays
    assert events() == [] if stays else [("disable", "system", f"user:{olga.pk}", {"reason": "unused"})]


def test_the_log_in_does_not_wait_for_the_daily_look(client: Client, olga: User) -> None:
    last_used(olga, days=91, on_for=400)
    assert log_in(client, olga).url == "/admin/account/closed/"
    assert not User.objects.get(pk=olga.pk).is_active


def test_an_administrator_enables_it_again(olga: User, ada: User, at_desk) -> None:
    last_used(olga, days=91, on_for=400)
    tasks.disable_unused()
    at_desk(ada).post(f"/admin/accounts/user/{olga.pk}/enable/")
    tasks.disable_unused()
    assert User.objects.get(pk=olga.pk).is_active


def test_the_days_are_a_setting(olga: User, settings) -> None:
    settings.UNUSED_DAYS = 30
    last_used(olga, days=31, on_for=400)
    tasks.disable_unused()
    assert not User.objects.get(pk=olga.pk).is_active


def test_sessions_that_are_over_are_cleared(olga: User, at_desk) -> None:
    at_desk(olga)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    tasks.disable_unused()
    assert not Session.objects.exists()
