"""Which area a place is in."""

from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from reports.catalogue import live, outlines
from reports.models import Area, AreaBoundary
from tests.maps import (
    FAR_AWAY,
    IN_CENTRAL,
    IN_RAMPART,
    IN_THE_HOLE,
    NEARLY_CENTRAL,
    ON_THE_BORDER,
    box,
    draw,
    feature,
    polygon,
)

pytestmark = pytest.mark.django_db

Queries = Callable[[int], object]


def number_at(place: tuple[float, float]) -> int | None:
    found = outlines.area_at(*place)
    return found.number if found else None


@pytest.mark.usefixtures("two_areas")
@pytest.mark.parametrize(
    ("place", "number"),
    [(IN_CENTRAL, 1), (IN_RAMPART, 2), (IN_THE_HOLE, None), (FAR_AWAY, None), ((-118.3, 34.0), 1)],
)
def test_a_place_is_in_one_area_or_in_none(place: tuple[float, float], number: int | None) -> None:
    assert number_at(place) == number


@pytest.mark.usefixtures("two_areas")
def test_a_common_border_belongs_to_the_lower_number() -> None:
    assert number_at(ON_THE_BORDER) == 1


@pytest.mark.usefixtures("two_areas")
def test_a_mark_close_by_may_mean_the_area() -> None:
    central, rampart, harbor = (Area.objects.get(number=number).pk for number in (1, 2, 5))
    assert outlines.is_near(central, *NEARLY_CENTRAL)
    assert outlines.is_near(rampart, *NEARLY_CENTRAL)
    assert not outlines.is_near(central, *IN_RAMPART)
    assert not outlines.is_near(harbor, *IN_CENTRAL)
    assert (outlines.knows(central), outlines.knows(harbor)) == (True, False)


def test_without_outlines_there_is_no_map_and_no_question_to_the_database(django_assert_num_queries: Queries) -> None:
    live.areas()
    with django_assert_num_queries(0):
        assert outlines.drawing() is None
        assert number_at(IN_CENTRAL) is None


@pytest.mark.usefixtures("two_areas")
def test_it_reads_the_outlines_once_and_again_only_when_they_change(
    tmp_path: Path, django_assert_num_queries: Queries
) -> None:
    live.areas()
    with django_assert_num_queries(1):
        number_at(IN_CENTRAL)
    with django_assert_num_queries(0):
        number_at(IN_RAMPART)
        outlines.drawing()
    live.clear()
    live.areas()
    with django_assert_num_queries(0):
        number_at(IN_CENTRAL)
    draw(tmp_path, [feature(1, polygon(box(-118.3, 34.0, -118.24, 34.1)))])
    assert number_at((-118.22, 34.05)) is None
    assert number_at(IN_CENTRAL) == 1


@pytest.mark.usefixtures("two_areas")
def test_a_closed_area_is_neither_found_nor_drawn() -> None:
    Area.objects.filter(number=1).update(is_active=False)
    live.clear()
    assert number_at(IN_CENTRAL) is None
    assert [each.name for each in outlines.drawing().areas] == ["Rampart"]


@pytest.mark.usefixtures("two_areas")
def test_the_true_outline_decides_not_the_drawn_one() -> None:
    wrong = {"type": "MultiPolygon", "coordinates": [[box(0, 0, 1, 1)]]}
    AreaBoundary.objects.update(drawn=wrong, changed_at=timezone.now())
    live.clear()
    assert number_at(IN_CENTRAL) == 1


# A star with a deep notch: most of its bounding box is outside.
STAR = polygon([[-118.3, 34.0], [-118.2, 34.02], [-118.1, 34.0], [-118.18, 34.06], [-118.2, 34.2], [-118.22, 34.06]])


@given(st.floats(-118.31, -118.09), st.floats(33.99, 34.21))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
def test_a_place_in_a_polygon_finds_its_area_and_no_other_place_does(
    tmp_path: Path, longitude: float, latitude: float
) -> None:
    if not AreaBoundary.objects.exists():
        draw(tmp_path, [feature(7, STAR)])
    is_inside = shape(STAR).intersects(shapely.Point(longitude, latitude))
    assert number_at((longitude, latitude)) == (7 if is_inside else None)
