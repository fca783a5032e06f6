"""So many failed log-ins lock an account until an administrator releases it. A session that runs goes on.

axes calls the handler around Django's `authenticate`; the forms of the second factor call `fail` themselves. What was
typed for an account that does not exist is stored nowhere.
"""

from datetime import timedelta
from typing import Any

from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from reports import audit
from reports.audit import SYSTEM

Credentials = dict[str, Any] | None
# No account is called so: its letters are none of a name's.
UNKNOWN = "?"


def named(username: str | None) -> User | None:
    """Return the account of a name as it is typed, whatever its case."""
    return User.objects.filter(username__iexact=username).first() if username else None


def own_name(typed: str) -> str:
    """Return how an account of this name, in whatever case, spells it, or UNKNOWN.

    The names are compared here: what was typed may be a password in the wrong place, and would stand in the statement.
    """
    names = User.objects.values_list("username", flat=True)
    return next((name for name in names if name.lower() == typed.lower()), UNKNOWN)


def is_locked(user: User) -> bool:
    """Ask the database: another process may have locked or released the account."""
    return User.objects.filter(pk=user.pk, locked_at__isnull=False).exists()


@transaction.atomic
def fail(*, user: User | None, step: str) -> None:
    """Count a failed log-in at a `step` (password, code, passkey) and lock the account that has too many."""
    locks = user is not None and _count(User.objects.select_for_update().get(pk=user.pk))
    subject = f"user:{user.pk}" if user else "user"
    audit.record("accounts.fail", by=SYSTEM, subject=subject, step=step)
    if locks:
        audit.record("accounts.lock", by=SYSTEM, subject=subject)


def _count(user: User) -> bool:
    """Note one more failure; return whether it locks the account."""
    now = timezone.now()
    since = now - timedelta(minutes=settings.LOGIN_FAILURE_MINUTES)
    user.failed_at = [*(at for at in user.failed_at if at > since), now][-settings.LOGIN_FAILURES :]
    locks = user.locked_at is None and len(user.failed_at) >= settings.LOGIN_FAILURES
    if locks:
        user.locked_at = now
    user.save(update_fields=["failed_at", "locked_at"])
    return locks


class Handler(AxesBaseHandler, AbstractAxesHandler):  # type: ignore[misc]
    """What axes asks and tells."""

    def is_allowed(self, request: HttpRequest, credentials: Credentials = None) -> bool:
        """Refuse a locked account before its password is looked at."""
        user = named((credentials or {}).get("username"))
        return user is None or not is_locked(user)

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Count it."""
        fail(user=named(credentials.get("username")), step="password")

    def user_logged_in(self, sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        """Do nothing: the account adapter ends a log-in, after the second factor."""

    def user_logged_out(self, sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
        """Do nothing."""

    def get_failures(self, request: HttpRequest, credentials: Credentials = None) -> int:
        """Return how many failures stand against the account."""
        user = named((credentials or {}).get("username"))
        return len(user.failed_at) if user else 0
