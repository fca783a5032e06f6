"""Which area a place is in, and the map that shows them all. Kept in this process, read anew when an outline changes.

Without outlines there is no map, and no place is in any area: the list of areas serves alone.
"""

import threading
from datetime import datetime
from typing import TYPE_CHECKING

from reports.catalogue import live
from reports.models import Area

if TYPE_CHECKING:
    from reports.catalogue.atlas import Atlas, Map

Key = frozenset[tuple[int, datetime]]


class _Memory:
    def __init__(self) -> None:
        self.key: Key = frozenset()
        self.atlas: Atlas | None = None
        self.building = threading.Lock()

    def current(self) -> "Atlas | None":
        """Return the outlines as the catalogue's snapshot knows them; one statement when they have changed."""
        key = live.outlined()
        if key != self.key:
            with self.building:
                if key != self.key:
                    self.atlas, self.key = _read(key), key
        return self.atlas


_memory = _Memory()


def area_at(longitude: float, latitude: float) -> Area | None:
    """Return the active area that a place in degrees is in, its border included, or None."""
    atlas = _memory.current()
    return live.area(atlas.area_at(longitude, latitude)) if atlas else None


def is_near(area_id: int, longitude: float, latitude: float) -> bool:
    """Tell whether a place is in the area or so close that a mark by hand may mean it. False without an outline."""
    atlas = _memory.current()
    return atlas.is_near(area_id, longitude, latitude) if atlas else False


def knows(area_id: int) -> bool:
    """Tell whether the area has an outline."""
    atlas = _memory.current()
    return area_id in atlas.area_ids if atlas else False


def drawing() -> "Map | None":
    """Return the map of the active areas, or None where no outline is known."""
    atlas = _memory.current()
    return atlas.map if atlas else None


def _read(key: Key) -> "Atlas | None":
    if not key:
        return None
    from reports.catalogue import atlas  # fourteen megabytes, where there are outlines alone

    return atlas.read([area_id for area_id, _changed_at in key])
