"""Exports and changes to accounts ask once more who is there."""

import pytest
from django.test import Client

from accounts import sessions
from accounts.models import User
from reports.models import Export
from tests.accounts.conftest import PASSWORD, code
from tests.accounts.test_admin import posted

AGAIN, AGAIN_BY_CODE, EXPORT = "/admin/account/again/", "/admin/account/again/code/", "/admin/export/new/"
ASKED = {"kind": "csv", "columns": ["reference", "type"], "reason": "records", "do": "ask"}


def grow_old(client: Client) -> Client:
    """Let the last proof be a quarter of an hour ago."""
    session = client.session
    session[sessions.FRESH] -= 15 * 60
    session.save()
    return client


def test_an_export_goes_on_after_the_password(sue: User, at_desk) -> None:
    client = at_desk(sue)
    assert client.get(EXPORT).status_code == 200
    grow_old(client)
    assert client.get(EXPORT).url == f"{AGAIN}?next=%2Fadmin%2Fexport%2Fnew%2F"
    assert client.post(EXPORT, ASKED).url == f"{AGAIN}?next=%2Fadmin%2Fexport%2Fnew%2F"
    assert client.post(f"{AGAIN}?next={EXPORT}", {"password": "not this one at all"}).status_code == 200
    assert not Export.objects.exists()
    made = client.post(f"{AGAIN}?next={EXPORT}", {"password": PASSWORD})
    export = Export.objects.get()
    assert (made.url, export.columns) == (f"/admin/export/{export.pk}/", ["reference", "type"])
    assert client.get(EXPORT).status_code == 200


def test_the_audit_log_leaves_after_the_password(staff, at_desk) -> None:
    client, url = grow_old(at_desk(staff("otto", "auditor"))), "/admin/audit/download/"
    assert client.get("/admin/audit/").status_code == 200
    assert client.post(url, {"reason": "review"}).url.startswith(AGAIN)
    file = client.post(f"{AGAIN}?next={url}", {"password": PASSWORD})
    assert "audit-log.csv" in file.headers.get("Content-Disposition", "")


def test_a_code_does_as_well(sue: User, at_desk, app) -> None:
    secret = app(sue)
    client = grow_old(at_desk(sue))
    client.get(EXPORT)
    assert AGAIN_BY_CODE in client.get(f"{AGAIN}?next={EXPORT}").content.decode()
    assert client.post(f"{AGAIN_BY_CODE}?next={EXPORT}", {"code": code(secret)}).url == EXPORT
    assert client.get(EXPORT).status_code == 200


def test_a_change_of_an_account_goes_on_after_the_password(ada: User, olga: User, at_desk) -> None:
    client, url = grow_old(at_desk(ada)), f"/admin/accounts/user/{olga.pk}/change/"
    assert client.get(url).status_code == 200
    assert client.post(url, posted(olga, roles=["clerk"])).url.startswith(AGAIN)
    assert User.objects.get(pk=olga.pk).roles == ["officer"]
    assert client.post(f"{AGAIN}?next={url}", {"password": PASSWORD}).status_code == 302
    assert User.objects.get(pk=olga.pk).roles == ["clerk"]


@pytest.mark.parametrize("step", ["disable", "reset_factor"])
def test_a_step_with_an_account_asks_too(ada: User, olga: User, at_desk, step: str) -> None:
    client = grow_old(at_desk(ada))
    assert client.post(f"/admin/accounts/user/{olga.pk}/{step}/").url.startswith(AGAIN)
    now = User.objects.get(pk=olga.pk)
    assert now.is_active
    assert now.has_usable_password()


@pytest.mark.parametrize("page", ["app/", "passkey/", "codes/", "codes/new/"])
def test_ones_own_second_factor_asks_too(olga: User, at_desk, app, page: str) -> None:
    app(olga)
    client = grow_old(at_desk(olga))
    if page == "app/":
        page = "app/remove/"
    assert client.get(f"/admin/account/{page}").url.startswith(AGAIN)


def test_how_long_a_proof_is_fresh_is_a_setting(sue: User, at_desk, settings) -> None:
    settings.FRESH_LOGIN_MINUTES = 20
    assert grow_old(at_desk(sue)).get(EXPORT).status_code == 200


def test_a_look_at_the_queue_never_asks(sue: User, at_desk) -> None:
    assert grow_old(at_desk(sue)).get("/admin/review/").status_code == 200
