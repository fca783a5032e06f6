"""The agency's own log-in service: it lets in who was invited, never anybody new, and our second factor follows."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialApp, SocialLogin
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

    def serialize_instance(self, instance: Any) -> dict[str, Any]:
        """Let a session that waits for the second factor keep whose it is, not what the service told of the person."""
        kept = ("id", "provider", "uid")
        return {name: getattr(instance, name) for name in kept if hasattr(instance, name)}

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Leave it to `pre_social_login`."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """Return the services that the settings name. The database may name none: its writers must not add a door."""
        named = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in named.values() for app in apps]

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
