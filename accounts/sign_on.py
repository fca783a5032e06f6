"""The agency's own log-in service: it lets in who was invited, never anybody new, and our second factor follows."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.shortcuts import redirect

from accounts.models import User


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Finds the account by an address that the service has verified. Nothing of the service's answer is stored."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Name the account, or lead to the page that says who may log in."""
        user = account_of(sociallogin)
        if user is None or sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("account_closed"))
        sociallogin.user = user

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Return False."""
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Lead to the same page; what the service said is for its own log."""
        raise ImmediateHttpResponse(redirect("account_closed"))


def account_of(sociallogin: SocialLogin) -> User | None:
    """Return the one account with a verified address of this log-in, None where there is none or more than one."""
    addresses = [address.email for address in sociallogin.email_addresses if address.verified and address.email]
    found = [user for email in addresses for user in User.objects.filter(email__iexact=email)]
    return found[0] if len({user.pk for user in found}) == 1 else None
