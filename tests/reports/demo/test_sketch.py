"""The demonstration's map: a sketch that says it is one, and never stands where an agency drew its own."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import union_all
from shapely.geometry import Point, shape

from reports.catalogue import live, outlines
from reports.demo.sketch import SKETCH, draw_areas, sketched
from reports.models import Area, AreaBoundary
from tests.maps import draw

pytestmark = pytest.mark.django_db

FEATURES = json.loads(SKETCH.read_text(encoding="utf-8"))
CELLS = {each["properties"]["number"]: shape(each["geometry"]) for each in FEATURES["features"]}


def test_the_shipped_city_has_no_map_until_it_is_drawn() -> None:
    assert outlines.drawing() is None
    assert draw_areas()
    area_map = outlines.drawing()
    assert len(area_map.areas) == 21
    assert all(each.path for each in area_map.areas)


def test_it_says_that_it_is_a_sketch() -> None:
    draw_areas()
    assert outlines.drawing().is_schematic
    assert FEATURES["schematic"] is True
    assert FEATURES["description"].startswith("NOT the borders of any police area.")


def test_it_knows_the_shipped_areas() -> None:
    assert sketched() == set(Area.objects.values_list("number", "name"))


def test_an_agencys_own_outlines_stay(tmp_path: Path) -> None:
    draw(tmp_path)
    before = list(AreaBoundary.objects.values())
    assert not draw_areas()
    assert list(AreaBoundary.objects.values()) == before


def test_another_city_gets_no_sketch_of_los_angeles() -> None:
    Area.objects.filter(number=1).update(name="Downtown")
    assert not draw_areas()
    assert not AreaBoundary.objects.exists()


def test_no_cell_lies_upon_another() -> None:
    assert sum(cell.area for cell in CELLS.values()) == pytest.approx(union_all(list(CELLS.values())).area, rel=1e-3)


@given(st.sampled_from(sorted(CELLS)), st.floats(0, 1), st.floats(0, 1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_random_place_in_a_cell_finds_its_area(number: int, across: float, up: float) -> None:
    if draw_areas():
        live.clear()
    west, south, east, north = CELLS[number].bounds
    place = Point(west + (east - west) * across, south + (north - south) * up)
    # What is drawn from a cell's box may fall into a neighbour.
    here = sorted(each for each, cell in CELLS.items() if cell.intersects(place))
    found = outlines.area_at(place.x, place.y)
    assert (found.number if found else None) == (here[0] if here else None)
