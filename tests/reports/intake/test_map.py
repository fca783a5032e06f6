"""The map on the step that asks where: drawn by the server, small, optional, and private."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from reports.catalogue import outlines
from reports.export.source import Source
from reports.export.table import columns
from reports.models import AuditEvent, Document, Draft, Report
from reports.processing import actions
from tests.desk import show
from tests.maps import IN_RAMPART, IN_THE_HOLE, TWO_AREAS, draw, mark
from tests.reports.catalogue.test_drawing import city
from tests.reports.paper.conftest import text_of
from tests.resident import Resident

SLUG = "lost-property"
HERE = mark(IN_RAMPART)
WORDS = "34.02000 N, 118.12000 W"


@pytest.fixture
def draft(resident: Resident) -> Any:
    return resident.begin(SLUG)


def page(resident: Resident, draft: Any) -> str:
    return resident.client.get(resident.url("intake:step", draft, "where")).text


def drawn(text: str) -> str:
    return re.search(r"<svg class=\"map\".*?</svg>", text, re.DOTALL)[0]


def test_without_outlines_the_list_serves_alone(resident: Resident, draft) -> None:
    text = page(resident, draft)
    assert "data-map" not in text
    assert "js/map.js" not in text
    assert 'name="latitude"' not in text
    assert '<option value="" selected>I do not know</option>' in text


@pytest.mark.usefixtures("two_areas")
def test_it_shows_every_area_by_its_name(resident: Resident, draft) -> None:
    text = page(resident, draft)
    assert re.findall(r"<title>(.*?)</title></path>", text) == ["Central", "Rampart"]
    assert 'name="latitude"' in text
    assert "js/map.js" in text
    assert "for this demonstration" not in text


@pytest.mark.usefixtures("two_areas")
def test_the_other_steps_know_nothing_of_it(resident: Resident, draft) -> None:
    assert "js/map.js" not in resident.client.get(resident.url("intake:step", draft, "when")).text
    assert "js/map.js" not in resident.client.get(resident.url("intake:start")).text


def test_a_sketch_says_so(resident: Resident, draft, tmp_path: Path) -> None:
    draw(tmp_path, TWO_AREAS, schematic=True)
    assert "A rough sketch for this demonstration, not the real borders." in page(resident, draft)


def test_a_city_of_many_corners_is_a_small_page(resident: Resident, draft, tmp_path: Path) -> None:
    shapes = city(rows=7, columns=3, corners=230)
    numbered = [
        {"type": "Feature", "properties": {"number": number}, "geometry": shape.__geo_interface__}
        for number, shape in enumerate(shapes, start=1)
    ]
    draw(tmp_path, numbered)
    assert len(drawn(page(resident, draft)).encode()) < 30_000
    assert sum(Path(finders.find(name)).stat().st_size for name in ("js/map.js", "css/map.css")) < 12_000


@pytest.mark.usefixtures("two_areas")
def test_the_step_asks_the_database_no_more_than_without_a_map(resident: Resident, draft) -> None:
    page(resident, draft)
    with CaptureQueriesContext(connection) as warm:
        page(resident, draft)
    assert not [query for query in warm if "reports_areaboundary" in query["sql"]]


@pytest.mark.usefixtures("two_areas")
def test_what_was_marked_is_there_again_also_without_script(resident: Resident, draft) -> None:
    resident.fill(draft, "where", HERE, go="back")
    text = page(resident, draft)
    assert 'value="34.02000"' in text
    assert "Your mark is in Rampart." in text
    x, y = outlines.drawing().frame.point(*IN_RAMPART)
    assert f'transform="translate({x} {y}) scale(5)"' in text
    assert not re.search(r"data-map[^>]*hidden", text)


@pytest.mark.usefixtures("two_areas")
def test_it_is_removed_again_without_script(resident: Resident, draft) -> None:
    url = resident.url("intake:step", draft, "where")
    answer = resident.client.post(url, {**HERE, "address": "a bridge", "remove": "pin"})
    assert answer.url == url
    text = page(resident, draft)
    assert "34.02000" not in text
    assert 'value="a bridge"' in text


@pytest.mark.usefixtures("two_areas")
def test_a_mark_that_cannot_be_read_can_be_removed(resident: Resident, draft) -> None:
    text = resident.fill(draft, "where", {"latitude": "NaN", "longitude": "1"}).text
    assert text.count("We could not read the mark on the map.") == 2  # in the summary and beside the map
    assert not re.search(r"data-remove\s+hidden", text)


@pytest.mark.usefixtures("two_areas")
def test_a_mark_outside_offers_to_say_so(resident: Resident, draft) -> None:
    assert 'name="outside"' not in page(resident, draft)
    answer = resident.fill(draft, "where", mark(IN_THE_HOLE))
    assert answer.status_code == 200
    assert answer.text.count("This mark is outside Los Angeles.") == 2
    assert 'name="outside"' in answer.text
    assert "Your mark is outside the city." in answer.text
    assert resident.fill(draft, "where", mark(IN_THE_HOLE) | {"outside": "on"}).status_code == 302
    assert re.search(r'name="outside"[^>]*checked', page(resident, draft))


@pytest.mark.usefixtures("two_areas")
def test_the_check_page_says_where_it_is_marked(resident: Resident) -> None:
    draft = resident.answer_all(SLUG, where=HERE)
    text = resident.client.get(resident.url("intake:check", draft)).text
    assert "Marked on the map" in text
    assert f"Rampart<br>{WORDS}" in text


@pytest.mark.usefixtures("two_areas")
def test_it_is_sealed_and_shown_only_after_a_reveal(resident: Resident, sue: User, at_desk) -> None:
    report = resident.file(SLUG, where=HERE).report
    actions.work()
    assert b"34.02" not in bytes(Document.objects.get(report=report).sealed)
    assert not [event for event in AuditEvent.objects.all() if "34.02" in str(event.details)]
    desk = at_desk(sue)
    masked = show(desk, report)
    assert "Marked on the map" in masked.text
    assert WORDS not in masked.text
    assert WORDS not in text_of(desk.get(reverse("review:paper", args=[report.pk])).content)
    desk.post(reverse("review:reveal", args=[report.pk]), {"reason": "contact"})
    assert WORDS in show(desk, report).text
    assert WORDS in text_of(desk.get(reverse("review:paper", args=[report.pk])).content)


@pytest.mark.usefixtures("two_areas")
def test_a_draft_holds_it_sealed(resident: Resident, draft) -> None:
    resident.fill(draft, "where", HERE)
    assert "34.02" not in str(Draft.objects.get().answers)


@pytest.mark.usefixtures("two_areas")
def test_the_residents_copy_and_the_personal_export_hold_it(resident: Resident) -> None:
    draft = resident.answer_all(SLUG, where=HERE)
    resident.submit(draft)
    assert WORDS in text_of(resident.client.get(resident.url("paper:copy", draft)).content)
    report = Report.objects.get()
    values = {column.title: column.value(Source(report)) for column in columns(personal=True)}
    assert (values["latitude"], values["longitude"]) == ("34.02000", "-118.12000")
    plain = [column.value(Source(report)) for column in columns(personal=False)]
    assert not [value for value in plain if "34.02" in str(value)]
