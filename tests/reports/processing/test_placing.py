"""A report that came with a mark and without an area gets its area on the way into the queue."""

from pathlib import Path

import pytest

from accounts.models import User
from reports.models import Area, Move, Report
from reports.permissions import sees
from reports.processing import actions
from tests.maps import IN_CENTRAL, IN_RAMPART, IN_THE_HOLE, draw, mark
from tests.resident import Resident


def filed(resident: Resident, **where: str) -> Report:
    return resident.file("lost-property", where=where).report


def after_work(report: Report) -> Report:
    actions.work()
    return Report.objects.select_related("area").get(pk=report.pk)


def test_the_area_is_found_when_the_map_came_later(resident: Resident, tmp_path: Path, olga: User) -> None:
    report = filed(resident, **mark(IN_CENTRAL))
    assert report.area is None
    draw(tmp_path)
    placed = after_work(report)
    assert (placed.state, placed.area.name) == ("queued", "Central")
    assert sees(olga, placed)
    assert Move.objects.filter(report=report).count() == 1


@pytest.mark.usefixtures("two_areas")
def test_intake_finds_it_at_once(resident: Resident) -> None:
    assert filed(resident, **mark(IN_RAMPART)).area.name == "Rampart"


@pytest.mark.usefixtures("two_areas")
def test_a_mark_outside_finds_none(resident: Resident) -> None:
    report = after_work(filed(resident, outside="on", **mark(IN_THE_HOLE)))
    assert (report.state, report.area) == ("queued", None)


@pytest.mark.usefixtures("two_areas")
def test_a_report_without_a_mark_stays_without_an_area(resident: Resident) -> None:
    report = after_work(filed(resident, address="a street somewhere"))
    assert (report.state, report.area) == ("queued", None)


def test_an_area_that_is_known_stays(resident: Resident, tmp_path: Path) -> None:
    harbor = Area.objects.get(number=5)
    report = filed(resident, area=str(harbor.number), **mark(IN_CENTRAL))
    draw(tmp_path)
    assert after_work(report).area == harbor
