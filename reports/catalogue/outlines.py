"""Which area a place is in, and the map that shows them all. Kept in this process, read anew when an outline changes.

Without outlines there is no map, and no place is in any area: the list of areas serves alone.
"""

import threading
from dataclasses import dataclass
from datetime import datetime

import shapely
from shapely import STRtree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from reports.catalogue import live
from reports.catalogue.drawing import Frame, label_place, path, polygons
from reports.models import Area, AreaBoundary

# How far from an area a mark may be and still fit to it: some 300 m north or south, a little less east or west. A
# finger on a small map is not more exact, and the drawing has fewer corners than the true border.
NEAR = 0.003

Key = frozenset[tuple[int, datetime]]


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
class _Atlas:
    key: Key
    # In the order of the areas' numbers, so that the lower number has a border that two areas share.
    area_ids: list[int]
    shapes: list[BaseGeometry]
    tree: STRtree
    map: Map | None


class _Memory:
    def __init__(self) -> None:
        self.atlas: _Atlas | None = None
        self.building = threading.Lock()
        # GEOS builds parts of its indexes at the first question: one thread asks at a time, for microseconds.
        self.asking = threading.Lock()

    def current(self) -> _Atlas:
        """Return the outlines as the catalogue's snapshot knows them; one statement when they have changed."""
        key = live.outlined()
        atlas = self.atlas
        if atlas is None or atlas.key != key:
            with self.building:
                if self.atlas is None or self.atlas.key != key:
                    self.atlas = _read(key)
                atlas = self.atlas
        return atlas


_memory = _Memory()


def area_at(longitude: float, latitude: float) -> Area | None:
    """Return the active area that a place in degrees is in, its border included, or None."""
    atlas = _memory.current()
    place = shapely.Point(longitude, latitude)
    with _memory.asking:
        around = sorted(atlas.tree.query(place))
        found = next((index for index in around if shapely.intersects(atlas.shapes[index], place)), None)
    return None if found is None else live.area(atlas.area_ids[found])


def is_near(area_id: int, longitude: float, latitude: float) -> bool:
    """Tell whether a place is in the area or so close that a mark by hand may mean it. False without an outline."""
    atlas = _memory.current()
    if area_id not in atlas.area_ids:
        return False
    with _memory.asking:
        outline = atlas.shapes[atlas.area_ids.index(area_id)]
        return bool(shapely.dwithin(outline, shapely.Point(longitude, latitude), NEAR))


def knows(area_id: int) -> bool:
    """Tell whether the area has an outline."""
    return area_id in _memory.current().area_ids


def drawing() -> Map | None:
    """Return the map of the active areas, or None where no outline is known."""
    return _memory.current().map


def _read(key: Key) -> _Atlas:
    ids = [area_id for area_id, _changed_at in key]
    rows = list(AreaBoundary.objects.filter(area__in=ids).order_by("area__number")) if ids else []
    shapes = [shape(row.outline) for row in rows]
    shapely.prepare(shapes)
    return _Atlas(
        key=key,
        area_ids=[row.pk for row in rows],
        shapes=shapes,
        tree=STRtree(shapes),
        map=_drawn(rows) if rows else None,
    )


def _drawn(rows: list[AreaBoundary]) -> Map:
    shapes = {row.pk: polygons(shape(row.drawn)) for row in rows}
    frame = Frame.around(list(shapes.values()))
    areas = [DrawnArea(area_id, path(drawn, frame), *label_place(drawn, frame)) for area_id, drawn in shapes.items()]
    return Map(frame, areas, is_schematic=any(row.is_schematic for row in rows))
