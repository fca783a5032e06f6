"""Where allauth asks the house: who may log in, what is recorded, what is said, how secrets are sealed."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts import actions, sessions
from accounts.models import User
from reports import vault

# What is said after which step, by the name of allauth's own template. About every other step nothing is said.
SAYINGS = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "mfa/messages/totp_activated.txt": _("Your authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is set up."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The log-in itself."""

    error_messages = DefaultAccountAdapter.error_messages | {
        # One sentence for every reason, so that nobody learns which accounts there are.
        "username_password_mismatch": _(
            "The username or the password is not right, or the account is locked. After several wrong tries an account "
            "stays locked until an administrator releases it."
        ),
        "too_many_login_attempts": _("That were many tries. Please wait a minute."),
        "rate_limited": _("That were many tries. Please wait a minute."),
        "incorrect_password": _("This is not your password, or your account is locked."),
        "enter_current_password": _("This is not your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: administrators invite."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Turn away who is disabled, locked or no member of staff, whichever way they came."""
        if actions.is_closed(user):
            clear_login(request)
            return redirect("account_closed")
        return None

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session; allauth calls this when password and second factor are passed."""
        super().login(request, user)
        actions.log_on(request=request, user=user)

    def logout(self, request: HttpRequest) -> None:
        """End it."""
        actions.log_out(request=request)

    def set_password(self, user: User, password: str) -> None:
        """Store the password that the person changed."""
        with transaction.atomic():
            super().set_password(user, password)
            actions.note_password(user=user)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask anew only where the log-in is not fresh."""
        return not sessions.is_fresh(context.request.session)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words, or nothing."""
        if words := message or SAYINGS.get(message_template or ""):
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return a keyed hash: allauth counts tries by it in Redis, where no address belongs."""
        address = get_client_ip(request) or ""
        return hmac.new(vault.derived_key("client"), address.encode(), sha256).hexdigest()[:32]


# Whose secrets are being opened. During the log-in nobody is logged in yet.
_owner: ContextVar[User | None] = ContextVar("owner", default=None)


@contextmanager
def secrets_of(user: User) -> Iterator[None]:
    """Open and seal secrets as this person's within the block."""
    token = _owner.set(user)
    try:
        yield
    finally:
        _owner.reset(token)


def factor_place(owner_id: int) -> vault.Place:
    """Where the secrets of a person's second factors are bound to."""
    return vault.Place("mfa_authenticator", "data", str(owner_id))


def reseal(factor: Authenticator) -> bool:
    """Seal a factor's secrets by the primary key of the keyring; tell whether they were not. Raises vault.CannotOpen.

    The secret of an authenticator app, the seed of recovery codes; a passkey has none.
    """
    sealed = {name: factor.data[name] for name in ("secret", "seed") if name in factor.data}
    place = factor_place(factor.user_id)
    fresh = {name: vault.reseal_text(text, place=place) for name, text in sealed.items()}
    factor.data = {**factor.data, **fresh}
    return fresh != sealed


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it was used before, or the account is locked."),
        "cannot_delete_authenticator": _("This is your only second factor. Add another one first."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret; it opens only for the person it was made for."""
        return vault.seal_text(text, place=self._place())

    def decrypt(self, encrypted_text: str) -> str:
        """Open it. Raises vault.CannotOpen for another person's."""
        return vault.open_text(encrypted_text, place=self._place())

    def _place(self) -> vault.Place:
        return factor_place((_owner.get() or context.request.user).pk)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Tell whether another factor is left."""
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=actions.FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 (allauth's name)
        """Return a name to begin with."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return str(_("Passkey")) if number == 1 else _("Passkey {number}").format(number=number)

    def _get_user_identifier(self, user: User) -> str:
        return user.username
