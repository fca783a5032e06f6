"""The forms on the pages of the log-in."""

from typing import Any

from allauth.account import forms as theirs
from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.lockout import own_name
from accounts.models import User
from reports.sections.base import page_helper


class CardForm(forms.Form):
    """A form on a card: we say what is missing, and the page owns the form tag."""

    use_required_attribute = False

    @property
    def helper(self) -> FormHelper:
        """Return crispy's settings."""
        return page_helper(self)


def secret(label: Any, *, new: bool = False, **options: Any) -> forms.CharField:
    """Return a field for a password, as password managers know it. Nothing of it is trimmed."""
    kind = "new-password" if new else "current-password"
    return forms.CharField(
        label=label, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": kind}), **options
    )


class LoginForm(CardForm, theirs.LoginForm):  # type: ignore[misc]
    """Username and password; allauth checks them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        self.fields["login"] = forms.CharField(label=_("Username"), max_length=150, widget=forms.TextInput(attrs=name))
        self.fields["password"] = secret(_("Password"))
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        """Go on with the account's own name; what was typed goes no further."""
        return own_name(super().clean_login())


class AgainForm(CardForm, theirs.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = secret(_("Password"))


class NewPassword(CardForm):
    """A new password, typed once: it can be looked at, and a mistake is mended by a link."""

    password = secret(_("New password"), new=True)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(rules())

    def clean_password(self) -> str:
        """Ask the validators."""
        password_validation.validate_password(self.cleaned_data["password"], self.user)
        return str(self.cleaned_data["password"])


class ChangePasswordForm(NewPassword):
    """The present password and the new one."""

    oldpassword = secret(_("Present password"))
    field_order = ["oldpassword", "password"]

    def clean_oldpassword(self) -> str:
        """Check it."""
        if not self.user.check_password(self.cleaned_data["oldpassword"]):
            raise ValidationError(_("This is not your present password."))
        return str(self.cleaned_data["oldpassword"])

    def save(self) -> None:
        """Store the new one; allauth's adapter records it."""
        theirs.get_adapter().set_password(self.user, self.cleaned_data["password"])


class AskResetForm(CardForm):
    """Where the link for a new password goes."""

    email = forms.EmailField(
        label=_("Your e-mail address at the agency"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )


def rules() -> list[str]:
    """Return the rules for a password that a person must know beforehand, in words."""
    least, *_others, last = password_validation.get_default_password_validators()
    return [str(validator.get_help_text()) for validator in (least, last)]  # type: ignore[attr-defined]
