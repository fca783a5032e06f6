"""Areas as a small drawing: fewer corners, whole numbers, and the way from degrees to the drawing and back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

# The longer side of a drawing, in its own units. For a city of 70 km a unit is 35 m.
SIDE = 2000
# Empty paper around the areas, as a share of the longer side.
MARGIN = 0.03
# What the outlines of a drawing may weigh together, in bytes; the page around them stays under 30 KB.
MOST_BYTES = 20_000
# Corners that stand out less than this are left out, in degrees (about 20 m); while the drawing is still too heavy,
# half as much again.
FINEST = 0.0002
COARSER = 1.5


@dataclass(frozen=True)
class Frame:
    """Where the drawing's corner lies (in degrees), how many units a degree has, and its size in units.

    North is up and a kilometre is as long in both directions, as measured in the middle of the map.
    """

    west: float
    north: float
    per_longitude: float
    per_latitude: float
    width: int
    height: int

    @classmethod
    def around(cls, shapes: Sequence[BaseGeometry]) -> "Frame":
        """Return the frame that holds all shapes with a margin."""
        west, south, east, north = (float(edge) for edge in shapely.total_bounds(list(shapes)))
        shrink = max(cos(radians((south + north) / 2)), 0.01)
        longer = max((east - west) * shrink, north - south)
        per_latitude = SIDE * (1 - 2 * MARGIN) / longer
        per_longitude = per_latitude * shrink
        margin = SIDE * MARGIN
        return cls(
            west=west - margin / per_longitude,
            north=north + margin / per_latitude,
            per_longitude=per_longitude,
            per_latitude=per_latitude,
            width=round((east - west) * per_longitude + 2 * margin),
            height=round((north - south) * per_latitude + 2 * margin),
        )

    def point(self, longitude: float, latitude: float) -> tuple[int, int]:
        """Return a place in units from the drawing's upper left corner."""
        return round((longitude - self.west) * self.per_longitude), round((self.north - latitude) * self.per_latitude)


def path(shape: MultiPolygon, frame: Frame) -> str:
    """Return a shape as the `d` of an SVG path: each ring a start and steps from corner to corner."""
    rings = (ring for polygon in shape.geoms for ring in (polygon.exterior, *polygon.interiors))
    return "".join(_ring([frame.point(*corner[:2]) for corner in ring.coords]) for ring in rings)


def _ring(corners: Sequence[tuple[int, int]]) -> str:
    """Return one closed ring; one that is too small for the drawing's units is left out."""
    steps = [(to_x - x, to_y - y) for (x, y), (to_x, to_y) in pairwise(corners) if (to_x, to_y) != (x, y)]
    if len(steps) < 3:
        return ""
    # The last step leads back to the start, which "z" does by itself.
    drawn = " ".join(f"{x} {y}" for x, y in steps[:-1]).replace(" -", "-")
    return f"M{corners[0][0]} {corners[0][1]}l{drawn}z"


def label_place(shape: MultiPolygon, frame: Frame) -> tuple[int, int]:
    """Return where a name stands best: the middle of the largest circle that fits in."""
    if shape.is_empty:
        return 0, 0
    largest = max(shape.geoms, key=lambda polygon: polygon.area)
    middle = shapely.maximum_inscribed_circle(largest, tolerance=FINEST * 5).coords[0]
    return frame.point(*middle)


def simplified(shapes: Sequence[MultiPolygon]) -> tuple[list[MultiPolygon], float]:
    """Return shapes with as many corners as the drawing can carry, and the tolerance in degrees that was needed.

    Neighbours keep one common border (GEOS' coverage simplification), so no gap opens between them.
    """
    frame = Frame.around(shapes)
    for tolerance in _tolerances():
        fewer = [polygons(shape) for shape in shapely.coverage_simplify(list(shapes), tolerance)]
        if weight(fewer, frame) <= MOST_BYTES:
            break
    return fewer, tolerance


def _tolerances() -> Iterator[float]:
    tolerance = FINEST
    # From 20 m to 4 degrees: whatever is left then is drawn.
    for _ in range(25):
        yield tolerance
        tolerance *= COARSER


def weight(shapes: Iterable[MultiPolygon], frame: Frame) -> int:
    """Return how many bytes the outlines of these shapes take in the page."""
    return sum(len(path(shape, frame)) for shape in shapes)


def polygons(shape: BaseGeometry) -> MultiPolygon:
    """Return what of a shape has an inside; points and lines that a repair left over are dropped."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return MultiPolygon([part for part in parts if part.geom_type == "Polygon" and not part.is_empty])
