"""Things and vehicles: several forms of one kind, with buttons that need no script."""

from decimal import Decimal

import pytest

from reports import terms
from reports.intake.repeat import add_row, remove_row, total
from reports.sections import SECTIONS
from tests.reports.sections.conftest import kind, shown
from tests.resident import ANSWERS, Resident, rows, with_area

PHONE = {
    "kind": "75",
    "brand": "Fairphone",
    "description": "green",
    "serial": "SN-0042",
    "quantity": "2",
    "value": "499.50",
}


def test_each_thing_is_kept_and_counted(document) -> None:
    part = document("items", **rows(PHONE, {"kind": "08"}))
    first, second = part["each"]
    assert {name: first[name] for name in PHONE} == {**PHONE, "quantity": 2}
    assert second["kind"] == "08"
    facts = SECTIONS["items"].facts(part)
    assert [(fact.kind, fact.code, fact.quantity, fact.value) for fact in facts] == [
        ("property", "75", 2, Decimal("499.50")),
        ("property", "08", 1, None),
    ]


def test_a_thing_is_shown_with_its_serial_number_apart(document) -> None:
    lines = shown("items", document("items", **rows(PHONE)))
    assert lines[0][0] == "Item 1"
    assert lines[0][1].endswith("Fairphone, green, × 2, $499.50")
    assert not lines[0][2]
    assert lines[-1] == ("Serial number", "SN-0042", True)


def test_a_thing_that_is_worth_nothing_says_so(document) -> None:
    part = document("items", **rows({"kind": "75", "value": "0"}))
    assert part["each"][0]["value"] == "0"
    assert SECTIONS["items"].facts(part)[0].value == Decimal(0)


def test_a_thing_is_found_by_serial_number_and_words(document) -> None:
    found = set(SECTIONS["items"].terms(document("items", **rows(PHONE))))
    assert {*terms.identifier("serial", "sn 0042"), *terms.words("fairphone green")} <= found


def test_at_least_one_thing_is_needed(form) -> None:
    for typed in (rows({}), rows({"kind": ""}), {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}):
        assert not form("items", **typed).is_valid()


def test_an_empty_row_behind_a_full_one_is_no_mistake(document) -> None:
    assert len(document("items", **rows(PHONE, {}, {"kind": "", "brand": ""}))["each"]) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quantity", "0"),
        ("quantity", "many"),
        ("value", "-1"),
        ("value", "a lot"),
        ("value", "1" * 13),
        ("kind", "999"),
        ("brand", "x" * 101),
        ("serial", "x" * 101),
    ],
)
def test_nonsense_is_named_beside_its_box(form, field: str, value: str) -> None:
    filled = form("items", **rows(PHONE | {field: value}))
    assert [list(errors) for errors in filled.errors] == [[field]]


def test_twenty_things_are_enough(form) -> None:
    assert form("items", **rows(*[PHONE] * 20)).is_valid()
    assert not form("items", **rows(*[PHONE] * 21)).is_valid()


@pytest.mark.parametrize("count", ["-1", "x", "", "1000000"])
def test_a_forged_count_is_no_error(form, count: str) -> None:
    assert not form("items", **(rows(PHONE) | {"form-TOTAL_FORMS": count})).is_valid()


@pytest.mark.parametrize(
    "plate", ["7ABC123", "B-MW 2026", "京A·12345", "دبي 12345", "กข 1234", "м123аа 77", "한국 12가 3456"]
)
def test_plates_of_every_country_are_welcome(document, plate: str) -> None:
    part = document("vehicles", **rows({"plate": plate, "plate_from": "far away"}))
    assert part["each"] == [{"plate": plate, "plate_from": "far away"}]
    assert ("License plate", f"{plate} · far away", True) in shown("vehicles", part)
    assert set(terms.identifier("plate", plate.lower())) <= set(SECTIONS["vehicles"].terms(part))


def test_one_fact_of_a_vehicle_is_enough(document) -> None:
    part = document("vehicles", **rows({"colour": "blue"}))
    assert shown("vehicles", part) == [("Vehicle 1", "blue", False)]


def test_a_vehicle_is_shown_with_plate_and_number_apart(document) -> None:
    whole = {"plate": "7ABC123", "make": "Toyota", "model": "Corolla", "year": "1998", "colour": "blue", "vin": "1HG"}
    assert shown("vehicles", document("vehicles", **rows(whole))) == [
        ("Vehicle 1", "1998, Toyota, Corolla, blue", False),
        ("License plate", "7ABC123", True),
        ("Vehicle number (VIN)", "1HG", True),
    ]


@pytest.mark.parametrize("year", ["1884", "2101", "new"])
def test_a_year_must_be_one_of_cars(form, year: str) -> None:
    assert [list(errors) for errors in form("vehicles", **rows({"year": year})).errors] == [["year"]]


def raw(*typed: dict[str, str]) -> dict[str, list[str]]:
    return {name: [value] for name, value in rows(*typed).items()}


def test_a_row_is_added() -> None:
    typed = raw({"kind": "75"})
    add_row(typed)
    assert (total(typed), typed["form-0-kind"]) == (2, ["75"])


@pytest.mark.parametrize(("which", "left"), [("0", ["b", "c"]), ("1", ["a", "c"]), ("2", ["a", "b"])])
def test_a_row_is_removed_and_the_others_close_up(which: str, left: list[str]) -> None:
    typed = raw({"brand": "a"}, {"brand": "b"}, {"brand": "c"})
    remove_row(typed, which)
    assert total(typed) == 2
    assert [typed[f"form-{at}-brand"] for at in range(2)] == [[brand] for brand in left]
    assert "form-2-brand" not in typed


def test_the_last_row_is_emptied_instead() -> None:
    typed = raw({"brand": "a"})
    remove_row(typed, "0")
    assert (total(typed), "form-0-brand" in typed) == (1, False)


@pytest.mark.parametrize("which", ["", "x", "-1", "²", "9", "1" * 30])
def test_a_forged_row_changes_no_answer(which: str) -> None:
    typed = raw({"brand": "a"}, {"brand": "b"})
    remove_row(typed, which)
    assert [typed[f"form-{at}-brand"] for at in range(2)] == [["a"], ["b"]]


@pytest.mark.parametrize(("said", "meant"), [("3", 3), ("", 1), ("x", 1), ("-1", 1), ("²", 1), ("999", 50)])
def test_nonsense_counts_as_one(said: str, meant: int) -> None:
    assert total({"form-TOTAL_FORMS": [said]}) == meant


def test_the_buttons_of_the_page_keep_what_was_typed(resident: Resident) -> None:
    draft = resident.begin("lost-property")
    url = resident.url("intake:step", draft, "items")

    def brands(button: dict[str, str], *typed: dict[str, str]) -> list[str]:
        resident.client.post(url, rows(*typed) | button)
        return [row["brand"].value() or "" for row in resident.client.get(url).context["form"]]

    assert brands({"add": "1"}, {"brand": "a"}) == ["a", ""]
    assert brands({"add": "1"}, {"brand": "a"}, {"brand": "b"}) == ["a", "b", ""]
    assert brands({"remove": "0"}, {"brand": "a"}, {"brand": "b"}, {"brand": "c"}) == ["b", "c"]
    assert brands({"remove": "0"}, {"brand": "a"}) == [""]


def test_the_shipped_answers_are_valid(form) -> None:
    """What every other test files with."""
    for slug, steps in ANSWERS.items():
        for step, typed in steps.items():
            assert SECTIONS[step].key == step
            assert form(step, slug, **with_area(typed)).is_valid(), (slug, step)
    assert kind("lost-property").slug == "lost-property"
