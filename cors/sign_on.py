"""The agency's own log-in, OpenID Connect or SAML, read from the environment. Neither is on unless it is named."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, include, path

from cors import environment as env

HOW = "It comes from the agency's own log-in service; see docs/operations.md."


def oidc() -> dict[str, Any] | None:
    """Return allauth's settings for OpenID Connect, None without OIDC_SERVER_URL."""
    server = env.address("OIDC_SERVER_URL")
    if not server:
        return None
    _refuse_plain("OIDC_SERVER_URL", server)
    return {
        "provider_id": "agency",
        "name": env.text("OIDC_NAME", default="Agency log-in"),
        "client_id": env.text("OIDC_CLIENT_ID", how=HOW),
        "secret": env.secret("OIDC_CLIENT_SECRET", how=HOW),
        "settings": {"server_url": server.rstrip("/"), "oauth_pkce_enabled": True},
    }


def saml() -> dict[str, Any] | None:
    """Return allauth's settings for SAML, None without SAML_ENTITY_ID."""
    entity = env.text("SAML_ENTITY_ID", default="")
    if not entity:
        return None
    url = env.address("SAML_SSO_URL") or env.text("SAML_SSO_URL", how=HOW)
    _refuse_plain("SAML_SSO_URL", url)
    certificate = env.secret("SAML_CERTIFICATE", how=HOW)
    return {
        "provider_id": entity,
        "client_id": "agency",
        "name": env.text("SAML_NAME", default="Agency log-in"),
        "settings": {
            "idp": {"entity_id": entity, "sso_url": url, "x509cert": certificate},
            "attribute_mapping": {
                "uid": env.text("SAML_UID_ATTRIBUTE", default="urn:oasis:names:tc:SAML:attribute:subject-id"),
                "email": env.text("SAML_EMAIL_ATTRIBUTE", default="urn:oid:0.9.2342.19200300.100.1.3"),
            },
            # Only what the agency's service has signed, and only in answer to a log-in that began here.
            "advanced": {"want_assertion_signed": True, "reject_idp_initiated_sso": True, "strict": True},
        },
    }


def _refuse_plain(name: str, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1"}:
        raise ImproperlyConfigured(f"{name} must begin with https://.")


def providers() -> dict[str, dict[str, Any]]:
    """Return allauth's SOCIALACCOUNT_PROVIDERS. What SAML asserts of an address is the agency's own word for it."""
    found = {"openid_connect": oidc(), "saml": saml()}
    return {
        name: {"APPS": [app], "VERIFIED_EMAIL": name == "saml", "EMAIL_AUTHENTICATION": False}
        for name, app in found.items()
        if app
    }


def sign_on_urls() -> list[URLPattern | URLResolver]:
    """Return the addresses that the chosen services come back to: none where none is on."""
    return [path("admin/account/", include(f"{app}.urls")) for app in APPS]


PROVIDERS = providers()
APPS = [f"allauth.socialaccount.providers.{name}" for name in PROVIDERS]
# The forms of second factors, in our words.
MFA_FORMS = {
    "authenticate": "accounts.factor_forms.CodeForm",
    "authenticate_webauthn": "accounts.factor_forms.PasskeyForm",
    "reauthenticate": "accounts.factor_forms.CodeAgainForm",
    "reauthenticate_webauthn": "accounts.factor_forms.PasskeyAgainForm",
    "activate_totp": "accounts.factor_forms.ActivateForm",
    "deactivate_totp": "accounts.factor_forms.DeactivateForm",
    "add_webauthn": "accounts.factor_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.factor_forms.NamePasskeyForm",
    "generate_recovery_codes": "accounts.factor_forms.NewCodesForm",
}
