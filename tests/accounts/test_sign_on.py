"""The agency's own log-in service: off unless named, and it lets in whom an administrator has invited."""

import os
import subprocess
import sys

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from accounts.models import User
from accounts.sign_on import SignOnAdapter
from cors import sign_on
from tests.sources import BASE_DIR

OIDC = {
    "OIDC_SERVER_URL": "https://login.example.gov/realm/",
    "OIDC_CLIENT_ID": "portal",
    "OIDC_CLIENT_SECRET": "very secret",
    "OIDC_NAME": "City log-in",
}
SAML = {
    "SAML_ENTITY_ID": "https://idp.example.gov/metadata",
    "SAML_SSO_URL": "https://idp.example.gov/sso",
    "SAML_CERTIFICATE": "MIIC",
    "SAML_EMAIL_ATTRIBUTE": "mail",
}


@pytest.fixture
def environment(monkeypatch) -> None:
    """Name no service."""
    for name in [*OIDC, *SAML, "SAML_NAME", "SAML_UID_ATTRIBUTE"]:
        monkeypatch.delenv(name, raising=False)


def name(monkeypatch, variables: dict[str, str], *, without: str = "", **changed: str) -> None:
    """Set the variables of a service."""
    for key, value in (variables | changed).items():
        if key != without:
            monkeypatch.setenv(key, value)


def test_no_service_is_on_by_default(environment) -> None:
    assert sign_on.providers() == {}


def test_openid_connect_is_read_from_the_environment(environment, monkeypatch) -> None:
    name(monkeypatch, OIDC)
    [app] = sign_on.providers()["openid_connect"]["APPS"]
    assert (app["client_id"], app["secret"], app["name"]) == ("portal", "very secret", "City log-in")
    assert app["settings"]["server_url"] == "https://login.example.gov/realm"
    assert sign_on.providers()["openid_connect"]["VERIFIED_EMAIL"] is False


def test_saml_is_read_from_the_environment(environment, monkeypatch) -> None:
    name(monkeypatch, SAML)
    [app] = sign_on.providers()["saml"]["APPS"]
    assert app["settings"]["idp"]["sso_url"] == "https://idp.example.gov/sso"
    assert app["settings"]["attribute_mapping"]["email"] == "mail"
    assert app["settings"]["advanced"]["want_assertion_signed"] is True


@pytest.mark.parametrize(
    ("variables", "without", "changed", "said"),
    [
        (OIDC, "OIDC_CLIENT_ID", {}, "OIDC_CLIENT_ID is not set"),
        (OIDC, "OIDC_CLIENT_SECRET", {}, "OIDC_CLIENT_SECRET is not set"),
        (OIDC, "", {"OIDC_SERVER_URL": "http://login.example.gov"}, "OIDC_SERVER_URL must begin with https://"),
        (OIDC, "", {"OIDC_SERVER_URL": "login.example.gov"}, "OIDC_SERVER_URL must be an address"),
        (SAML, "SAML_SSO_URL", {}, "SAML_SSO_URL is not set"),
        (SAML, "SAML_CERTIFICATE", {}, "SAML_CERTIFICATE is not set"),
        (SAML, "", {"SAML_SSO_URL": "http://idp.example.gov/sso"}, "SAML_SSO_URL must begin with https://"),
    ],
)
def test_a_doubtful_service_refuses_to_start(environment, monkeypatch, variables, without, changed, said) -> None:
    name(monkeypatch, variables, without=without, **changed)
    with pytest.raises(ImproperlyConfigured, match=said):
        sign_on.providers()


ASK = """
from django.test import Client
from accounts.gate import ENTRANCE
from django.urls import get_resolver
from tests.test_house import addresses
names = {name for name, _pattern in addresses(get_resolver())}
page = Client().get("/admin/login/", HTTP_HOST="localhost").content.decode()
ours = sorted(name for name in names if name.startswith(("openid", "saml")))
print(ours, set(ours) - ENTRANCE, "City log-in" in page, page.count("Agency log-in"))
"""


def test_a_named_service_has_its_addresses_and_its_button() -> None:
    """In a process of its own: which apps there are is settled at start."""
    code = f"import django; django.setup()\nfrom django.test.utils import override_settings\n{ASK}"
    more = {"SECURE_SSL_REDIRECT": "False", "DJANGO_SETTINGS_MODULE": "cors.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=BASE_DIR,
        env={**os.environ, **OIDC, **SAML, **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.strip() == (
        "['openid_connect_callback', 'openid_connect_login', 'saml_acs', 'saml_finish_acs', 'saml_login', "
        "'saml_metadata', 'saml_sls'] {'saml_sls'} True 1"
    ), done.stderr


# --- Whom it lets in -------------------------------------------------------------------
@pytest.fixture
def olga(staff) -> User:
    """An officer with an address."""
    return staff("olga", "officer", areas=[1], email="olga@example.org")


def answered(*addresses: tuple[str, bool], process: str = "login") -> tuple[str, SessionStore]:
    """Come back from the service with these addresses (verified or not); return where that leads, and the session."""
    request = RequestFactory().get("/admin/account/oidc/agency/login/callback/")
    request.session, request.user = (
        SessionStore(),
        AnonymousUser(),
    )
    request._messages = FallbackStorage(request)
    login = SocialLogin(
        user=User(email=addresses[0][0]),
        account=SocialAccount(provider="agency", uid="1", extra_data={"told": "by the service"}),
        provider=OpenIDConnectProvider(request, app=SocialApp(provider="openid_connect", provider_id="agency")),
        email_addresses=[EmailAddress(email=email, verified=verified) for email, verified in addresses],
    )
    login.state = {"process": process}
    with context.request_context(request):
        return complete_login(request, login).url, request.session


CLOSED = "/admin/account/closed/"


def test_an_invited_person_comes_in_by_a_verified_address_and_passes_our_second_factor(olga: User, app) -> None:
    assert answered(("OLGA@example.org", True))[0] == "/admin/"
    app(olga)
    url, session = answered(("olga@example.org", True))
    assert url == "/admin/account/factor/"
    assert "_auth_user_id" not in session
    assert "told" not in str(dict(session.items()))
    assert olga.password not in str(dict(session.items()))


@pytest.mark.parametrize(
    "addresses",
    [
        [("olga@example.org", False)],
        [("nobody@example.org", True)],
        [("olga@example.org", True), ("piet@example.org", True)],
        [("", True)],
    ],
)
def test_nobody_else_comes_in_and_no_account_is_made(olga: User, staff, addresses) -> None:
    staff("piet", "officer", email="piet@example.org")
    assert answered(*addresses)[0] == CLOSED
    assert User.objects.count() == 2
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("field", [{"is_active": False}, {"is_staff": False}, {"locked_at": "2026-11-01T00:00Z"}])
def test_a_closed_account_stays_closed(olga: User, field) -> None:
    User.objects.filter(pk=olga.pk).update(**field)
    url, session = answered(("olga@example.org", True))
    assert url == CLOSED
    assert "_auth_user_id" not in session


def test_nothing_is_connected_for_good(olga: User) -> None:
    assert answered(("olga@example.org", True), process="connect")[0] == CLOSED
    assert not SocialAccount.objects.exists()


def test_what_goes_wrong_there_leads_to_the_same_page(rf) -> None:
    with pytest.raises(ImmediateHttpResponse) as raised:
        SignOnAdapter().on_authentication_error(rf.get("/"), None, error="denied")
    assert raised.value.response.url == CLOSED
