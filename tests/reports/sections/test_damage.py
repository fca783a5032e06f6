"""What was damaged."""

from decimal import Decimal

import pytest

from reports.models import Code, CodeTable
from reports.sections import SECTIONS
from reports.sections.damage import PROPERTY, Thing
from tests.reports.sections.conftest import shown
from tests.resident import rows

WINDOW = {
    "thing": "home",
    "harm": "broken",
    "description": "front window",
    "cost": "350.00",
    "owner": "neighbor",
    "owner_name": "Mina Park",
}


def test_it_keeps_and_counts_what_was_damaged(document) -> None:
    part = document("damage", "vandalism", **rows(WINDOW, {"thing": "car", "harm": "scratched"}))
    assert part == {"each": [WINDOW, {"thing": "car", "harm": "scratched"}]}
    facts = SECTIONS["damage"].facts(part)
    assert [(fact.kind, fact.code, fact.loss, fact.value) for fact in facts] == [
        ("property", "29", "4", Decimal("350.00")),
        ("property", "03", "4", None),
    ]


def test_it_shows_the_name_of_another_owner_as_personal(document) -> None:
    assert shown("damage", document("damage", "vandalism", **rows(WINDOW))) == [
        ("Damage 1", "A house or its door or window, Broken or smashed, front window, $350.00", False),
        ("Whose it is", "A neighbor or someone I know", False),
        ("Name of the owner", "Mina Park", True),
    ]


def test_it_counts_each_thing_under_a_code_of_the_table(db: None) -> None:
    assert PROPERTY.keys() == set(Thing)
    known = Code.objects.filter(table=CodeTable.PROPERTY).values_list("code", flat=True)
    assert set(PROPERTY.values()) <= set(known)
    # Destroyed, damaged or vandalized.
    assert Code.objects.get(table=CodeTable.LOSS, code="4").name.startswith("Destroyed/Damaged")


@pytest.mark.parametrize("missing", ["thing", "harm"])
def test_it_asks_what_and_how(form, missing: str) -> None:
    typed = {name: value for name, value in WINDOW.items() if name != missing}
    assert list(form("damage", "vandalism", **rows(typed)).errors[0]) == [missing]


def test_it_needs_one_thing(form) -> None:
    assert not form("damage", "vandalism", **rows({})).is_valid()


def test_a_repair_that_costs_nothing_is_an_answer(document) -> None:
    part = document("damage", "vandalism", **rows({**WINDOW, "cost": "0"}))
    assert SECTIONS["damage"].facts(part)[0].value == 0
