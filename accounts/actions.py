"""What is done with an account and its log-in. Every action ends in the audit log, without a name or address."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts import demo, letters, links, sessions
from accounts.models import Letter, User
from reports import audit
from reports.audit import SYSTEM, By

# The second factors; recovery codes stand in for one, but are none.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# As many items of a list as surely fit into one detail of the audit log.
PER_DETAIL = 10


class Refused(Exception):
    """This cannot be done with the account as it stands; the text is for the administrator."""


# --- Log-in and log-out --------------------------------------------------------
@transaction.atomic
def log_on(*, request: HttpRequest, user: User) -> None:
    """Begin a session's clocks, forget the failures before it, and record with which factor it was opened."""
    used = [each.get("type", "") for each in get_authentication_records(request, user) if each["method"] == "mfa"]
    sessions.begin(request.session, proven=bool(used) or demo.needs_no_factor(user))
    if user.failed_at:
        user.failed_at = []
        user.save(update_fields=["failed_at"])
    audit.record("accounts.logon", by=user, subject=_subject(user), factor=used[-1] if used else "none")


def log_out(*, request: HttpRequest, reason: str = "asked") -> None:
    """End the session: as `asked`, or because it was `idle` or has reached its `age`."""
    user = request.user
    logout(request)
    if isinstance(user, User):
        audit.record("accounts.logout", by=user, subject=_subject(user), reason=reason)


def is_closed(user: User) -> bool:
    """Tell whether the account may not log in. One that was unused for too long is disabled here and now."""
    if user.is_active and unused(User.objects.filter(pk=user.pk)).exists():
        disable(user=user, reason="unused", by=SYSTEM)
    return not (user.is_active and user.is_staff) or user.locked_at is not None


# --- Invitation and password ------------------------------------------------------
@transaction.atomic
def invite(*, user: User, by: By) -> None:
    """Make the account or take its password away, and send a link to choose one. Links of earlier letters are void.

    Raises Refused for one's own account and for one without an e-mail address.
    """
    _refuse_own(user, by)
    if not user.email:
        raise Refused("An invitation goes by e-mail, and this account has no address.")
    user.set_unusable_password()
    user.invited_at, user.is_staff = timezone.now(), True
    user.save()
    letters.post(user=user, kind=Letter.Kind.INVITATION)
    audit.record("accounts.invite", by=by, subject=_subject(user))


@transaction.atomic
def ask_reset(*, email: str) -> None:
    """Send a link to choose a new password, where an open account with a password has this address.

    Takes about as long where there is none, and says nothing either way.
    """
    user = User.objects.filter(email__iexact=email, is_active=True, is_staff=True).first() if email else None
    if user and user.has_usable_password():
        letters.post(user=user, kind=Letter.Kind.RESET)
        audit.record("accounts.ask_reset", by=SYSTEM, subject=_subject(user))
    else:
        transaction.on_commit(letters.hurry)


@transaction.atomic
def choose_password(*, user: User, password: str, kind: str) -> None:
    """Set the password that was chosen with a link of this kind. It unlocks nothing and passes no second factor."""
    user.set_password(password)
    user.save(update_fields=["password"])
    if kind == links.INVITATION:
        audit.record("accounts.accept", by=user, subject=_subject(user))
    else:
        note_password(user=user)


@transaction.atomic
def note_password(*, user: User) -> None:
    """Record that the person changed the password, and tell them by e-mail."""
    letters.post(user=user, kind=Letter.Kind.CHANGED)
    audit.record("accounts.password", by=user, subject=_subject(user))


# --- Second factor ------------------------------------------------------------------
@transaction.atomic
def note_factor(*, user: User, kind: str, added: bool) -> None:
    """Record that the person added or removed a second factor of this kind, and tell them by e-mail."""
    letters.post(user=user, kind=Letter.Kind.CHANGED)
    if added:
        audit.record("accounts.add_factor", by=user, subject=_subject(user), kind=kind)
    else:
        audit.record("accounts.remove_factor", by=user, subject=_subject(user), kind=kind)


@transaction.atomic
def reset_factor(*, user: User, by: User) -> None:
    """Take a lost second factor away, with the recovery codes and the password, and send a link to begin anew.

    Who has found the lost phone cannot enrol another one: only the mailbox leads back in. Running sessions end.
    """
    _refuse_own(user, by)
    if not user.email:
        raise Refused("The way back goes by e-mail, and this account has no address.")
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.invited_at = timezone.now()
    user.save(update_fields=["password", "invited_at"])
    letters.post(user=user, kind=Letter.Kind.RENEWED)
    audit.record("accounts.reset_factor", by=by, subject=_subject(user))


def has_factor(user: User) -> bool:
    """Tell whether the person has enrolled a second factor."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


# --- Lock, off and on ------------------------------------------------------------------
@transaction.atomic
def release(*, user: User, by: User) -> None:
    """Open a locked account again."""
    _refuse_own(user, by)
    user.failed_at, user.locked_at = [], None
    user.save(update_fields=["failed_at", "locked_at"])
    audit.record("accounts.release", by=by, subject=_subject(user))


@transaction.atomic
def disable(*, user: User, by: By, reason: str = "asked") -> None:
    """Switch the account off. Its sessions end with it."""
    _refuse_own(user, by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record("accounts.disable", by=by, subject=_subject(user), reason=reason)


@transaction.atomic
def enable(*, user: User, by: User) -> None:
    """Switch the account on again; the days unused are counted anew."""
    _refuse_own(user, by)
    user.is_active, user.active_since = True, timezone.now()
    user.save(update_fields=["is_active", "active_since"])
    audit.record("accounts.enable", by=by, subject=_subject(user))


def unused(users: QuerySet[User]) -> QuerySet[User]:
    """Return those who have not logged in for UNUSED_DAYS, and were not switched on since."""
    since = timezone.now() - timedelta(days=settings.UNUSED_DAYS)
    return users.filter(Q(last_login=None) | Q(last_login__lt=since), active_since__lt=since, is_active=True)


def disable_unused(*, by: By) -> None:
    """Switch off every account that was unused for too long."""
    for user in unused(User.objects.all()):
        disable(user=user, reason="unused", by=by)


# --- Permissions -----------------------------------------------------------------------
def reach_of(user: User) -> dict[str, list[str]]:
    """Return what the person may do and where, as lists of plain tokens."""
    return {
        "roles": sorted(user.roles),
        "areas": [str(number) for number in user.areas.order_by("number").values_list("number", flat=True)],
        "bureaus": list(user.bureaus.order_by("code").values_list("code", flat=True)),
        "languages": sorted(user.languages),
        "citywide": ["yes"] if user.citywide else [],
    }


@transaction.atomic
def note_reach(*, user: User, before: dict[str, list[str]], by: By) -> None:
    """Record what changed of a person's roles and areas since `before`. Raises PermissionDenied for one's own."""
    if changes := _changes(before, reach_of(user)):
        _refuse_own(user, by)
        audit.record("accounts.permit", by=by, subject=_subject(user), **changes)


@transaction.atomic
@transaction.atomic
def note_address(*, user: User, before: str, by: By) -> None:
    """Record that the person's letters go to another address, and say so to the one before it.

    allauth keeps no address besides.
    """
    if before:
        letters.post(user=user, kind=Letter.Kind.MOVED, address=before)
    audit.record("accounts.address", by=by, subject=_subject(user))


def _changes(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, Any]:
    """Return what was added and removed, as details of the audit log."""
    details: dict[str, Any] = {}
    for name, now in after.items():
        was = before.get(name, [])
        details |= _detail(f"{name}_added", [item for item in now if item not in was])
        details |= _detail(f"{name}_removed", [item for item in was if item not in now])
    return details


def _detail(name: str, items: Iterable[str]) -> dict[str, str]:
    """Return a list as details that the log takes: `n` before figures, no more than PER_DETAIL to each."""
    tokens = [f"n{item}" if item[0].isdigit() else item for item in items]
    parts = [tokens[start : start + PER_DETAIL] for start in range(0, len(tokens), PER_DETAIL)]
    return {f"{name}_{number}" if number else name: ",".join(part) for number, part in enumerate(parts)}


def _refuse_own(user: User, by: By) -> None:
    """Raise PermissionDenied where somebody would change their own account's standing."""
    if by == user:
        raise PermissionDenied


def _subject(user: User) -> str:
    return f"user:{user.pk}"
