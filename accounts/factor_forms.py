"""The forms of the second factor. A wrong code counts against the account as a wrong password does."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal import auth
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

from accounts import lockout
from accounts.adapters import secrets_of
from accounts.forms import CardForm


def code_field(*, label: Any, help_text: Any = "") -> forms.CharField:
    """Return a field for a code, with the keys for figures on a phone."""
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "autofocus": True}
    return forms.CharField(label=label, help_text=help_text, max_length=20, widget=forms.TextInput(attrs=attrs))


def counted(user: Any, step: str, check: Any) -> Any:
    """Return what `check` returns. Its refusal counts as a failed log-in; a locked account is refused at once."""
    if lockout.is_locked(user):
        lockout.fail(user=user, step=step)
        raise get_adapter().validation_error("incorrect_code")
    try:
        return check()
    except ValidationError:
        lockout.fail(user=user, step=step)
        raise


class CodeForm(CardForm, base.AuthenticateForm):  # type: ignore[misc]
    """A code of the authenticator app, or a recovery code."""

    code = code_field(label=_("Code"), help_text=_("Six figures from your authenticator app, or a recovery code."))

    def clean_code(self) -> str:
        """Check it, count a wrong one."""
        with secrets_of(self.user):
            return str(counted(self.user, "code", super().clean_code))


class CodeAgainForm(CardForm, base.ReauthenticateForm):  # type: ignore[misc]
    """The same for somebody who is logged in."""

    code = code_field(label=_("Code"), help_text=_("Six figures from your authenticator app, or a recovery code."))

    def clean_code(self) -> str:
        """Check it, count a wrong one."""
        return str(counted(self.user, "code", super().clean_code))


class CredentialField(forms.JSONField):
    """What a browser says of a passkey, as JSON, by a script. A hundred thousand brackets are wrong as any text."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Return what it says. Raises ValidationError."""
        try:
            return super().to_python(value)
        except RecursionError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what a refused form shows again."""
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return InvalidJSONInput("")


class PasskeyForm(webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """What a passkey or security key signed."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        """Check it, count a wrong one."""
        return counted(self.user, "passkey", super().clean_credential)


class PasskeyAgainForm(webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The same for somebody who is logged in."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        """Check it, count a wrong one."""
        return counted(self.user, "passkey", super().clean_credential)


class ActivateForm(CardForm, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app. The secret it must come from waits sealed in the session."""

    code = code_field(label=_("Code from the app"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        self.user, self.secret = user, pending_secret(anew=not self.is_bound)


def pending_secret(*, anew: bool) -> str:
    """Return the secret that is being set up; make one where there is none or `anew`. allauth removes it afterwards."""
    session = context.request.session
    if anew or auth.SECRET_SESSION_KEY not in session:
        session[auth.SECRET_SESSION_KEY] = get_adapter().encrypt(auth.generate_totp_secret())
    return str(get_adapter().decrypt(session[auth.SECRET_SESSION_KEY]))


class DeactivateForm(CardForm, totp.DeactivateTOTPForm):  # type: ignore[misc]
    """Nothing to fill in."""


class AddPasskeyForm(CardForm, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A name for the key; what the browser made of it is filled in by script."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("So that you know later which one it is."))
    credential = CredentialField()


class NamePasskeyForm(CardForm, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name."""

    name = forms.CharField(label=_("Name"), max_length=60)


class NewCodesForm(CardForm, recovery.GenerateRecoveryCodesForm):  # type: ignore[misc]
    """Nothing to fill in."""
