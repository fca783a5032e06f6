"""What a report type asks of a section by its options, and the ways to say who and where."""

import pytest

from reports import terms
from reports.models import Area
from reports.sections import SECTIONS
from tests.reports.sections.conftest import kind, shown
from tests.resident import rows

HIT = {"role": "mine", "plate": "7ABC123", "damage": "back bumper, white paint"}


# --- Vehicles of a crash ---------------------------------------------------------
def test_a_crash_asks_what_each_vehicle_had_to_do_with_it(document) -> None:
    part = document("vehicles", "hit-and-run", **rows(HIT, {"role": "other", "make": "Ford"}))
    assert part == {"each": [HIT, {"role": "other", "make": "Ford"}]}
    assert shown("vehicles", part) == [
        ("Vehicle 1", "Not described", False),
        ("What it has to do with it", "The vehicle that was hit", False),
        ("Damage", "back bumper, white paint", False),
        ("License plate", "7ABC123", True),
        ("Vehicle 2", "Ford", False),
        ("What it has to do with it", "The vehicle that hit it and drove away", False),
    ]
    assert set(terms.words("white bumper")) <= set(SECTIONS["vehicles"].terms(part))


def test_a_crash_wants_the_role(form) -> None:
    assert form("vehicles", "hit-and-run", **rows({"plate": "7ABC123"})).errors == [
        {"role": ["This field is required."]}
    ]


def test_other_types_do_not_ask_for_it(form) -> None:
    assert not {"role", "damage"} & form("vehicles", **rows({})).forms[0].fields.keys()


# --- Things that need not be named -------------------------------------------------
def test_a_supplement_may_name_no_thing(document) -> None:
    part = document("items", "supplement", **rows({}))
    assert part == {"each": []}
    assert shown("items", part) == [("Things", "None named", False)]
    assert len(SECTIONS["items"].form(report_type=kind("supplement")).forms) == 1


def test_a_supplement_counts_a_thing_that_is_named(document) -> None:
    part = document("items", "supplement", **rows({"kind": "75", "value": "20"}))
    assert [fact.code for fact in SECTIONS["items"].facts(part)] == ["75"]


def test_other_types_still_need_one(form) -> None:
    assert not form("items", "theft", **rows({})).is_valid()


# --- Where -----------------------------------------------------------------------
def test_online_is_a_place_of_its_own(document) -> None:
    part = document("where", "harassing-contact", online="a chat in a game")
    assert part == {"online": "a chat in a game", "premise": "58"}
    assert SECTIONS["where"].columns(part)["premise"] == "58"
    assert ("Online or by phone", "a chat in a game", True) in shown("where", part)


def test_a_chosen_kind_of_place_stays_beside_online(document) -> None:
    assert document("where", online="a call", premise="20")["premise"] == "20"


def test_a_line_is_enough_on_transit(document) -> None:
    part = document("where", transit="B Line, near Union Station")
    assert ("Bus or train", "B Line, near Union Station", True) in shown("where", part)
    assert set(terms.words("union")) <= set(SECTIONS["where"].terms(part))


def test_a_supplement_asks_for_the_part_of_the_city_only(form, document) -> None:
    area = Area.objects.get(number=5)
    assert list(form("where", "supplement").fields) == ["area"]
    assert document("where", "supplement", area=str(area.pk)) == {"area": area.pk}
    part = document("where", "supplement")
    assert part == {}
    assert SECTIONS["where"].columns(part)["area_id"] is None


# --- Who -------------------------------------------------------------------------
@pytest.mark.parametrize("part", ["myself", "witness", "family", "for_someone", "community", "business"])
def test_one_may_file_for_whoever_it_happened_to(document, part: str) -> None:
    told = document("person", part=part, name="Ana", phone="213 555 0142", for_whom="Casa del Sol")
    assert told["part"] == part
    assert ("Filing for", "Casa del Sol", True) in shown("person", told)


def test_a_call_back_asks_only_how_to_reach_someone(form, document) -> None:
    asked = form("person", "hate-callback")
    assert list(asked.fields) == ["name", "phone", "email", "speaks", "safe_times"]
    part = document("person", "hate-callback", phone="213 555 0142", speaks="ASL", safe_times="mornings")
    assert shown("person", part) == [
        ("Phone", "213 555 0142", True),
        ("Language to speak", "ASL", True),
        ("Safe times", "mornings", True),
    ]


def test_a_call_back_needs_a_phone_or_an_email(errors) -> None:
    said = "Give an e-mail or a phone number, so that we can reach you."
    assert errors("person", "hate-callback", name="Ana") == {"phone": [said]}
    assert errors("person", "hate-callback", email="ana@example.org") == {}
    assert list(errors("person", "hate-callback", email="ana@")) == ["email"]


# --- When ------------------------------------------------------------------------
def test_the_last_day_has_passed(errors) -> None:
    said = "This is in the future. Give the last day or time that has passed."
    assert errors("when", date="2026-03-02", until_date="2999-01-01") == {"until_date": [said]}


def test_a_last_time_of_the_same_day_is_shown(document) -> None:
    part = document("when", date="2026-03-02", time="08:00", until_time="09:30")
    assert shown("when", part)[1] == ("At the latest", "March 2, 2026, 9:30\u202fAM", False)


def test_a_last_time_that_the_clocks_jumped_over_is_told(errors) -> None:
    said = "This time did not exist: the clocks went forward that night."
    assert errors("when", date="2026-03-08", time="01:00", until_time="02:30") == {"until_time": [said]}
