"""One's own second factors: to enrol, to add, to remove, and the codes for a bad day."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.core import mail
from django.db import connection
from django.test import Client

from accounts import letters
from accounts.models import Letter, User
from tests.accounts.conftest import FACTOR, INDEX, code, events, log_in, opens, recovery_codes, wrong

APP, CODES, OWN = "/admin/account/app/", "/admin/account/codes/", "/admin/account/"


@pytest.fixture
def olga(staff) -> User:
    """An officer who can be written to."""
    return staff("olga", "officer", areas=[1], email="olga@example.org")


def shown_secret(client: Client) -> str:
    """Return the secret on the page of an app that is being set up."""
    page = client.get(APP).content.decode()
    return "".join(re.findall(r"<span>([A-Z2-7]{1,4})</span>", page))


def everything_stored() -> str:
    """Return the rows of sessions and factors as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session UNION SELECT data::text FROM mfa_authenticator")
        return " ".join(row[0] for row in cursor.fetchall())


def test_enrolling_an_app_opens_the_admin_and_shows_the_codes_once(client: Client, olga: User) -> None:
    log_in(client, olga)
    secret = shown_secret(client)
    assert client.post(APP, {"code": wrong(secret)}).context["form"].errors
    assert not opens(client)
    assert client.post(APP, {"code": code(secret)}).url == CODES
    page = client.get(CODES).content.decode()
    assert all(each in page for each in recovery_codes(olga))
    assert opens(client)
    again = client.get(CODES).content.decode()
    assert not any(each in again for each in recovery_codes(olga))
    assert [(verb, details) for verb, _who, _which, details in events()] == [
        ("logon", {"factor": "none"}),
        ("add_factor", {"kind": "totp"}),
    ]


def test_the_secret_waits_sealed_and_lies_sealed(client: Client, olga: User) -> None:
    log_in(client, olga)
    secret = shown_secret(client)
    assert secret not in str(client.session[SECRET_SESSION_KEY])
    client.post(APP, {"code": code(secret)})
    assert SECRET_SESSION_KEY not in client.session
    client.get(CODES)
    stored = everything_stored()
    assert not any(each in stored for each in [secret, *recovery_codes(olga)])


def test_the_picture_is_a_drawing_of_the_page(client: Client, olga: User) -> None:
    log_in(client, olga)
    page = client.get(APP).content.decode()
    assert re.search(r'<path class="qr-dark"\s+d="(M\d+ \d+h1v1h-1z){300,}"', page)
    assert "data:" not in page
    assert "olga@" not in page


def test_the_next_log_in_asks_for_what_was_enrolled(client: Client, olga: User) -> None:
    log_in(client, olga)
    secret = shown_secret(client)
    client.post(APP, {"code": code(secret)})
    later = Client()
    assert log_in(later, olga).url == FACTOR
    assert later.post(FACTOR, {"code": code(secret, later=1)}).url == INDEX


def test_the_only_factor_stays(olga: User, at_desk, app) -> None:
    app(olga)
    client = at_desk(olga)
    page = client.get(f"{APP}remove/").content.decode()
    assert "your only second factor" in page
    client.post(f"{APP}remove/")
    assert Authenticator.objects.filter(user=olga, type="totp").exists()
    passkey(olga)
    assert client.post(f"{APP}remove/").url == OWN
    assert not Authenticator.objects.filter(user=olga, type="totp").exists()
    key = Authenticator.objects.get(user=olga, type="webauthn")
    assert "your only second factor" in client.get(f"/admin/account/passkey/{key.pk}/remove/").content.decode()
    client.post(f"/admin/account/passkey/{key.pk}/remove/")
    assert Authenticator.objects.filter(pk=key.pk).exists()
    assert [(verb, details) for verb, _who, _which, details in events()] == [("remove_factor", {"kind": "totp"})]


def passkey(user: User, name: str = "Yellow key") -> Authenticator:
    """Store a passkey as a browser would have made it, without what only its use needs."""
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": {}})


def test_a_passkey_is_named_and_removed_by_its_owner_only(olga: User, piet: User, at_desk, app) -> None:
    app(olga)
    key, client, other = passkey(olga), at_desk(olga), at_desk(piet)
    page, remove = f"/admin/account/passkey/{key.pk}/", f"/admin/account/passkey/{key.pk}/remove/"
    assert {other.get(url).status_code for url in (page, remove)} == {404}
    assert {other.post(url, {"name": "mine"}).status_code for url in (page, remove)} == {404}
    assert client.post(page, {"name": "Blue key"}).url == OWN
    assert "Blue key" in client.get(OWN).content.decode()
    assert client.post(remove).url == OWN
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_new_recovery_codes_end_the_old(olga: User, at_desk, app) -> None:
    app(olga)
    client, old = at_desk(olga), recovery_codes(olga)
    assert client.get(f"{CODES}new/").status_code == 200
    assert client.post(f"{CODES}new/").url == CODES
    assert not set(recovery_codes(olga)) & set(old)
    assert [details for _verb, _who, _which, details in events("add_factor")] == [{"kind": "recovery_codes"}]


def test_a_change_is_told_by_e_mail(client: Client, olga: User) -> None:
    log_in(client, olga)
    client.post(APP, {"code": code(shown_secret(client))})
    letters.send_all()
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["olga@example.org"], "Your log-in was changed")


# --- Lost ------------------------------------------------------------------------------
def test_an_administrator_resets_a_lost_factor(olga: User, ada: User, at_desk, app, client: Client) -> None:
    app(olga)
    working, desk = at_desk(olga), at_desk(ada)
    desk.post(f"/admin/accounts/user/{olga.pk}/reset_factor/")
    assert not Authenticator.objects.exists()
    assert not opens(working)
    # Neither the old password nor who finds the phone leads back in, only the mailbox.
    assert log_in(client, olga).status_code == 200
    assert list(Letter.objects.values_list("kind", flat=True)) == [Letter.Kind.RENEWED]
    letters.send_all()
    client.get(re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)[1])
    client.post("/admin/account/password/", {"password": "violet kettle under rain"})
    assert client.get(INDEX).url == "/admin/account/enrol/"
    assert events("reset_factor") == [("reset_factor", f"user:{ada.pk}", f"user:{olga.pk}", {})]


def test_without_an_address_nothing_is_reset(piet: User, ada: User, at_desk, app) -> None:
    app(piet)
    page = at_desk(ada).post(f"/admin/accounts/user/{piet.pk}/reset_factor/", follow=True)
    assert "this account has no address" in page.content.decode()
    assert Authenticator.objects.filter(user=piet).count() == 2
