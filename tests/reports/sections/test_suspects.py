"""People who were seen."""

import pytest

from reports import terms
from reports.sections import SECTIONS
from tests.reports.sections.conftest import shown
from tests.resident import rows

SLIM = {
    "looks": "grey beard, calm voice",
    "clothes": "green jacket",
    "met": "seen",
    "sex": "M",
    "age": "45-64",
    "height": "5'8\"",
    "build": "thin",
    "name": "Slim",
    "vehicle": "red bicycle",
}


def test_it_keeps_what_was_seen(document) -> None:
    part = document("suspects", "theft", **rows(SLIM, {"sex": "F"}))
    assert part == {"each": [SLIM, {"sex": "F"}]}
    assert shown("suspects", part) == [
        ("Person 1", "A man or boy, 45 to 64, Thin, 5'8\", grey beard, calm voice, green jacket", False),
        ("Seen before", "Yes, I have seen this person before", False),
        ("Came or left", "red bicycle", False),
        ("Name or nickname", "Slim", True),
        ("Person 2", "A woman or girl", False),
    ]


def test_it_lets_those_go_on_who_saw_nobody(document) -> None:
    for typed in (rows({}), rows({"sex": "", "looks": " "}), {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}):
        part = document("suspects", "theft", **typed)
        assert part == {"each": []}
        assert shown("suspects", part) == [("People you saw", "Nobody described", False)]


@pytest.mark.parametrize("name", SLIM)
def test_any_one_fact_is_enough(document, name: str) -> None:
    part = document("suspects", "theft", **rows({name: SLIM[name]}))
    assert part == {"each": [{name: SLIM[name]}]}
    assert list(SECTIONS["suspects"].lines(part))


def test_it_takes_five_people_and_no_more(form) -> None:
    assert form("suspects", "theft", **rows(*[{"sex": "M"}] * 5)).is_valid()
    assert not form("suspects", "theft", **rows(*[{"sex": "M"}] * 6)).is_valid()


def test_it_never_asks_for_race(form) -> None:
    assert "race" not in form("suspects", "theft", **rows({})).forms[0].fields


def test_it_is_found_by_name_and_looks(document) -> None:
    found = set(SECTIONS["suspects"].terms(document("suspects", "theft", **rows(SLIM))))
    assert {*terms.name("slim"), *terms.words("BEARD bicycle jacket")} <= found
