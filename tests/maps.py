"""Small maps for tests: Central and Rampart side by side, with a hole in Rampart."""

import json
from pathlib import Path
from typing import Any

from reports.audit import SYSTEM
from reports.catalogue import live
from reports.catalogue.boundaries import Imported, import_areas

Ring = list[list[float]]
CENTRAL, RAMPART = 1, 2
IN_CENTRAL = (-118.25, 34.05)
IN_RAMPART = (-118.12, 34.02)
# Within 300 m of the common border, on Rampart's side.
NEARLY_CENTRAL = (-118.198, 34.05)
ON_THE_BORDER = (-118.2, 34.05)
IN_THE_HOLE = (-118.15, 34.05)
FAR_AWAY = (-117.0, 33.0)


def box(west: float, south: float, east: float, north: float) -> Ring:
    """Return a rectangle as a closed ring."""
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings: Ring) -> dict[str, Any]:
    """Return a GeoJSON polygon: its outer ring, then its holes."""
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(number: Any, geometry: Any, name: str = "number") -> dict[str, Any]:
    """Return a GeoJSON feature with its number under `name`."""
    return {"type": "Feature", "properties": {name: number, "note": "x"}, "geometry": geometry}


CENTRAL_BOX = polygon(box(-118.3, 34.0, -118.2, 34.1))
RAMPART_BOX = polygon(box(-118.2, 34.0, -118.1, 34.1), box(-118.16, 34.04, -118.14, 34.06))
TWO_AREAS = [feature(CENTRAL, CENTRAL_BOX), feature(RAMPART, RAMPART_BOX)]


def written(folder: Path, features: Any, **members: Any) -> Path:
    """Write a FeatureCollection and return its file."""
    file = folder / "areas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", **members, "features": features}), encoding="utf-8")
    return file


def draw(folder: Path, features: Any = TWO_AREAS, **members: Any) -> Imported:
    """Import features, and let this process know at once."""
    done = import_areas(file=written(folder, features, **members), by=SYSTEM)
    live.clear()
    return done


def mark(place: tuple[float, float]) -> dict[str, str]:
    """Return what the map's script puts into the form for a place."""
    return {"latitude": f"{place[1]:.5f}", "longitude": f"{place[0]:.5f}"}
