"""The pages of the log-in: in, out, once more, and the password. allauth does the work, in the staff side's frame."""

from typing import Any

from allauth.account import views as theirs
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib import admin, messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from django.views.generic.edit import FormView

from accounts import actions, links, sessions
from accounts.forms import AgainForm, AskResetForm, ChangePasswordForm, LoginForm, NewPassword

LINK_KEY = "password_link"


class Card:
    """A page of one card, in the frame of the staff side. Never kept by a cache."""

    title: Any = ""
    request: HttpRequest

    @method_decorator(never_cache)
    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go on."""
        return super().dispatch(*args, **kwargs)  # type: ignore[misc, no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the frame shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**admin.site.each_context(self.request), "title": self.title, **context}


class LoginPage(Card, theirs.LoginView):  # type: ignore[misc]
    """Username and password."""

    title, template_name, form_class = gettext_lazy("Staff log-in"), "accounts/login.html", LoginForm


class LogoutPage(Card, theirs.LogoutView):  # type: ignore[misc]
    """The way out; a GET asks first."""

    title, template_name = gettext_lazy("Log out?"), "accounts/logout.html"


class ClosedPage(Card, TemplateView):  # type: ignore[misc]
    """For who may not log in although the password is right."""

    title, template_name = gettext_lazy("This account cannot log in"), "accounts/closed.html"


class AgainPage(Card, theirs.ReauthenticateView):  # type: ignore[misc]
    """The password once more, before what matters most."""

    title, template_name, form_class = gettext_lazy("Is it you?"), "accounts/again.html", AgainForm

    def form_valid(self, form: AgainForm) -> HttpResponse:
        """Note it, then go on with what was asked."""
        sessions.refresh(self.request.session)
        return super().form_valid(form)


class PasswordPage(Card, FormView):  # type: ignore[misc]
    """A new password for who knows the present one."""

    title, template_name = gettext_lazy("Change your password"), "accounts/password.html"
    form_class, success_url = ChangePasswordForm, reverse_lazy("mfa_index")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell whose."""
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:
        """Store it. Other sessions of the person end; this one goes on."""
        if refused := ratelimit.consume_or_429(self.request, action="change_password", user=self.request.user):
            return refused
        form.save()
        update_session_auth_hash(self.request, form.user)
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)


class AskResetPage(Card, FormView):  # type: ignore[misc]
    """Asks for a link by e-mail. The answer is the same whether an account has the address or not."""

    title, template_name = gettext_lazy("Forgot your password?"), "accounts/ask_reset.html"
    form_class, success_url = AskResetForm, reverse_lazy("account_reset_password_done")

    def form_valid(self, form: AskResetForm) -> HttpResponse:
        """Send it, not too often."""
        email = form.cleaned_data["email"]
        if refused := ratelimit.consume_or_429(self.request, action="reset_password", key=email.lower()):
            return refused
        actions.ask_reset(email=email)
        return super().form_valid(form)


class ResetAskedPage(Card, TemplateView):  # type: ignore[misc]
    """Says what happens now."""

    title, template_name = gettext_lazy("Look into your mailbox"), "accounts/reset_asked.html"


@never_cache
def follow_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address, so that neither history nor Referer keeps it."""
    if request.user.is_authenticated:
        actions.log_out(request=request)
    request.session[LINK_KEY] = token
    return redirect("account_choose_password")


class ChoosePasswordPage(Card, FormView):  # type: ignore[misc]
    """A password chosen with a link: that of an invitation, or of one who forgot it."""

    title, template_name, form_class = gettext_lazy("Choose a password"), "accounts/choose_password.html", NewPassword

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look at the link first."""
        if request.user.is_authenticated:
            return redirect("admin:index")
        self.link = links.read(request.session.get(LINK_KEY, ""))
        if self.link is None:
            self.template_name, self.title = "accounts/link_ended.html", _("This link works no more")
            return self.render_to_response(self.get_context_data(form=None), status=410)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell whose."""
        return super().get_form_kwargs() | {"user": self.link[0]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Greet by name."""
        user, kind = self.link or (None, "")
        return super().get_context_data(**kwargs) | {"person": user, "invited": kind == links.INVITATION}

    def form_valid(self, form: NewPassword) -> HttpResponse:
        """Store it. Who was invited goes straight on to the second factor; all others log in."""
        user, kind = self.link
        actions.choose_password(user=user, password=form.cleaned_data["password"], kind=kind)
        del self.request.session[LINK_KEY]
        if kind == links.INVITATION and not actions.has_factor(user):
            return perform_password_login(self.request, {}, Login(user=user))
        get_adapter().add_message(self.request, messages.SUCCESS, message=_("Your password is set. Log in with it."))
        return redirect("account_login")
