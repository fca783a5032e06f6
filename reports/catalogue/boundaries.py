"""Taking over the outlines of the areas."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from django.db import transaction
from django.utils import timezone
from shapely import MultiPolygon
from shapely.geometry import mapping, shape

from reports import audit
from reports.catalogue import geojson, live
from reports.catalogue.drawing import Frame, polygons, simplified, weight
from reports.models import Area, AreaBoundary


@dataclass
class Imported:
    """What an import did, or would do: how many outlines, how fine and heavy the drawing is, what else to know.

    `tolerance` is in degrees, `drawing_bytes` what the outlines take in a page, `missing` the numbers of active areas
    without an outline.
    """

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    tolerance: float = 0.0
    drawing_bytes: int = 0
    missing: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def import_areas(*, file: Path, by: audit.By, number_property: str = "", dry_run: bool = False) -> Imported:
    """Store the outlines of a GeoJSON file, all of them or none, and return what happened; raises CannotImport.

    Outlines of areas that the file does not name stay; but a schematic one never stays beside a true one. The
    drawing is made anew from all of them together, as neighbours share their borders. A second import of the same
    file changes nothing. With `dry_run` everything is done and taken back.
    """
    with transaction.atomic():
        # One import at a time; reports may go on naming the areas.
        areas = {area.number: area for area in Area.objects.select_for_update(no_key=True).order_by("number")}
        found = geojson.read(file, known=areas.keys(), number_property=number_property)
        done = Imported(notes=found.notes)
        outlines = {areas[number].pk: shape for number, shape in found.shapes.items()}
        _store(outlines, done, is_schematic=found.is_schematic)
        outlined = set(AreaBoundary.objects.values_list("pk", flat=True))
        done.missing = [number for number, area in areas.items() if area.is_active and area.pk not in outlined]
        if done.created or done.changed or done.removed:
            details = {"created": done.created, "changed": done.changed, "removed": done.removed}
            audit.record("catalogue.import_areas", by=by, subject="catalogue", **details)
        transaction.set_rollback(dry_run)
    live.clear()
    return done


def _store(outlines: dict[int, MultiPolygon], done: Imported, *, is_schematic: bool) -> None:
    """Write the outlines that are new or changed, and every drawing that comes out differently."""
    if is_schematic and AreaBoundary.objects.filter(is_schematic=False).exists():
        raise geojson.CannotImport(["This file is only a sketch, and the true outlines are there already."])
    if not is_schematic:
        done.removed, _each = AreaBoundary.objects.filter(is_schematic=True).exclude(pk__in=outlines).delete()
    before = AreaBoundary.objects.in_bulk()
    # In one order always, so that the same outlines give the same drawing.
    rows = {pk: AreaBoundary(area_id=pk) for pk in sorted({*before, *outlines})}
    for pk, row in rows.items():
        if pk in outlines:
            row.outline, row.is_schematic = _plain(outlines[pk]), is_schematic
        else:
            row.outline, row.is_schematic = before[pk].outline, before[pk].is_schematic
    _draw(rows, done)
    now = timezone.now()
    for pk, row in rows.items():
        was = before.get(pk)
        is_same = was is not None and _content(was) == _content(row)
        done.created += was is None
        done.changed += was is not None and not is_same and pk in outlines
        done.unchanged += is_same and pk in outlines
        if not is_same:
            row.changed_at = now
            row.save()


def _content(row: AreaBoundary) -> tuple[Any, ...]:
    return row.outline, row.drawn, row.is_schematic


def _draw(rows: dict[int, AreaBoundary], done: Imported) -> None:
    """Give every row its drawing, made of all outlines together."""
    shapes = [polygons(shape(row.outline)) for row in rows.values()]
    drawn, done.tolerance = simplified(shapes)
    done.drawing_bytes = weight(drawn, Frame.around(drawn))
    for row, fewer in zip(rows.values(), drawn, strict=True):
        row.drawn = _plain(fewer)


def _plain(outline: MultiPolygon) -> dict[str, Any]:
    """Return a shape as GeoJSON, with lists as they come back from the database."""
    return {"type": "MultiPolygon", "coordinates": _lists(mapping(shapely.normalize(outline))["coordinates"])}


def _lists(nested: Any) -> Any:
    return [_lists(each) for each in nested] if isinstance(nested, tuple | list) else nested
