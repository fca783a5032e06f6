"""The pages of the second factor: to enrol, to use, to look at. allauth does the work, in the staff side's frame."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts import actions, sessions
from accounts.views import Card

Kind = Authenticator.Type


class FactorPage(Card, base.AuthenticateView):  # type: ignore[misc]
    """The second factor at log-in: a code or a passkey."""

    title, template_name = _("Second factor"), "accounts/factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell which ways the person has."""
        kinds = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        ways = {"has_codes": bool(kinds - {Kind.WEBAUTHN}), "has_app": Kind.TOTP in kinds}
        context = super().get_context_data(**kwargs) | ways | {"has_passkey": Kind.WEBAUTHN in kinds}
        if context["has_passkey"]:
            # The passkey comes first: the code's field does not ask for attention.
            context["form"].fields["code"].widget.attrs.pop("autofocus", None)
        return context


class Again:
    """Notes that the person has proven once more who they are, then goes on with what was asked."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Note it."""
        sessions.refresh(self.request.session)
        return super().form_valid(form)  # type: ignore[misc, no-any-return]


class CodeAgainPage(Again, Card, base.ReauthenticateView):  # type: ignore[misc]
    """A code once more."""

    title, template_name = _("Is it you?"), "accounts/code_again.html"


class PasskeyAgainPage(Again, Card, webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """The passkey once more."""

    title, template_name = _("Is it you?"), "accounts/passkey_again.html"


class EnrolPage(Card, TemplateView):  # type: ignore[misc]
    """The choice of a first second factor."""

    title, template_name = _("Set up a second factor"), "accounts/enrol.html"


class IndexPage(Card, base.IndexView):  # type: ignore[misc]
    """One's own log-in: password, factors, codes."""

    title, template_name = _("Your log-in"), "accounts/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count the codes that are left."""
        context = super().get_context_data(**kwargs)
        codes = context["authenticators"].get(Kind.RECOVERY_CODES)
        return context | {"codes_left": len(codes.get_unused_codes()) if codes else 0}


class Enrolled:
    """Records a factor that was added; the session has proven it by that."""

    request: HttpRequest
    kind = ""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Store it, prove the session, record it last."""
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        record_authentication(self.request, self.request.user, "mfa", type=self.kind)
        sessions.prove(self.request.session)
        actions.note_factor(user=self.request.user, kind=self.kind, added=True)
        return answer


class AppPage(Enrolled, Card, totp.ActivateTOTPView):  # type: ignore[misc]
    """An authenticator app: the secret as a picture and in letters, the first code back."""

    title, template_name, kind = _("Set up an authenticator app"), "accounts/app.html", Kind.TOTP

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Draw the picture."""
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        return context | {"drawing": drawn(context["totp_url"]), "groups": groups}


class AddPasskeyPage(Enrolled, Card, webauthn.AddWebAuthnView):  # type: ignore[misc]
    """A passkey or security key."""

    title, template_name, kind = _("Set up a passkey"), "accounts/add_passkey.html", Kind.WEBAUTHN


class RemoveAppPage(Card, totp.DeactivateTOTPView):  # type: ignore[misc]
    """Removes the authenticator app, where another factor is left."""

    title, template_name = _("Remove the authenticator app?"), "accounts/remove_app.html"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, record it last."""
        answer = super().form_valid(form)
        actions.note_factor(user=self.request.user, kind=Kind.TOTP, added=False)
        return answer


class RemovePasskeyPage(Card, webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    """Removes a passkey, where another factor is left."""

    title, template_name = _("Remove the passkey?"), "accounts/remove_passkey.html"
    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell whether it is the last one."""
        return super().get_context_data(**kwargs) | {"is_last": is_last(self.object)}

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, record it last. The last factor stays."""
        if is_last(self.get_object()):
            return redirect("mfa_index")
        answer = super().form_valid(form)
        actions.note_factor(user=self.request.user, kind=Kind.WEBAUTHN, added=False)
        return answer


class NamePasskeyPage(Card, webauthn.EditWebAuthnView):  # type: ignore[misc]
    """Another name for a passkey."""

    title, template_name, success_url = _("Rename the passkey"), "accounts/name_passkey.html", reverse_lazy("mfa_index")


class CodesPage(Card, recovery.ViewRecoveryCodesView):  # type: ignore[misc]
    """The recovery codes, shown once."""

    title, template_name = _("Recovery codes"), "accounts/codes.html"


class NewCodesPage(Card, recovery.GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes in place of the old ones."""

    title, template_name = _("New recovery codes?"), "accounts/new_codes.html"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Make them, record it last."""
        answer = super().form_valid(form)
        actions.note_factor(user=self.request.user, kind=Kind.RECOVERY_CODES, added=True)
        return answer


def is_last(authenticator: Authenticator) -> bool:
    """Tell whether it is the person's only second factor."""
    others = Authenticator.objects.filter(user=authenticator.user_id, type__in=actions.FACTORS)
    return not others.exclude(pk=authenticator.pk).exists()


def drawn(text: str) -> dict[str, Any]:
    """Return a QR code as the path of a drawing in the page, one unit to a module, with its size."""
    import qrcode  # it brings a library of pictures along, which no other page of the web server needs at once

    code = qrcode.QRCode(border=4)
    code.add_data(text)
    matrix = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(matrix) for x, is_dark in enumerate(row) if is_dark]
    return {"size": len(matrix), "path": "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)}
