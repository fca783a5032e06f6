"""Importing the areas' outlines: whole or not at all, told in words, and the same however often."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reports.catalogue import live, outlines
from reports.models import Area, AreaBoundary, AuditEvent
from tests.maps import (
    CENTRAL_BOX,
    IN_CENTRAL,
    RAMPART_BOX,
    TWO_AREAS,
    box,
    draw,
    feature,
    polygon,
    written,
)

pytestmark = pytest.mark.django_db

BOW_TIE = polygon([[-118.3, 34.0], [-118.2, 34.1], [-118.2, 34.0], [-118.3, 34.1], [-118.3, 34.0]])


def run(file: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    call_command("import_areas", str(file), *options)
    return capsys.readouterr().out


def stored() -> dict[int, Any]:
    return {row.area.number: row.outline for row in AreaBoundary.objects.select_related("area")}


def numbers() -> list[int]:
    return sorted(stored())


def refusal(file: Path, *options: str) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("import_areas", str(file), *options)
    assert numbers() == []
    assert not AuditEvent.objects.filter(verb="catalogue.import_areas").exists()
    return str(refused.value)


def test_it_stores_the_outlines_and_says_so(tmp_path: Path, capsys) -> None:
    said = run(written(tmp_path, TWO_AREAS), capsys)
    assert numbers() == [1, 2]
    assert "2 new, 0 changed, 0 unchanged" in said
    assert "Areas without an outline: 3, 4" in said
    assert AuditEvent.objects.get(verb="catalogue.import_areas").details == {"created": 2, "changed": 0, "removed": 0}


def test_a_second_import_changes_nothing(tmp_path: Path, capsys) -> None:
    file = written(tmp_path, TWO_AREAS)
    run(file, capsys)
    before = list(AreaBoundary.objects.values())
    assert "0 new, 0 changed, 2 unchanged" in run(file, capsys)
    assert list(AreaBoundary.objects.values()) == before
    assert AuditEvent.objects.filter(verb="catalogue.import_areas").count() == 1


def test_what_is_not_in_the_file_stays(tmp_path: Path, capsys) -> None:
    run(written(tmp_path, TWO_AREAS), capsys)
    wider = polygon(box(-118.35, 34.0, -118.2, 34.1))
    assert "0 new, 1 changed, 0 unchanged" in run(written(tmp_path, [feature(1, wider)]), capsys)
    assert numbers() == [1, 2]


def test_a_trial_stores_nothing(tmp_path: Path, capsys) -> None:
    said = run(written(tmp_path, TWO_AREAS), capsys, "--dry-run")
    assert "2 new" in said
    assert "nothing was stored" in said
    assert numbers() == []
    assert not AuditEvent.objects.filter(verb="catalogue.import_areas").exists()


@pytest.mark.parametrize("name", ["number", "PREC", "aprec", "Area_Number", "DISTRICT"])
@pytest.mark.parametrize("number", [1, 1.0, "1", "01"])
def test_it_finds_the_number_under_usual_names(tmp_path: Path, name: str, number: Any) -> None:
    draw(tmp_path, [feature(number, CENTRAL_BOX, name)])
    assert numbers() == [1]


def test_los_angeles_keeps_the_number_in_prec_and_the_name_in_aprec(tmp_path: Path) -> None:
    one = feature(1, CENTRAL_BOX, "PREC")
    one["properties"]["APREC"] = "CENTRAL"
    draw(tmp_path, [one], crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})
    assert numbers() == [1]


def test_it_takes_the_number_from_where_it_is_told(tmp_path: Path, capsys) -> None:
    one = feature(2, CENTRAL_BOX)
    one["properties"]["Beat"] = 1
    run(written(tmp_path, [one]), capsys, "--number-property", "beat")
    assert numbers() == [1]


def test_parts_of_one_area_are_joined(tmp_path: Path) -> None:
    done = draw(tmp_path, [feature(1, CENTRAL_BOX), feature(1, polygon(box(-118.0, 34.0, -117.9, 34.1)))])
    assert done.notes == ["Feature 2 was joined with the other part of area 1."]
    assert len(stored()[1]["coordinates"]) == 2


def test_an_outline_that_crosses_itself_is_mended(tmp_path: Path) -> None:
    done = draw(tmp_path, [feature(1, BOW_TIE)])
    assert done.notes == ["Feature 1 (area 1) crossed itself and was mended."]
    assert len(stored()[1]["coordinates"]) == 2


def test_a_height_is_left_out(tmp_path: Path) -> None:
    ring = [[*corner, 71.5] for corner in box(-118.3, 34.0, -118.2, 34.1)]
    draw(tmp_path, [feature(1, polygon(ring))])
    assert {len(corner) for corner in stored()[1]["coordinates"][0][0]} == {2}


def test_areas_upon_each_other_are_told(tmp_path: Path) -> None:
    done = draw(tmp_path, [feature(1, CENTRAL_BOX), feature(2, polygon(box(-118.25, 34.0, -118.1, 34.1)))])
    assert done.notes == ["Areas 1 and 2 overlap: a mark on both counts for area 1."]
    assert outlines.area_at(-118.22, 34.05).number == 1


def test_neighbours_do_not_overlap(tmp_path: Path) -> None:
    assert draw(tmp_path).notes == []


SHORT = [[-118.3, 34.0], [-118.2, 34.0], [-118.3, 34.0]]
REFUSED = {
    "an unknown area": (feature(99, CENTRAL_BOX), "there is no area with the number 99."),
    "no number": (feature("CENTRAL", CENTRAL_BOX), "no area number in its properties (looked in number, area_number"),
    "a number that is none": (feature(float("1.5"), CENTRAL_BOX), "no area number"),
    "a yes": (feature(True, CENTRAL_BOX), "no area number"),
    "no properties": ({"type": "Feature", "properties": None, "geometry": CENTRAL_BOX}, "it has none"),
    "no feature": ("Central", "it is not a GeoJSON Feature."),
    "no geometry": (feature(1, None), "its geometry is missing"),
    "a point": (feature(1, {"type": "Point", "coordinates": [0, 0]}), "its geometry is Point"),
    "flat coordinates": (feature(1, {"type": "Polygon", "coordinates": [1, 2]}), "not nested as a polygon's"),
    "no coordinates": (feature(1, {"type": "MultiPolygon"}), "not nested as a polygon's"),
    "words": (feature(1, polygon([["west", "south"]] * 4)), "not a pair of numbers"),
    "one number": (feature(1, polygon([[1.0]] * 4)), "not a pair of numbers"),
    "too few corners": (feature(1, polygon(SHORT)), "fewer than 4 positions"),
    "a line": (feature(1, polygon([[-118.3, 34], [-118.2, 34], [-118.1, 34], [-118.3, 34]])), "encloses nothing"),
    "swapped": (feature(1, polygon(box(34.0, -118.3, 34.1, -118.2))), "Are the two swapped"),
    "feet": (feature(1, polygon(box(6480000, 1840000, 6490000, 1850000))), "are these not degrees?"),
}


@pytest.mark.parametrize(("spoiled", "reason"), REFUSED.values(), ids=REFUSED)
def test_one_doubtful_feature_refuses_the_whole_file(tmp_path: Path, spoiled: Any, reason: str) -> None:
    said = refusal(written(tmp_path, [feature(2, RAMPART_BOX), spoiled]))
    assert "Feature 2: " in said
    assert reason in said


def test_every_doubtful_feature_is_named_up_to_twenty(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, [feature(99, CENTRAL_BOX)] * 25)).splitlines()
    assert len([line for line in said if line.startswith("Feature ")]) == 20
    assert said[-1] == "... and 5 more."


def test_a_number_property_that_is_not_there_is_refused(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, TWO_AREAS), "--number-property", "beat")
    assert "looked in beat; it has number, note" in said


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2229"}},
        {"type": "link", "properties": {}},
        "EPSG:2229",
    ],
)
def test_another_system_of_coordinates_is_refused(tmp_path: Path, crs: Any) -> None:
    assert "export it in degrees" in refusal(written(tmp_path, TWO_AREAS, crs=crs))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "not JSON: line 1"),
        (b"[" * 100_000, "not JSON"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "NaN among the numbers"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"[]", "not a GeoJSON FeatureCollection"),
        (b'{"type": "Polygon", "coordinates": []}', "not a GeoJSON FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "not a GeoJSON FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": {}}', "not a GeoJSON FeatureCollection"),
    ],
)
def test_a_file_that_is_no_geojson_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "areas.geojson"
    file.write_bytes(content)
    assert reason in refusal(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in refusal(tmp_path / "none.geojson")


def test_a_true_map_takes_the_place_of_a_sketch_and_never_the_other_way(tmp_path: Path, capsys) -> None:
    draw(tmp_path, TWO_AREAS, schematic=True)
    assert outlines.drawing().is_schematic
    assert "1 changed, 0 unchanged, 1 schematic" in run(written(tmp_path, [feature(1, CENTRAL_BOX)]), capsys)
    assert numbers() == [1]
    live.clear()
    assert not outlines.drawing().is_schematic
    with pytest.raises(CommandError, match="only a sketch"):
        call_command("import_areas", str(written(tmp_path, TWO_AREAS, schematic=True)))
    assert numbers() == [1]


def test_loading_the_catalogue_leaves_the_outlines(tmp_path: Path) -> None:
    draw(tmp_path)
    call_command("load_catalogue", verbosity=0)
    live.clear()
    assert outlines.area_at(*IN_CENTRAL) == Area.objects.get(number=1)
