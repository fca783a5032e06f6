"""A mark on the map: what the script fills in is judged by the server, and never lost."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.models import Area
from reports.sections import SECTIONS
from reports.sections.pin import Pin, Unreadable
from tests.maps import FAR_AWAY, IN_CENTRAL, IN_RAMPART, IN_THE_HOLE, NEARLY_CENTRAL, ON_THE_BORDER, mark
from tests.reports.sections.conftest import shown

pytestmark = pytest.mark.django_db

UNREADABLE = "We could not read the mark on the map. Please set it again or remove it."
OUTSIDE = (
    "This mark is outside Los Angeles. If that is not what you mean, move it or remove it. "
    "If it is, tick the box below the map."
)
DISAGREE = (
    "Your mark on the map is in Rampart, but Central is chosen here. "
    "Choose Rampart if the mark is right. If not, move the mark or remove it."
)


def pk(number: int) -> int:
    return Area.objects.get(number=number).pk


@pytest.mark.usefixtures("two_areas")
class TestWithAMap:
    def test_a_mark_alone_is_a_place_and_finds_its_area(self, document) -> None:
        part = document("where", **mark(IN_RAMPART))
        assert part == {"latitude": "34.02000", "longitude": "-118.12000", "area": pk(2)}
        assert SECTIONS["where"].columns(part)["area_id"] == pk(2)

    def test_a_mark_on_a_border_finds_one_of_the_two(self, document) -> None:
        assert document("where", **mark(ON_THE_BORDER))["area"] == pk(1)

    def test_list_and_mark_that_agree_are_kept(self, document) -> None:
        part = document("where", area=str(pk(1)), address="6th and Main", **mark(IN_CENTRAL))
        assert part["area"] == pk(1)
        assert part["latitude"] == "34.05000"

    @pytest.mark.parametrize("place", [NEARLY_CENTRAL, ON_THE_BORDER, (-118.302, 34.05)])
    def test_the_list_stands_where_the_mark_is_close_by(self, document, place: tuple[float, float]) -> None:
        assert document("where", area=str(pk(1)), **mark(place))["area"] == pk(1)

    def test_list_and_mark_that_disagree_are_told_and_both_kept(self, form) -> None:
        filled = form("where", area=str(pk(1)), **mark(IN_RAMPART))
        assert filled.errors == {"area": [DISAGREE]}
        assert (filled["area"].value(), filled["latitude"].value()) == (str(pk(1)), "34.02000")

    def test_an_area_without_an_outline_cannot_disagree(self, document) -> None:
        assert document("where", area=str(pk(5)), **mark(IN_CENTRAL))["area"] == pk(5)

    @pytest.mark.parametrize("place", [FAR_AWAY, IN_THE_HOLE])
    def test_a_mark_outside_is_asked_about_and_kept(self, form, place: tuple[float, float]) -> None:
        filled = form("where", address="a bridge", **mark(place))
        assert filled.errors == {"latitude": [OUTSIDE]}
        assert filled["longitude"].value() == mark(place)["longitude"]
        assert filled["address"].value() == "a bridge"

    def test_a_mark_that_is_meant_to_be_outside_is_taken(self, document) -> None:
        part = document("where", outside="on", **mark(IN_THE_HOLE))
        assert part == {"latitude": "34.05000", "longitude": "-118.15000", "outside": True}
        assert SECTIONS["where"].columns(part)["area_id"] is None

    def test_a_mark_that_was_moved_inside_is_not_outside_any_more(self, document) -> None:
        assert "outside" not in document("where", outside="on", **mark(IN_CENTRAL))

    def test_the_word_outside_alone_is_no_place(self, errors) -> None:
        assert list(errors("where", outside="on")) == ["address"]

    @pytest.mark.parametrize(
        ("latitude", "longitude"),
        [
            ("34.05", ""),
            ("", "-118.25"),
            ("NaN", "NaN"),
            ("inf", "-inf"),
            ("Infinity", "-118.25"),
            ("1e1", "-118.25"),
            ("90.00001", "-118.25"),
            ("34.05", "-180.1"),
            ("999999999999999999999", "1"),
            ("34,05", "-118,25"),
            ("34.05.1", "-118.25"),
            ("north", "west"),
            ("3_4", "-118"),
            ("<script>", "-118"),
            ("34.05", "-118\x00"),
        ],
    )
    def test_what_is_no_place_is_told_once_and_kept(self, form, latitude: str, longitude: str) -> None:
        filled = form("where", latitude=latitude, longitude=longitude)
        assert filled.errors == {"latitude": [UNREADABLE]}
        assert (filled["latitude"].value(), filled["longitude"].value()) == (latitude, longitude)

    @pytest.mark.parametrize(
        ("latitude", "longitude"),
        [
            ("٣٤٫٠٥", "-١١٨٫٢٥"),
            ("۳۴.۰۵", "−۱۱۸.۲۵"),
            ("३४.०५", "-११८.२५"),
            (" 34.050000000001 ", "-118.25"),
            ("+34.05", "-118.25"),
        ],
    )
    def test_digits_of_every_script_are_read(self, document, latitude: str, longitude: str) -> None:
        part = document("where", latitude=latitude, longitude=longitude)
        assert (part["latitude"], part["longitude"], part["area"]) == ("34.05000", "-118.25000", pk(1))

    def test_it_is_shown_with_its_area_and_is_personal(self, document) -> None:
        part = document("where", **mark(IN_RAMPART))
        assert ("Marked on the map", "Rampart\n34.02000 N, 118.12000 W", True) in shown("where", part)
        outside = document("where", outside="on", **mark(FAR_AWAY))
        assert ("Marked on the map", "Outside Los Angeles\n33.00000 N, 117.00000 W", True) in shown("where", outside)

    def test_a_type_that_asks_for_the_area_only_has_no_map(self, form) -> None:
        plain = form("where", "supplement", area=str(pk(1)), **mark(IN_RAMPART))
        assert plain.is_valid()
        assert plain.map is None
        assert "latitude" not in plain.cleaned_data


def test_without_a_map_a_mark_is_kept_as_it_is(document, form) -> None:
    assert form("where").map is None
    part = document("where", **mark(IN_CENTRAL))
    assert part == {"latitude": "34.05000", "longitude": "-118.25000"}
    assert ("Marked on the map", "34.05000 N, 118.25000 W", True) in shown("where", part)


def test_the_box_names_the_city_in_the_residents_language(form, settings) -> None:
    settings.AGENCY_CITY = "Springfield"
    assert form("where")["outside"].label == "The mark is right. It happened outside Springfield."


@given(st.decimals(-90, 90, places=5), st.decimals(-180, 180, places=5))
def test_every_place_on_earth_comes_back_as_it_went_in(latitude: Decimal, longitude: Decimal) -> None:
    pin = Pin.read(str(latitude), str(longitude))
    assert (pin.latitude, pin.longitude) == (latitude, longitude)
    assert Pin.of({"latitude": str(pin.latitude), "longitude": str(pin.longitude)}) == pin


@given(st.text(), st.text())
def test_whatever_is_posted_is_a_place_nothing_or_refused(latitude: str, longitude: str) -> None:
    try:
        pin: Any = Pin.read(latitude, longitude)
    except Unreadable:
        return
    assert pin is None or (abs(pin.latitude) <= 90 and abs(pin.longitude) <= 180)
