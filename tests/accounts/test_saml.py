"""The whole way through an agency's SAML: the portal asks, the service's signed answer comes back."""

import base64
import re
import zlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.test import Client
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from accounts.models import User
from cors import sign_on
from tests.accounts.conftest import code, opens

HERE, SERVICE = "http://portal.example.org/admin/account/saml/agency", "https://idp.example.gov/metadata"
ANSWER = """
<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"
  ID="r1" Version="2.0" IssueInstant="{now}" Destination="{here}/acs/" InResponseTo="{asked}">
  <saml:Issuer>{service}</saml:Issuer>
  <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}
</samlp:Response>"""
ASSERTION = """
<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="a1" Version="2.0" IssueInstant="{now}">
  <saml:Issuer>{service}</saml:Issuer>
  <saml:Subject>
    <saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">x</saml:NameID>
    <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
      <saml:SubjectConfirmationData NotOnOrAfter="{later}" Recipient="{here}/acs/" InResponseTo="{asked}"/>
    </saml:SubjectConfirmation>
  </saml:Subject>
  <saml:Conditions NotBefore="{earlier}" NotOnOrAfter="{later}">
    <saml:AudienceRestriction><saml:Audience>{here}/metadata/</saml:Audience></saml:AudienceRestriction>
  </saml:Conditions>
  <saml:AuthnStatement AuthnInstant="{now}" SessionIndex="s1"><saml:AuthnContext>
    <saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>
  </saml:AuthnContext></saml:AuthnStatement>
  <saml:AttributeStatement>
    <saml:Attribute Name="urn:oasis:names:tc:SAML:attribute:subject-id">
      <saml:AttributeValue>1</saml:AttributeValue>
    </saml:Attribute>
    <saml:Attribute Name="mail"><saml:AttributeValue xsi:type="xs:string">{email}</saml:AttributeValue></saml:Attribute>
  </saml:AttributeStatement>
</saml:Assertion>"""


@pytest.fixture(scope="module")
def pair() -> tuple[str, str]:
    """The service's key and certificate, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp")]), datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    return key.private_bytes(*form).decode(), pem.decode()


@pytest.fixture
def client(settings) -> Client:
    """A browser at the portal's own host."""
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    return Client(HTTP_HOST="portal.example.org")


@pytest.fixture
def service(settings, monkeypatch, pair) -> None:
    """The service, named in the settings."""
    variables = {"ENTITY_ID": SERVICE, "SSO_URL": "https://idp.example.gov/sso", "EMAIL_ATTRIBUTE": "mail"}
    for name, value in (variables | {"CERTIFICATE": pair[1]}).items():
        monkeypatch.setenv(f"SAML_{name}", value)
    settings.SOCIALACCOUNT_PROVIDERS = sign_on.providers()
    settings.ROOT_URLCONF = "tests.accounts.saml_addresses"
    monkeypatch.setitem(registry.provider_map, "saml", SAMLProvider)


@pytest.fixture
def olga(staff) -> User:
    """An officer with an address."""
    return staff("olga", "officer", areas=[1], email="olga@example.org")


def ask(client: Client) -> str:
    """Go to the service; return the id of the question."""
    gone = urlsplit(client.get("/admin/account/saml/agency/login/").url)
    assert gone.netloc == "idp.example.gov"
    question = zlib.decompress(base64.b64decode(parse_qs(gone.query)["SAMLRequest"][0]), -15).decode()
    return re.search(r'\bID="([^"]+)"', question)[1]


def answer(pair: tuple[str, str] | None, asked: str, email: str = "olga@example.org") -> str:
    """Return the service's answer, its assertion signed by `pair`, unsigned for None."""
    now = datetime.now(UTC)
    times = {"now": now, "earlier": now - timedelta(minutes=1), "later": now + timedelta(minutes=5)}
    facts = {name: f"{at:%Y-%m-%dT%H:%M:%SZ}" for name, at in times.items()}
    facts |= {"here": HERE, "service": SERVICE, "asked": asked, "email": email}
    assertion = ASSERTION.format(**facts)
    if pair:
        assertion = OneLogin_Saml2_Utils.add_sign(assertion, *pair).decode()
    return base64.b64encode(ANSWER.format(**facts, assertion=re.sub(r"<\?xml.*?\?>", "", assertion)).encode()).decode()


def come_back(client: Client, said: str) -> str:
    """Bring the answer to the portal; return where that leads."""
    page = client.post("/admin/account/saml/agency/acs/", {"SAMLResponse": said})
    return client.get(page.url).url


CLOSED = "/admin/account/closed/"


def test_an_invited_person_comes_in_and_passes_the_second_factor(client: Client, service, olga, app, pair) -> None:
    secret = app(olga)
    assert come_back(client, answer(pair, ask(client))) == "/admin/account/factor/"
    client.post("/admin/account/factor/", {"code": code(secret)})
    assert opens(client)


def test_who_was_not_invited_stays_outside(client: Client, service, olga, pair) -> None:
    assert come_back(client, answer(pair, ask(client), email="nobody@example.org")) == CLOSED
    assert User.objects.count() == 1


@pytest.mark.parametrize("case", ["unsigned", "altered", "signed by another"])
def test_what_the_service_did_not_sign_counts_for_nothing(client: Client, service, olga, pair, case: str) -> None:
    asked = ask(client)
    said = answer(None if case == "unsigned" else pair, asked, email="piet@example.org")
    if case == "altered":
        said = base64.b64encode(base64.b64decode(said).replace(b"piet@", b"olga@")).decode()
    if case == "signed by another":
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        said = answer((key.private_bytes(*form).decode(), pair[1]), asked)
    assert come_back(client, said) == CLOSED
    assert not opens(client)


def test_an_answer_that_nobody_asked_for_counts_for_nothing(client: Client, service, olga, pair) -> None:
    page = client.post("/admin/account/saml/agency/acs/", {"SAMLResponse": answer(pair, "never-asked")})
    assert client.get(page.url).status_code in {302, 403}
    assert not opens(client)


def test_the_portal_describes_itself(client: Client, service) -> None:
    page = client.get("/admin/account/saml/agency/metadata/").content.decode()
    assert f'entityID="{HERE}/metadata/"' in page
    assert f"{HERE}/acs/" in page
