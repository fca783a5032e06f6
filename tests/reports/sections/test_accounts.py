"""Accounts and cards, never by their whole numbers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports import terms
from reports.sections import SECTIONS
from tests.reports.sections.conftest import shown
from tests.resident import rows

CARD = {
    "kind": "credit",
    "institution": "Westside Bank",
    "last_digits": "4242",
    "is_new": True,
    "first_date": "2026-02-01",
    "found_date": "2026-03-01",
    "loss": "1250.50",
    "note": "gas stations",
}
WHOLE = "This looks like a whole card or account number. To keep it safe, leave only the last 4 digits."
SHORT = "Type only the last 4 digits, so that nobody can use the whole number."


def fill(form, **typed: str):
    return form("accounts", "card-fraud", **rows({"kind": "debit", **typed}))


def test_it_keeps_each_account(document) -> None:
    part = document("accounts", "identity-theft", **rows({**CARD, "is_new": "on"}, {"kind": "tax"}))
    assert part == {"each": [CARD, {"kind": "tax"}]}
    assert shown("accounts", part) == [
        ("Account 1", "Credit card, Westside Bank, opened in my name, $1,250.50", False),
        ("Last 4 digits", "4242", True),
        ("First used", "February 1, 2026", False),
        ("Found out", "March 1, 2026", False),
        ("Used for", "gas stations", False),
        ("Account 2", "Taxes, job or public benefits in my name", False),
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("4242", "4242"), ("42 42", "4242"), ("**** 4242", "4242"), ("...42", "42"), ("٤٢٤٢", "4242"), ("四二", None)],
)
def test_it_takes_the_last_digits_however_they_are_written(form, typed: str, kept: str | None) -> None:
    filled = fill(form, last_digits=typed)
    assert filled.is_valid()
    assert filled.documents[0].get("last_digits") == kept


@pytest.mark.parametrize("typed", ["12345", "4242 4242 4242 4242", "4242-4242-4242-4242", "４２４２４２４２４２"])
def test_it_refuses_more_than_the_last_digits_kindly(form, typed: str) -> None:
    assert fill(form, last_digits=typed).errors == [{"last_digits": [SHORT]}]


@pytest.mark.parametrize("field", ["institution", "note"])
@pytest.mark.parametrize(
    "typed",
    [
        "Visa 4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111 expired",
        "3782 822463 10005",
        "my account 1234567",
        "٤١١١ ١١١١ ١١١١ ١١١١",
    ],
)
def test_it_refuses_a_whole_number_in_other_words_too(form, field: str, typed: str) -> None:
    assert fill(form, **{field: typed}).errors == [{field: [WHOLE]}]


@pytest.mark.parametrize(
    "typed", ["Bank, 1-800-432-1000", "2 times 250.00 on 02/03/2026", "ends in 4242", "$1,250,000"]
)
def test_it_takes_phone_numbers_sums_and_days(form, typed: str) -> None:
    assert fill(form, note=typed).is_valid()


@pytest.mark.parametrize("name", ["first_date", "found_date"])
def test_a_day_to_come_is_told_plainly(form, name: str) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert fill(form, **{name: tomorrow}).errors == [{name: ["This is in the future. Give a day that has passed."]}]


def test_it_is_found_by_the_company_but_not_by_digits(document) -> None:
    found = set(SECTIONS["accounts"].terms(document("accounts", "card-fraud", **rows({**CARD, "is_new": "on"}))))
    assert {*terms.words("westside gas")} <= found
    assert not {*terms.words("4242")} & found
