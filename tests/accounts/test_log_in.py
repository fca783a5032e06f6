"""Password and second factor, before anything opens."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as real
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from accounts import demo, sessions
from accounts.gate import ENROLMENT, ENTRANCE
from accounts.models import Role, User
from tests.accounts.conftest import (
    ENROL,
    FACTOR,
    INDEX,
    LOGIN,
    PASSWORD,
    code,
    events,
    log_in,
    opens,
    recovery_codes,
    wrong,
)
from tests.test_house import ARGUMENTS, addresses


def test_a_password_and_a_code_open_the_admin(client: Client, olga: User, app) -> None:
    secret = app(olga)
    assert log_in(client, olga).url == FACTOR
    assert not opens(client)
    assert client.post(FACTOR, {"code": code(secret)}).url == INDEX
    assert opens(client)
    assert opens(client, "/admin/review/")
    assert events() == [("logon", f"user:{olga.pk}", f"user:{olga.pk}", {"factor": "totp"})]


def test_the_page_asked_for_opens_after_the_log_in(client: Client, olga: User, app) -> None:
    secret = app(olga)
    page = client.get("/admin/review/?tab=decided")
    assert page.url == f"{LOGIN}?next=/admin/review/"
    log_in(client, olga, next="/admin/review/")
    assert client.post(FACTOR, {"code": code(secret)}).url == "/admin/review/"


def test_nobody_is_led_off_the_portal(client: Client, olga: User, app) -> None:
    secret = app(olga)
    log_in(client, olga, next="https://example.org/")
    assert client.post(FACTOR, {"code": code(secret)}).url == INDEX


def test_a_code_works_once(olga: User, app) -> None:
    secret, first, second = app(olga), Client(), Client()
    for client in (first, second):
        log_in(client, olga)
    assert first.post(FACTOR, {"code": code(secret)}).status_code == 302
    assert second.post(FACTOR, {"code": code(secret)}).status_code == 200
    assert not opens(second)


def test_a_recovery_code_works_once(olga: User, app) -> None:
    app(olga)
    [spare, *others] = recovery_codes(olga)
    for client, opened in ((Client(), True), (Client(), False)):
        log_in(client, olga)
        client.post(FACTOR, {"code": spare})
        assert opens(client) is opened
    assert recovery_codes(olga) == others
    assert events("logon") == [("logon", f"user:{olga.pk}", f"user:{olga.pk}", {"factor": "recovery_codes"})]


@pytest.mark.parametrize("name", ["olga", "nobody-of-this-name"])
def test_the_answer_to_a_wrong_password_tells_no_account(client: Client, olga: User, name: str) -> None:
    page = client.post(LOGIN, {"login": name, "password": "not this one, not at all"})
    assert page.status_code == 200
    assert page.context["form"].non_field_errors() == [
        (
            "The username or the password is not right, or the account is locked. After several wrong tries an account "
            "stays locked until an administrator releases it."
        )
    ]


def test_what_was_typed_for_an_unknown_account_is_stored_nowhere(client: Client, db: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.post(LOGIN, {"login": "typed-by-mistake", "password": "whatever it may be"})
    # Nor does it stand in a statement, which a database may log.
    assert [each["sql"] for each in asked if "typed-by-mistake" in each["sql"].lower()] == []
    assert events() == [("fail", "system", "user", {"step": "password"})]


def test_a_username_is_the_same_in_capitals(client: Client, olga: User, app) -> None:
    app(olga)
    assert client.post(LOGIN, {"login": "OLGA", "password": PASSWORD}).url == FACTOR


# --- Whoever has no second factor --------------------------------------------------
def half(user: User) -> Client:
    """Return a browser with a password alone."""
    client = Client()
    assert log_in(client, user).status_code == 302
    return client


def staff_addresses() -> dict[str, str]:
    """Return every named address of the staff side, with something in place of its arguments."""
    more = {"object_id": "1", "app_label": "reports", "url": "x", "content_type_id": 1, "token": "x", "pk": 1}
    found = {}
    for name, pattern in addresses(get_resolver()):
        if pattern.startswith("admin/") and name and not name.endswith(":"):
            wanted = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
            found[name] = reverse(name, kwargs={each: {**ARGUMENTS, **more}[each] for each in wanted})
    return found


def test_without_a_second_factor_one_is_led_to_enrol_and_opens_nothing_else(ada: User) -> None:
    client = half(ada)
    ada.roles = list(Role)
    ada.save()
    anywhere = {name: url for name, url in staff_addresses().items() if name not in ENTRANCE | ENROLMENT}
    shared = {reverse(name) for name in ENTRANCE | ENROLMENT if name in staff_addresses() and name != "account_link"}
    wrong_answers = {
        (name, answer.status_code)
        for name, url in anywhere.items()
        if url not in shared
        for answer in (client.get(url), client.post(url))
        if (answer.status_code, answer.headers.get("Location")) != (302, ENROL)
    }
    assert len(anywhere) > 50
    assert wrong_answers == set()


def test_whoever_is_not_logged_in_opens_nothing(client: Client, db: None) -> None:
    anywhere = {name: url for name, url in staff_addresses().items() if name not in ENTRANCE}
    shared = {reverse(name) for name in ENTRANCE if name in staff_addresses() and name != "account_link"}
    answers = {client.get(url).headers.get("Location", url) for url in anywhere.values() if url not in shared}
    assert {url.split("?")[0] for url in answers} == {LOGIN}


def test_the_admin_site_itself_asks_too(rf, olga: User, at_desk) -> None:
    from django.contrib import admin

    request = rf.get(INDEX)
    request.user, request.session = olga, at_desk(olga).session
    assert admin.site.has_permission(request)
    request.session[sessions.PROVEN] = False
    assert not admin.site.has_permission(request)
    request.session.update({sessions.PROVEN: True, sessions.SEEN: 0})
    assert not admin.site.has_permission(request)


def test_a_session_from_before_the_enrolment_stays_outside(olga: User, app) -> None:
    thief = half(olga)
    app(olga)
    assert thief.get(INDEX).url == ENROL
    assert thief.get("/admin/account/app/").status_code == 302


def test_who_is_no_staff_or_switched_off_does_not_get_in(client: Client, olga: User, app) -> None:
    secret = app(olga)
    for field in ("is_staff", "is_active"):
        User.objects.filter(pk=olga.pk).update(is_staff=True, is_active=True)
        User.objects.filter(pk=olga.pk).update(**{field: False})
        assert log_in(client, olga).url == "/admin/account/closed/"
        assert client.get("/admin/account/closed/").status_code == 200
        client.post(FACTOR, {"code": code(secret)})
        assert not opens(client)


def test_being_switched_off_ends_a_session(olga: User, at_desk) -> None:
    client = at_desk(olga)
    assert opens(client)
    User.objects.filter(pk=olga.pk).update(is_active=False)
    assert client.get(INDEX).url == f"{LOGIN}?next={INDEX}"


def test_losing_the_staff_mark_closes_every_page(olga: User, at_desk) -> None:
    client = at_desk(olga)
    User.objects.filter(pk=olga.pk).update(is_staff=False)
    assert client.get(INDEX).status_code == 403


def test_there_is_no_sign_up() -> None:
    names = {name for name, _pattern in addresses(get_resolver())}
    assert not {name for name in names if "signup" in name or "email" in name}


def test_the_way_out_is_recorded(olga: User, at_desk) -> None:
    client = at_desk(olga)
    assert client.get("/admin/logout/").status_code == 200
    assert client.post("/admin/logout/").url == LOGIN
    assert not opens(client)
    assert events() == [("logout", f"user:{olga.pk}", f"user:{olga.pk}", {"reason": "asked"})]


def test_the_banner_stands_above_the_log_in(client: Client, settings, db: None) -> None:
    settings.LOGON_BANNER = "For <officers> only"
    assert "For &lt;officers&gt; only" in client.get(LOGIN).content.decode()
    assert real.AGENCY_NAME in real.LOGON_BANNER or real.LOGON_BANNER == "For <officers> only"


# --- The demo ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("debug", "is_demo", "name", "opened"),
    [
        (True, True, "officer", True),
        (True, True, "olga", False),
        (True, False, "officer", False),
        (False, True, "officer", False),
        (False, False, "officer", False),
    ],
)
def test_only_a_demo_log_in_of_a_demo_goes_without(
    staff, settings, client: Client, debug: bool, is_demo: bool, name: str, opened: bool
) -> None:
    settings.DEBUG, settings.DEMO = debug, is_demo
    user = staff(name, Role.OFFICER, email="o@example.org")
    log_in(client, user)
    assert opens(client) is opened
    assert events("logon")[-1][3] == {"factor": "none"}


def test_a_demo_log_in_with_a_second_factor_is_asked_for_it(staff, settings, client: Client, app) -> None:
    settings.DEBUG = settings.DEMO = True
    officer = staff(next(iter(demo.ACCOUNTS)), Role.OFFICER)
    secret = app(officer)
    log_in(client, officer)
    assert not opens(client)
    client.post(FACTOR, {"code": wrong(secret)})
    assert not opens(client)


def test_the_secrets_of_a_second_factor_are_sealed_for_their_owner(olga: User, piet: User, app) -> None:
    secret = app(olga)
    app(piet)
    stored = Authenticator.objects.get(user=olga, type="totp")
    assert secret not in str(stored.data)
    # Another one's sealed secret, put into this row, opens for nobody.
    stored.data = Authenticator.objects.get(user=piet, type="totp").data
    stored.save()
    client = Client(raise_request_exception=False)
    log_in(client, olga)
    assert client.post(FACTOR, {"code": code(secret)}).status_code == 500
    assert not opens(client)
