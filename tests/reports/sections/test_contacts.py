"""Unwanted calls and messages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports import terms
from reports.sections import SECTIONS
from tests.reports.sections.conftest import shown
from tests.resident import rows

CALLS = {
    "channel": "call",
    "account": "+1 (213) 555-0177",
    "times": "12",
    "first_date": "2026-02-01",
    "last_date": "2026-03-01",
    "wording": "Sé dónde vives",
}


def test_it_keeps_each_number_with_its_days(document) -> None:
    part = document("contacts", "harassing-contact", **rows(CALLS, {"channel": "letter"}))
    assert part == {"each": [{**CALLS, "times": 12}, {"channel": "letter"}]}
    assert shown("contacts", part) == [
        ("Contact 1", "Phone calls, about 12 times", False),
        ("Number or account", "+1 (213) 555-0177", True),
        ("First time", "February 1, 2026", False),
        ("Last time", "March 1, 2026", False),
        ("Their words", "Sé dónde vives", False),
        ("Contact 2", "Letters or notes", False),
    ]


def test_it_happened_from_the_first_to_the_last_of_all_contacts(document) -> None:
    mails = {"channel": "email", "first_date": "2026-01-15"}
    columns = SECTIONS["contacts"].columns(document("contacts", "harassing-contact", **rows(CALLS, mails)))
    assert [timezone.localtime(moment).isoformat() for moment in columns.values()] == [
        "2026-01-15T00:00:00-08:00",
        "2026-03-01T23:59:00-08:00",
    ]
    none = document("contacts", "harassing-contact", **rows({"channel": "call"}))
    assert SECTIONS["contacts"].columns(none) == {"occurred_from": None, "occurred_until": None}


@pytest.mark.parametrize("account", ["blocked", "hidden number", "@someone", "sms 48722", "+98 21 5555", "无来电显示"])
def test_it_takes_every_way_of_naming_an_account(document, account: str) -> None:
    part = document("contacts", "harassing-contact", **rows({"channel": "call", "account": account}))
    assert part["each"][0]["account"] == account
    list(SECTIONS["contacts"].terms(part))


@pytest.mark.parametrize("name", ["first_date", "last_date"])
def test_a_day_to_come_is_told_plainly(form, name: str) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    filled = form("contacts", "harassing-contact", **rows({"channel": "call", name: tomorrow}))
    assert filled.errors == [{name: ["This is in the future. Give a day that has passed."]}]


def test_the_last_time_is_not_before_the_first(form) -> None:
    typed = {"channel": "call", "first_date": "2026-02-02", "last_date": "2026-02-01"}
    filled = form("contacts", "harassing-contact", **rows(typed))
    assert filled.errors == [{"last_date": ["The last day is before the first day."]}]


def test_it_is_found_by_number_address_and_words(document) -> None:
    mails = {"channel": "email", "account": "Someone@Example.org"}
    found = set(SECTIONS["contacts"].terms(document("contacts", "harassing-contact", **rows(CALLS, mails))))
    assert {*terms.phone("213 555 0177"), *terms.email("someone@example.org"), *terms.words("donde")} <= found
