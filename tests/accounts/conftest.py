"""What tests of the log-in share: quick passwords, an account with an authenticator app, a browser that logs in."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.test import Client

from accounts.adapters import secrets_of
from accounts.models import User
from reports.models import AuditEvent

PASSWORD = "a long enough password"
LOGIN, FACTOR, INDEX, ENROL = "/admin/login/", "/admin/account/factor/", "/admin/", "/admin/account/enrol/"


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Spare the tests a hundred thousand rounds for each member of staff."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """Forget which codes were used and how often this machine tried."""
    cache.clear()


@pytest.fixture
def app() -> Callable[[User], str]:
    """Give a person an authenticator app with recovery codes; return its secret."""

    def make(user: User) -> str:
        secret = auth.generate_totp_secret()
        with secrets_of(user):
            auth.TOTP.activate(user, secret)
            RecoveryCodes.activate(user)
        return secret

    return make


def code(secret: str, *, later: int = 0) -> str:
    """Return the code that the app shows, `later` steps of half a minute from now."""
    now = list(auth.yield_hotp_counters_from_time())[1]
    return auth.format_hotp_value(auth.hotp_value(secret, now + later))


def wrong(secret: str) -> str:
    """Return a code that the app shows at no time near."""
    return next(f"{each:06}" for each in range(9) if f"{each:06}" not in {code(secret, later=n) for n in (-1, 0, 1, 2)})


def recovery_codes(user: User) -> list[str]:
    """Return the codes that are left."""
    with secrets_of(user):
        return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


def log_in(client: Client, user: User, password: str = PASSWORD, **more: Any) -> Any:
    """Send username and password."""
    return client.post(LOGIN, {"login": user.username, "password": password, **more})


def opens(client: Client, url: str = INDEX) -> bool:
    """Tell whether a page opens."""
    return client.get(url).status_code == 200


def events(*verbs: str) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Return what the log says of accounts: verb, actor, subject, details."""
    wanted = AuditEvent.objects.filter(verb__startswith="accounts.").order_by("pk")
    rows = wanted.filter(verb__in=[f"accounts.{verb}" for verb in verbs]) if verbs else wanted
    return [(each.verb.removeprefix("accounts."), each.actor, each.subject, each.details) for each in rows]
