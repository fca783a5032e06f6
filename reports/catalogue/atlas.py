"""The outlines of the areas as shapes, and the map that shows them all. Here alone a resident's page needs geometry."""

import threading
from dataclasses import dataclass, field

import shapely
from shapely import STRtree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from reports.catalogue import live
from reports.catalogue.drawing import Frame, label_place, path, polygons
from reports.models import AreaBoundary

# How far from an area a mark may be and still fit to it: some 300 m north or south, a little less east or west. A
# finger on a small map is not more exact, and the drawing has fewer corners than the true border.
NEAR = 0.003


@dataclass(frozen=True)
class DrawnArea:
    """One area on the map: its outline as an SVG path, and where its name stands."""

    area_id: int
    path: str
    label_x: int
    label_y: int

    @property
    def name(self) -> str:
        """What the area is called now."""
        area = live.area(self.area_id)
        return area.name if area else ""


@dataclass(frozen=True)
class Map:
    """All areas in one frame. A schematic map says of itself that it is not true."""

    frame: Frame
    areas: list[DrawnArea]
    is_schematic: bool


@dataclass(frozen=True)
class Atlas:
    """All outlines as they were when they were read."""

    # In the order of the areas' numbers, so that the lower number has a border that two areas share.
    area_ids: list[int]
    shapes: list[BaseGeometry]
    tree: STRtree
    map: Map
    # GEOS builds parts of its indexes at the first question: one thread asks at a time, for microseconds.
    asking: threading.Lock = field(default_factory=threading.Lock)

    def area_at(self, longitude: float, latitude: float) -> int | None:
        """Return the id of the area that a place in degrees is in, its border included, or None."""
        place = shapely.Point(longitude, latitude)
        with self.asking:
            around = sorted(self.tree.query(place))
            found = next((index for index in around if shapely.intersects(self.shapes[index], place)), None)
        return None if found is None else self.area_ids[found]

    def is_near(self, area_id: int, longitude: float, latitude: float) -> bool:
        """Tell whether a place is in the area, or near it. False without an outline."""
        if area_id not in self.area_ids:
            return False
        with self.asking:
            outline = self.shapes[self.area_ids.index(area_id)]
            return bool(shapely.dwithin(outline, shapely.Point(longitude, latitude), NEAR))


def read(ids: list[int]) -> Atlas | None:
    """Return the outlines of areas, in one statement; None where there is none by now."""
    rows = list(AreaBoundary.objects.filter(area__in=ids).order_by("area__number"))
    if not rows:
        return None
    shapes = [shape(row.outline) for row in rows]
    shapely.prepare(shapes)
    return Atlas(area_ids=[row.pk for row in rows], shapes=shapes, tree=STRtree(shapes), map=_drawn(rows))


def _drawn(rows: list[AreaBoundary]) -> Map:
    shapes = {row.pk: polygons(shape(row.drawn)) for row in rows}
    frame = Frame.around(list(shapes.values()))
    areas = [DrawnArea(area_id, path(drawn, frame), *label_place(drawn, frame)) for area_id, drawn in shapes.items()]
    return Map(frame, areas, is_schematic=any(row.is_schematic for row in rows))
