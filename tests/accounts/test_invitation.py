"""Nobody signs up: administrators invite by e-mail, and an invitation works once."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import actions, letters, links
from accounts.models import Letter, Role, User
from tests.accounts.conftest import ENROL, INDEX, LOGIN, PASSWORD, events, log_in

CHOOSE = "/admin/account/password/"
NEW = "violet kettle under rain"


@pytest.fixture
def nora(db: None) -> User:
    """A person who is about to be invited."""
    return User(username="nora", email="nora@example.org", first_name="Nora", roles=[Role.OFFICER])


@pytest.fixture
def invited(nora: User, ada: User) -> User:
    """One who was."""
    actions.invite(user=nora, by=ada)
    return nora


def last_link() -> str:
    """Send what waits, and return the path in the last letter."""
    letters.send_all()
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def test_the_letter_tells_what_to_do(invited: User) -> None:
    letters.send_all()
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["nora@example.org"], "Your account at the community reports")
    assert "Hello Nora" in letter.body
    assert "72 hours" in letter.body
    letters.send_all()
    assert len(mail.outbox) == 1


def test_an_invited_person_sets_a_password_and_goes_on_to_the_second_factor(client: Client, invited: User) -> None:
    link = last_link()
    # The token leaves the address at once.
    assert client.get(link).url == CHOOSE
    assert "nora" in client.get(CHOOSE).content.decode()
    assert client.post(CHOOSE, {"password": NEW}).url == INDEX
    assert client.get(INDEX).url == ENROL
    assert client.get("/admin/account/app/").status_code == 200
    assert [(verb, who) for verb, who, *_rest in events("accept", "logon")] == [
        ("accept", f"user:{invited.pk}"),
        ("logon", f"user:{invited.pk}"),
    ]
    again = Client()
    again.get(link)
    assert again.get(CHOOSE).status_code == 410
    assert log_in(Client(), invited, NEW).url == INDEX


def test_a_newer_invitation_ends_the_older(invited: User, ada: User, at_desk, client: Client) -> None:
    older = last_link()
    desk = at_desk(ada)
    page = desk.get(f"/admin/accounts/user/{invited.pk}/change/").content.decode()
    assert "Send the invitation again" in page
    assert "e-mail sent" in page
    desk.post(f"/admin/accounts/user/{invited.pk}/invite/")
    newer = last_link()
    client.get(older)
    assert client.get(CHOOSE).status_code == 410
    client.get(newer)
    assert client.get(CHOOSE).status_code == 200


@pytest.mark.parametrize("hours", [1, 72])
def test_an_invitation_ends_with_its_time(invited: User, settings, client: Client, hours: int) -> None:
    settings.INVITATION_HOURS = 0
    client.get(last_link())
    assert client.get(CHOOSE).status_code == 410
    settings.INVITATION_HOURS = hours
    assert client.get(CHOOSE).status_code == 200


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_an_invitation_ends_with_the_account(invited: User, client: Client, field: str) -> None:
    client.get(last_link())
    User.objects.filter(pk=invited.pk).update(**{field: False})
    assert client.get(CHOOSE).status_code == 410


def test_a_made_up_link_opens_nothing(client: Client, invited: User) -> None:
    client.get(f"{CHOOSE}{links.make(user=invited, kind=links.INVITATION)[:-1]}x/")
    assert client.get(CHOOSE).status_code == 410
    assert client.post(CHOOSE, {"password": NEW}).status_code == 410
    assert Client().get(CHOOSE).status_code == 410


def test_a_link_ends_the_session_of_who_opens_it(invited: User, ada: User, at_desk) -> None:
    desk = at_desk(ada)
    desk.get(last_link())
    assert desk.get(INDEX).url == f"{LOGIN}?next={INDEX}"


def test_an_account_that_is_locked_stays_so(invited: User, client: Client) -> None:
    client.get(last_link())
    User.objects.filter(pk=invited.pk).update(locked_at=timezone.now())
    assert client.post(CHOOSE, {"password": NEW}).url == "/admin/account/closed/"


def test_an_invitation_needs_an_address(olga: User, ada: User, at_desk) -> None:
    olga.set_unusable_password()
    olga.save()
    page = at_desk(ada).post(f"/admin/accounts/user/{olga.pk}/invite/", follow=True)
    assert "this account has no address" in page.content.decode()
    assert not Letter.objects.exists()


def test_the_first_administrator_comes_from_the_command_line(db: None, client: Client) -> None:
    told = StringIO()
    call_command("make_administrator", "ada", "ada@example.org", stdout=told)
    link = re.search(r"https?://[^/]+(/\S+)", told.getvalue())[1]
    client.get(link)
    assert client.post(CHOOSE, {"password": NEW}).url == INDEX
    assert User.objects.get().roles == [Role.ADMINISTRATOR]
    with pytest.raises(CommandError, match="username"):
        call_command("make_administrator", "ada", "other@example.org")
    with pytest.raises(CommandError, match="e-mail address"):
        call_command("make_administrator", "eve", "ADA@example.org")


# --- Letters ------------------------------------------------------------------------
def test_a_letter_waits_for_a_mail_server_that_is_away(invited: User, settings, caplog) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    letters.send_all()
    letter = Letter.objects.get()
    assert (letter.sent_at, letter.attempts) == (None, 1)
    assert letter.run_after > timezone.now() + timedelta(minutes=1)
    assert "nora" not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    letters.send_all()
    assert mail.outbox == []
    Letter.objects.update(run_after=timezone.now())
    letters.send_all()
    assert len(mail.outbox) == 1


def test_no_row_holds_a_link(invited: User) -> None:
    letters.send_all()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM accounts_letter l")
        assert set(__import__("json").loads(cursor.fetchone()[0])) == {
            "id",
            "kind",
            "address",
            "asked_at",
            "run_after",
            "attempts",
            "sent_at",
            "user_id",
        }


def test_whose_password_is_set_is_not_invited_again(olga: User, ada: User, at_desk) -> None:
    at_desk(ada).post(f"/admin/accounts/user/{olga.pk}/invite/")
    assert User.objects.get(pk=olga.pk).check_password(PASSWORD)
