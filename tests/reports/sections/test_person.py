"""Who reports."""

import pytest

from reports import terms
from reports.sections import SECTIONS
from tests.reports.sections.conftest import ANONYMOUS, shown

ANA = {"part": "myself", "name": "Ana", "email": "ana@example.org"}


@pytest.mark.parametrize("name", ["Ana", "李小明", "Sukarno", "Nguyễn Thị Minh Khai", "محمد", "O'Neil-Núñez y García"])
def test_one_name_in_any_script_is_enough(document, name: str) -> None:
    part = document("person", **(ANA | {"name": name}))
    assert part == {"part": "myself", "name": name, "email": "ana@example.org"}
    assert ("Your name", name, True) in shown("person", part)
    assert set(terms.name(name)) <= set(SECTIONS["person"].terms(part))


@pytest.mark.parametrize(
    "phone",
    [
        "213 555 0142",
        "(213) 555-0142 ext. 77",
        "+52 55 1234 5678",
        "٢١٣ ٥٥٥ ٠١٤٢",
        "213-555-0142 x7",
        "555 0142 ask for Ana",
    ],
)
def test_a_phone_number_may_be_written_in_any_way(document, phone: str) -> None:
    part = document("person", part="myself", name="Ana", phone=phone)
    assert part["phone"] == phone
    assert SECTIONS["person"].columns(part)["has_email"] is False


@pytest.mark.parametrize("phone", ["1234", "none", "call me"])
def test_a_phone_number_has_digits(errors, phone: str) -> None:
    assert errors("person", part="myself", name="Ana", phone=phone) == {
        "phone": ["This does not look like a phone number. Check the digits."]
    }


def test_a_name_and_a_way_to_reach_them_are_needed(errors) -> None:
    assert errors("person", part="myself") == {
        "name": ["Give a name we can call you by."],
        "email": ["Give an e-mail or a phone number, so that we can reach you."],
    }
    assert list(errors("person", part="myself", name="  ", email="ana@example.org")) == ["name"]


def test_a_mistyped_address_is_the_only_mistake(errors) -> None:
    assert list(errors("person", part="myself", name="Ana", email="ana@")) == ["email"]


def test_the_part_is_needed(errors) -> None:
    assert list(errors("person", name="Ana", email="ana@example.org")) == ["part"]
    assert list(errors("person", **(ANA | {"part": "mayor"}))) == ["part"]


def test_unnamed_only_where_the_type_allows_it(form, errors) -> None:
    assert "anonymous" in form("person", ANONYMOUS).fields
    assert "anonymous" not in form("person").fields
    assert list(errors("person", part="witness", anonymous="on")) == ["name", "email"]


def test_unnamed_sets_aside_what_was_typed(document) -> None:
    typed = ANA | {"anonymous": "on", "interpreter": "on", "phone": "213 555 0142", "safe_times": "mornings"}
    part = document("person", ANONYMOUS, **typed)
    assert part == {"part": "myself", "anonymous": True, "interpreter": True}
    columns = SECTIONS["person"].columns(part)
    assert (columns["is_anonymous"], columns["has_email"]) == (True, False)
    assert list(SECTIONS["person"].terms(part)) == []
    assert ("Your name", "Not given", False) in shown("person", part)


def test_unnamed_forgives_mistakes_in_what_is_set_aside(document) -> None:
    typed = {"part": "witness", "anonymous": "on", "email": "half an addr", "phone": "12", "name": "x" * 300}
    assert document("person", ANONYMOUS, **typed) == {"part": "witness", "anonymous": True}


def test_all_but_the_part_is_personal(document) -> None:
    whole = ANA | {
        "part": "for_someone",
        "for_whom": "Bo",
        "phone": "213 555 0142",
        "contact": "phone",
        "safe_times": "mornings",
        "interpreter": "on",
    }
    part = document("person", **whole)
    assert {label: personal for label, _value, personal in shown("person", part)} == {
        "Your part in this": False,
        "Your name": True,
        "Filing for": True,
        "E-mail": True,
        "Phone": True,
        "Safe times": True,
        "Reach you by": False,
        "Interpreter": False,
    }
    assert {*terms.name("Ana Bo"), *terms.email("ana@example.org"), *terms.phone("213 555 0142")} <= set(
        SECTIONS["person"].terms(part)
    )


def test_nobody_is_asked_about_immigration(form) -> None:
    asked = " ".join(str(field.label) + str(field.help_text) for field in form("person", ANONYMOUS).fields.values())
    assert [word for word in ("immigra", "citizen", "visa", "passport", "born") if word in asked.lower()] == []
