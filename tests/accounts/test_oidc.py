"""The whole way through an agency's OpenID Connect, with a small service of the test's own that speaks it over HTTP."""

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import INDEX, LOGIN, code, events, opens

AWAY = "/admin/account/oidc/agency/login/"


class Service(ThreadingHTTPServer):
    """Says who the person is, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.person = {"sub": "1", "email": "olga@example.org", "email_verified": True}
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    """What it answers."""

    server: Service

    def do_GET(self) -> None:
        """Tell where things are, and who the person is."""
        url = self.server.url
        places = {"issuer": url, "jwks_uri": f"{url}/keys", "userinfo_endpoint": f"{url}/person"}
        places |= {"token_endpoint": f"{url}/token", "authorization_endpoint": f"{url}/authorize"}
        self.say(self.server.person if self.path == "/person" else places)

    def do_POST(self) -> None:
        """Change a code for a token."""
        self.server.asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.say({"access_token": "token", "token_type": "Bearer"})

    def say(self, answer: object) -> None:
        """Answer as JSON."""
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Be quiet."""


@pytest.fixture
def service(settings, monkeypatch) -> Iterator[Service]:
    """The service, named in the settings."""
    server = Service()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    for name, value in {"SERVER_URL": server.url, "CLIENT_ID": "portal", "CLIENT_SECRET": "secret"}.items():
        monkeypatch.setenv(f"OIDC_{name}", value)
    from cors import sign_on

    settings.SOCIALACCOUNT_PROVIDERS = sign_on.providers()
    settings.ROOT_URLCONF = "tests.accounts.oidc_addresses"
    monkeypatch.setitem(registry.provider_map, "openid_connect", OpenIDConnectProvider)
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def olga(staff) -> User:
    """An officer with an address."""
    return staff("olga", "officer", areas=[1], email="olga@example.org")


def come_back(client: Client, service: Service, next_page: str = "") -> str:
    """Go to the service by the button and come back from it; return where that leads."""
    page = client.get(LOGIN, {"next": next_page} if next_page else {}).content.decode()
    assert f'href="{AWAY}' in page
    gone = urlsplit(client.get(AWAY, {"next": next_page} if next_page else {}).url)
    assert f"{gone.scheme}://{gone.netloc}{gone.path}" == f"{service.url}/authorize"
    asked = parse_qs(gone.query)
    assert {"state", "code_challenge"} <= set(asked)
    return client.get(f"{AWAY}callback/", {"code": "a code", "state": asked["state"][0]}).url


def test_an_invited_person_comes_in_and_passes_the_second_factor(client: Client, service, olga, app) -> None:
    secret = app(olga)
    assert come_back(client, service, "/admin/review/") == "/admin/account/factor/"
    assert not opens(client)
    assert client.post("/admin/account/factor/", {"code": code(secret)}).url == "/admin/review/"
    assert opens(client)
    [sent] = service.asked
    assert {"client_secret", "code_verifier"} <= set(parse_qs(sent))
    assert events("logon")[0][3] == {"factor": "totp"}


def test_who_has_no_factor_yet_is_led_to_enrol(client: Client, service, olga) -> None:
    assert come_back(client, service) == INDEX
    assert client.get(INDEX).url == "/admin/account/enrol/"


@pytest.mark.parametrize(
    "told", [{"email_verified": False}, {"email": "nobody@example.org"}, {"email": None}, {"email_verified": "perhaps"}]
)
def test_nobody_comes_in_by_an_address_that_is_not_verified_or_not_invited(client, service, olga, told) -> None:
    service.person |= told
    assert come_back(client, service) == "/admin/account/closed/"
    assert not opens(client)
    assert User.objects.count() == 1


def test_a_callback_that_nobody_asked_for_leads_nowhere(client: Client, service, olga) -> None:
    made_up = base64.b64encode(b"made up").decode()
    assert client.get(f"{AWAY}callback/", {"code": "a code", "state": made_up}).status_code in {302, 403}
    assert not opens(client)
    assert service.asked == []
