"""Reading an agency's areas from GeoJSON. Everything doubtful is refused with the feature's place and the reason."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

import shapely
from shapely import MultiPolygon

from reports.catalogue.drawing import polygons

# Where agencies keep an area's number, in any case of letters; PREC is what Los Angeles publishes.
NUMBER_PROPERTIES = ("number", "area_number", "area_no", "area", "prec", "aprec", "precinct", "district")
# Longitude and latitude in degrees, by the names that programs give them.
DEGREES = ("crs84", "epsg::4326", "epsg:4326", "wgs84", "wgs 84", "epsg::4269", "epsg:4269")
FEWEST_CORNERS = 4
MOST_TOLD = 20

Position = tuple[float, float]


class CannotImport(Exception):
    """The file cannot be used. `problems` are sentences for a person, the first twenty of them."""

    def __init__(self, problems: Sequence[str]) -> None:
        left = len(problems) - MOST_TOLD
        self.problems = [*problems[:MOST_TOLD], *([f"... and {left} more."] if left > 0 else [])]
        super().__init__("\n".join(self.problems))


class _Doubtful(Exception):
    """One feature cannot be used, for this reason."""


@dataclass
class Outlines:
    """The outlines of a file by their areas' numbers, and what a person should know about them."""

    shapes: dict[int, MultiPolygon] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    # The file says of itself that these are not the true borders.
    is_schematic: bool = False


def read(file: Path, *, known: Collection[int], number_property: str = "") -> Outlines:
    """Return the outlines of a FeatureCollection of polygons; raises CannotImport.

    `known` are the numbers of the areas that exist. The number stands in `number_property`, or in the first of
    NUMBER_PROPERTIES that holds one. Features of one area are joined. What crosses itself is mended, and told.
    """
    whole = _object(file)
    _check_reference(whole)
    features = whole.get("features")
    if whole.get("type") != "FeatureCollection" or not isinstance(features, list) or not features:
        raise CannotImport(["The file is not a GeoJSON FeatureCollection with features."])
    found, problems = Outlines(is_schematic=whole.get("schematic") is True), []
    for position, feature in enumerate(features, start=1):
        try:
            _take(found, position, feature, known, number_property)
        except _Doubtful as doubt:
            problems.append(f"Feature {position}: {doubt}")
    if problems:
        raise CannotImport(problems)
    found.notes += _overlaps(found.shapes)
    return found


def _object(file: Path) -> dict[str, Any]:
    try:
        whole = json.loads(file.read_text(encoding="utf-8-sig"), parse_constant=_refuse_constant)
    except OSError as error:
        raise CannotImport([f"The file cannot be read: {error.strerror}."]) from None
    except UnicodeDecodeError:
        raise CannotImport(["The file is not text in UTF-8."]) from None
    except json.JSONDecodeError as error:
        raise CannotImport([f"The file is not JSON: line {error.lineno}, {error.msg}."]) from None
    except (RecursionError, ValueError):
        raise CannotImport(
            ["The file is not JSON that can be read: nested too deeply, or NaN among the numbers."]
        ) from None
    if not isinstance(whole, dict):
        raise CannotImport(["The file is not a GeoJSON FeatureCollection with features."])
    return whole


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _check_reference(whole: dict[str, Any]) -> None:
    """GeoJSON is in degrees. An older file may name another system, whose numbers would mean other places."""
    reference = whole.get("crs")
    if reference is None:
        return
    properties = reference.get("properties") if isinstance(reference, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if not name.lower().endswith(DEGREES):
        named = name or "an unnamed system"
        raise CannotImport([f"The file's coordinates are in {named}: export it in degrees, as WGS 84 (EPSG:4326)."])


def _take(found: Outlines, position: int, feature: Any, known: Collection[int], number_property: str) -> None:
    """Add one feature to what was found; raises _Doubtful."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _Doubtful("it is not a GeoJSON Feature.")
    number = _number(feature.get("properties"), number_property)
    if number not in known:
        raise _Doubtful(f"there is no area with the number {number}.")
    outline = MultiPolygon(list(_polygons(feature.get("geometry"))))
    if not outline.is_valid:
        outline = polygons(shapely.make_valid(outline))
        found.notes.append(f"Feature {position} (area {number}) crossed itself and was mended.")
    if not outline.area:
        raise _Doubtful("its outline encloses nothing.")
    if number in found.shapes:
        outline = polygons(shapely.union(found.shapes[number], outline))
        found.notes.append(f"Feature {position} was joined with the other part of area {number}.")
    found.shapes[number] = outline


def _number(properties: Any, number_property: str) -> int:
    by_name = {str(name).lower(): value for name, value in properties.items()} if isinstance(properties, dict) else {}
    for name in [number_property.lower()] if number_property else NUMBER_PROPERTIES:
        number = _whole(by_name.get(name))
        if number is not None:
            return number
    looked_in = number_property or ", ".join(NUMBER_PROPERTIES)
    raise _Doubtful(f"no area number in its properties (looked in {looked_in}; it has {', '.join(by_name) or 'none'}).")


def _whole(value: Any) -> int | None:
    """Return 7 for 7, 7.0, "7" and "07", None for what is no number."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        return int(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and value == int(value):
        return int(value)
    return None


def _polygons(geometry: Any) -> Iterator[tuple[list[Position], list[list[Position]]]]:
    """Yield each polygon as its outer ring and its holes; raises _Doubtful."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise _Doubtful(f"its geometry is {kind or 'missing'}, not a Polygon or MultiPolygon.")
    parts = [geometry.get("coordinates")] if kind == "Polygon" else geometry.get("coordinates")
    for rings in _listed(parts):
        outer, *holes = [[_position(each) for each in _listed(ring)] for ring in _listed(rings)]
        if any(len(ring) < FEWEST_CORNERS for ring in (outer, *holes)):
            raise _Doubtful(f"one of its rings has fewer than {FEWEST_CORNERS} positions.")
        yield outer, holes


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise _Doubtful("its coordinates are not nested as a polygon's are.")
    return value


def _position(value: Any) -> Position:
    """Return longitude and latitude; a height is left out."""
    numbers = _listed(value)[:2]
    if len(numbers) < 2 or any(isinstance(each, bool) or not isinstance(each, int | float) for each in numbers):
        raise _Doubtful("one of its positions is not a pair of numbers.")
    longitude, latitude = numbers
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        raise _Doubtful(
            f"{longitude:g}, {latitude:g} is no longitude and latitude. Are the two swapped, or are these not degrees?"
        )
    return float(longitude), float(latitude)


def _overlaps(shapes: dict[int, MultiPolygon]) -> Iterator[str]:
    """Name the areas that lie upon each other by more than a sliver of some 100 m by 100 m."""
    numbers = sorted(shapes)
    tree = shapely.STRtree([shapes[number] for number in numbers])
    for at, number in enumerate(numbers):
        others = sorted(other for other in tree.query(shapes[number], predicate="intersects") if other > at)
        for other in (numbers[each] for each in others):
            if shapely.intersection(shapes[number], shapes[other]).area > 1e-6:
                yield f"Areas {number} and {other} overlap: a mark on both counts for area {number}."
