"""What was dumped."""

from reports import terms
from reports.sections import SECTIONS
from tests.reports.sections.conftest import shown

PILE = {
    "materials": ["furniture", "tires"],
    "amount": "truck",
    "still": "yes",
    "vehicle": "white van",
    "plate": "8XYZ 1O0",
}


def test_it_keeps_what_lies_there_and_who_brought_it(document) -> None:
    part = document("dumping", "illegal-dumping", **PILE)
    assert part == PILE
    assert shown("dumping", part) == [
        ("What was dumped", "Furniture or mattresses, Tires or vehicle parts", False),
        ("How much", "As much as fits in a pickup truck", False),
        ("Still there", "Yes", False),
        ("Vehicle that brought it", "white van", False),
        ("License plate", "8XYZ 1O0", True),
    ]


def test_what_and_how_much_are_enough(document) -> None:
    assert document("dumping", "illegal-dumping", materials="other", amount="unknown") == {
        "materials": ["other"],
        "amount": "unknown",
    }


def test_it_asks_for_these_two(errors) -> None:
    assert list(errors("dumping", "illegal-dumping", vehicle="white van")) == ["materials", "amount"]


def test_it_is_found_by_plate_and_vehicle(document) -> None:
    found = set(SECTIONS["dumping"].terms(document("dumping", "illegal-dumping", **PILE)))
    assert {*terms.identifier("plate", "8xyz100"), *terms.words("van")} <= found
