"""The drawing: small whatever the outlines weigh, without gaps, and true to the compass."""

from math import pi, sin

import pytest
import shapely
from shapely import MultiPolygon, Polygon

from reports.catalogue import drawing
from reports.catalogue.drawing import Frame


def wavy(start: tuple[float, float], end: tuple[float, float], corners: int) -> list[tuple[float, float]]:
    """Return a border with many corners, as a surveyor draws it."""
    (x, y), (to_x, to_y) = start, end
    shares = [number / corners for number in range(corners)]
    shifts = [0.004 * sin(pi * share) * (sin(40 * share) + sin(173 * share)) for share in shares]
    return [
        (x + (to_x - x) * share + (to_y - y) * shift * 8, y + (to_y - y) * share - (to_x - x) * shift * 8)
        for share, shift in zip(shares, shifts, strict=True)
    ]


def city(*, rows: int, columns: int, corners: int) -> list[MultiPolygon]:
    """Return areas side by side that share wavy borders, each of 4 times `corners` corners."""
    size = 0.1
    areas = []
    for row in range(rows):
        for column in range(columns):
            west, south = -118.6 + column * size, 33.8 + row * size
            east, north = west + size, south + size
            west, south, east, north = (round(edge, 6) for edge in (west, south, east, north))
            lower = wavy((west, south), (east, south), corners)
            right = wavy((east, south), (east, north), corners)
            upper = [(east, north), *reversed(wavy((west, north), (east, north), corners))][:-1]
            left = [(west, north), *reversed(wavy((west, south), (west, north), corners))][:-1]
            areas.append(MultiPolygon([Polygon([*lower, *right, *upper, *left])]))
    return areas


def test_a_city_of_many_corners_becomes_a_small_drawing() -> None:
    shapes = city(rows=7, columns=3, corners=230)
    assert sum(shapely.get_num_coordinates(shapes)) > 19_000
    drawn, tolerance = drawing.simplified(shapes)
    frame = Frame.around(drawn)
    assert drawing.weight(drawn, frame) <= drawing.MOST_BYTES
    assert tolerance < 0.003
    for shape, fewer in zip(shapes, drawn, strict=True):
        assert shapely.symmetric_difference(shape, fewer).area < 0.05 * shape.area


def test_neighbours_keep_one_border() -> None:
    drawn, _tolerance = drawing.simplified(city(rows=2, columns=2, corners=300))
    assert shapely.coverage_is_valid(drawn)
    whole = shapely.union_all(drawn)
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0


def test_a_light_outline_is_drawn_as_finely_as_it_can_be() -> None:
    _drawn, tolerance = drawing.simplified(city(rows=1, columns=1, corners=5))
    assert tolerance == drawing.FINEST


def test_north_is_up_and_a_mile_is_a_mile() -> None:
    frame = Frame.around([Polygon([(-118.0, 34.0), (-117.0, 34.0), (-117.0, 35.0), (-118.0, 35.0)])])
    assert frame.height == drawing.SIDE
    # A degree of longitude is shorter by the cosine of the latitude.
    assert frame.width == pytest.approx(0.824 * frame.height, rel=0.02)
    west, north = frame.point(-118.0, 35.0)
    east, south = frame.point(-117.0, 34.0)
    assert (west, north) == (60, 60)
    assert east > west
    assert south == frame.height - 60


def test_a_path_holds_outer_rings_and_holes_and_no_specks() -> None:
    frame = Frame(west=0, north=1, per_longitude=100, per_latitude=100, width=100, height=100)
    hole = [(0.4, 0.4), (0.4, 0.6), (0.6, 0.6)]
    speck = Polygon([(0.9, 0.9), (0.9001, 0.9), (0.9, 0.9001)])
    shape = MultiPolygon([Polygon([(0, 0), (1, 0), (1, 1), (0, 1)], [hole]), speck])
    assert drawing.path(shape, frame) == "M0 100l100 0 0-100-100 0zM40 60l0-20 20 0z"


def test_a_name_stands_inside_its_area() -> None:
    frame = Frame(west=0, north=1, per_longitude=1000, per_latitude=1000, width=1000, height=1000)
    horseshoe = Polygon([(0, 0), (1, 0), (1, 1), (0.8, 1), (0.8, 0.2), (0.2, 0.2), (0.2, 1), (0, 1)])
    x, y = drawing.label_place(MultiPolygon([horseshoe]), frame)
    assert horseshoe.contains(shapely.Point(x / 1000, 1 - y / 1000))
