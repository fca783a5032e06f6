"""Passwords: long, not easily guessed, without rules of composition; forgotten ones renewed by e-mail."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from accounts import letters
from accounts.models import Letter, User
from tests.accounts.conftest import FACTOR, INDEX, LOGIN, PASSWORD, events, log_in, opens

ASK, ASKED, CHOOSE = "/admin/account/forgotten/", "/admin/account/forgotten/asked/", "/admin/account/password/"
CHANGE, NEW = "/admin/password_change/", "violet kettle under rain"

GOOD = [
    "violet kettle under rain",
    "vvvioletkettleunder",
    "ελαφρύς κόκκινος άνεμος",
    "赤い風が吹いている夜の海辺の石",
    "7f3k9w2m5q8x1v6",
    " leading and trailing blanks ",
]
BAD = [
    ("short enough 1", "at least 15 characters"),
    ("losangelespolice", "easily guessed"),
    ("LosAngelesPoliceDepartment2026", "easily guessed"),
    ("Password1234567!", "easily guessed"),
    ("aaaaaaaaaaaaaaaaaaaa", "easily guessed"),
    ("1234567890123456", "easily guessed"),
    ("qwertyuiopasdfghjkl", "easily guessed"),
    ("officer-officer-officer", "easily guessed"),
    ("abcabcabcabcabcabc", "easily guessed"),
    ("olga.petrova.olga", "easily guessed"),
]


@pytest.fixture
def olga(staff) -> User:
    """An officer who can be written to."""
    return staff("olga", "officer", areas=[1], email="olga@example.org", first_name="Olga", last_name="Petrova")


@pytest.mark.parametrize("password", GOOD)
def test_any_long_password_is_good(password: str) -> None:
    validate_password(password, User(username="olga"))


@pytest.mark.parametrize(("password", "reason"), BAD)
def test_an_easily_guessed_password_is_refused(password: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        validate_password(password, User(username="olga", first_name="Olga", last_name="Petrova"))


def test_the_agency_adds_words_of_its_own(settings) -> None:
    validate_password("ravenclawravenclaw")
    settings.PASSWORD_BLOCKLIST = ["Raven-claw"]
    with pytest.raises(ValidationError):
        validate_password("ravenclawravenclaw")


# --- Change --------------------------------------------------------------------------
def test_a_change_asks_for_the_present_password(olga: User, at_desk) -> None:
    client, elsewhere = at_desk(olga), at_desk(olga)
    page = client.post(CHANGE, {"oldpassword": "not this one at all", "password": NEW})
    assert list(page.context["form"].errors) == ["oldpassword"]
    assert client.post(CHANGE, {"oldpassword": PASSWORD, "password": "short"}).context["form"].errors
    assert client.post(CHANGE, {"oldpassword": PASSWORD, "password": NEW}).url == "/admin/account/"
    assert opens(client)
    assert not opens(elsewhere)
    assert events() == [("password", f"user:{olga.pk}", f"user:{olga.pk}", {})]
    letters.send_all()
    assert [letter.subject for letter in mail.outbox] == ["Your log-in was changed"]


# --- Forgotten -------------------------------------------------------------------------
def link() -> str:
    """Return the path in the last letter."""
    letters.send_all()
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def test_a_forgotten_password_is_renewed_but_never_the_second_factor(client: Client, olga: User, app) -> None:
    app(olga)
    elsewhere = Client()
    assert client.post(ASK, {"email": "OLGA@example.org"}).url == ASKED
    client.get(link())
    assert client.post(CHOOSE, {"password": NEW}).url == LOGIN
    assert not opens(client)
    assert log_in(client, olga, NEW).url == FACTOR
    assert not opens(client)
    assert log_in(elsewhere, olga, PASSWORD).status_code == 200
    assert [verb for verb, *_rest in events()] == ["ask_reset", "password", "fail"]


def test_who_never_enrolled_is_not_let_in_by_a_reset_either(client: Client, olga: User) -> None:
    client.post(ASK, {"email": "olga@example.org"})
    client.get(link())
    assert client.post(CHOOSE, {"password": NEW}).url == LOGIN
    assert client.get(INDEX).url == f"{LOGIN}?next={INDEX}"


@pytest.mark.parametrize("case", ["unknown", "off", "no staff", "invited"])
def test_the_answer_is_the_same_where_nothing_is_sent(client: Client, olga: User, case: str) -> None:
    change = {"off": {"is_active": False}, "no staff": {"is_staff": False}, "invited": {"password": "!"}}
    User.objects.filter(pk=olga.pk).update(**change.get(case, {"email": "other@example.org"}))
    answer = client.post(ASK, {"email": "olga@example.org"})
    assert (answer.status_code, answer.url) == (302, ASKED)
    assert client.get(ASKED).status_code == 200
    assert not Letter.objects.exists()


def test_links_are_not_asked_for_without_end(client: Client, olga: User) -> None:
    answers = [client.post(ASK, {"email": "olga@example.org"}).status_code for _each in range(6)]
    assert answers == [302] * 5 + [429]


def test_a_link_works_for_an_hour_and_once(client: Client, olga: User, settings) -> None:
    client.post(ASK, {"email": "olga@example.org"})
    path = link()
    settings.PASSWORD_RESET_MINUTES = 0
    client.get(path)
    assert client.get(CHOOSE).status_code == 410
    settings.PASSWORD_RESET_MINUTES = 60
    assert client.post(CHOOSE, {"password": "losangelespolice"}).context["form"].errors
    assert client.post(CHOOSE, {"password": NEW}).url == LOGIN
    client.get(path)
    assert client.post(CHOOSE, {"password": "another one of mine"}).status_code == 410


def test_a_reset_opens_no_locked_account(client: Client, olga: User) -> None:
    User.objects.filter(pk=olga.pk).update(locked_at="2026-11-01T00:00Z")
    client.post(ASK, {"email": "olga@example.org"})
    client.get(link())
    client.post(CHOOSE, {"password": NEW})
    assert log_in(client, olga, NEW).status_code == 200
    assert User.objects.get(pk=olga.pk).locked_at
