"""Wrong codes make wait, and lock nobody out."""

import time

import pytest
from django.core import signing
from django.http import HttpResponse

from reports import counters, slowing, vault
from tests.resident import Receipt, Resident


def ask(browser: Resident, receipt: Receipt, code: str, ticket: str = "") -> HttpResponse:
    asked = {"reference": receipt.reference, "access_code": code, "ticket": ticket}
    return browser.client.post(browser.url("status:find"), asked)


@pytest.fixture
def guessed(receipt: Receipt) -> Receipt:
    """A report whose code was guessed at six times."""
    for number in range(6):
        assert ask(Resident(), receipt, f"0000-0000-000{number}").status_code == 200
    return receipt


def given(ticket: str, *, seconds_ago: float) -> str:
    """Return the ticket as if it had been given earlier."""
    digest, _at = signing.loads(ticket, salt="slowing")
    return signing.dumps([digest, time.time() - seconds_ago], salt="slowing")


def test_it_asks_to_wait_and_keeps_what_was_typed(guessed: Receipt) -> None:
    page = ask(Resident(), guessed, guessed.access_code)
    assert page.status_code == 429
    assert page.context["form"].non_field_errors() == [
        "Please wait 1 second, then press the button again. What you typed is still here."
    ]
    assert f'value="{guessed.access_code}"' in page.text
    assert page.context["ticket"] in page.text


def test_after_the_wait_the_right_code_opens_while_others_go_on_guessing(guessed: Receipt) -> None:
    resident = Resident()
    ticket = given(ask(resident, guessed, guessed.access_code).context["ticket"], seconds_ago=3.1)
    for number in range(20):
        slowing.note_wrong("status:" + guessed.reference)
        assert ask(Resident(), guessed, f"1111-1111-1{number:03}").status_code == 429
    assert ask(resident, guessed, guessed.access_code, ticket).url == "/en/status/report/"


def test_before_its_time_a_ticket_opens_nothing(guessed: Receipt) -> None:
    ticket = ask(Resident(), guessed, guessed.access_code).context["ticket"]
    for _more in range(slowing.LONGEST_WAIT):
        slowing.note_wrong("status:" + guessed.reference)
    assert ask(Resident(), guessed, guessed.access_code, ticket).status_code == 429


def test_a_ticket_is_for_one_code_of_one_report(guessed: Receipt) -> None:
    ticket = given(ask(Resident(), guessed, "2222-2222-2222").context["ticket"], seconds_ago=4)
    assert ask(Resident(), guessed, guessed.access_code, ticket).status_code == 429
    assert ask(Resident(), guessed, "2222-2222-2222", ticket).status_code == 200


@pytest.mark.parametrize("ticket", ["", "x", "WyJhIiwxXQ:1abc:zzz", "of another salt"])
def test_a_forged_ticket_is_none(guessed: Receipt, ticket: str) -> None:
    ticket = signing.dumps(["a", 1.0], salt="other") if ticket == "of another salt" else ticket
    assert ask(Resident(), guessed, guessed.access_code, ticket).status_code == 429


def test_an_old_ticket_is_none(guessed: Receipt, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = given(ask(Resident(), guessed, guessed.access_code).context["ticket"], seconds_ago=60)
    monkeypatch.setattr(slowing, "TICKET_SECONDS", -1)
    assert ask(Resident(), guessed, guessed.access_code, ticket).status_code == 429


def test_an_unknown_reference_is_slowed_alike(db: None) -> None:
    unknown = Receipt("R-0000-0000", "ABCD-EFGH-JKMN")
    answers = [ask(Resident(), unknown, unknown.access_code).status_code for _each in range(8)]
    assert answers == [200] * 6 + [429] * 2


def test_another_report_opens_at_once(guessed: Receipt, resident: Resident) -> None:
    other = resident.file("lost-property")
    assert ask(Resident(), other, other.access_code).status_code == 302


def test_many_wrong_codes_for_many_reports_slow_all(receipt: Receipt) -> None:
    for number in range(slowing.FREE_FOR_ALL + 2):
        slowing.note_wrong(f"status:{number}")
    assert slowing.wait("status:" + receipt.reference, "x") == 2
    page = ask(Resident(), receipt, receipt.access_code)
    assert page.status_code == 429
    ticket = given(page.context["ticket"], seconds_ago=3)
    assert ask(Resident(), receipt, receipt.access_code, ticket).status_code == 302


def test_nobody_waits_longer_than_three_seconds(db: None) -> None:
    for _each in range(50):
        slowing.note_wrong("status:one")
    assert slowing.wait("status:one", "x") == 3


def test_redis_learns_neither_reference_nor_code(guessed: Receipt, settings) -> None:
    client = counters.client(settings.REDIS_URL)
    keys = b" ".join(client.scan_iter(f"{counters.SPACE}:wrong:*")).decode()
    assert keys.count("wrong:") == 2
    assert guessed.reference not in keys
    assert guessed.reference.replace("-", "") not in keys
    assert all(0 < client.ttl(key) <= 900 for key in client.scan_iter(f"{counters.SPACE}:wrong:*"))


def test_without_redis_every_code_waits_the_longest_time_at_every_process(
    receipt: Receipt, settings, monkeypatch
) -> None:
    settings.REDIS_URL = "unix:///nowhere/at/all.sock"
    monkeypatch.setattr(counters, "_rest_until", 0.0)
    first = ask(Resident(), receipt, receipt.access_code)
    assert first.status_code == 429
    assert slowing.wait("status:R-0000-0000", "x") == slowing.LONGEST_WAIT
    for _each in range(8):
        slowing.note_wrong("status:" + receipt.reference)
    assert slowing.wait("status:" + receipt.reference, "x") == slowing.LONGEST_WAIT
    ticket = given(first.context["ticket"], seconds_ago=3)
    assert ask(Resident(), receipt, receipt.access_code, ticket).status_code == 302
    monkeypatch.setattr(counters, "_rest_until", 0.0)


def test_names_are_keyed(db: None, settings) -> None:
    before = slowing._key("status:R-7K4M-93QX")
    settings.KEYRING = vault.new_keyring()
    vault.forget_keyring()
    assert slowing._key("status:R-7K4M-93QX") != before
