"""The first page: what can be reported, under calm headings."""

import gzip
import re

import pytest

from reports.catalogue import live
from reports.models import ReportType
from tests.resident import Resident

MOST = 60 * 1024


def test_it_shows_each_type_once_under_its_heading(resident: Resident) -> None:
    page = resident.client.get(resident.url("intake:start")).text
    doors = [int(pk) for pk in re.findall(r'class="door"\s+href="[^"]*/begin/(\d+)/"', page)]
    assert doors == [each.pk for _heading, types in live.types_by_group() for each in types]
    assert len(doors) == 14
    assert page.count('<h3 class="door-group">') == 5
    assert page.count("<h1") == 1


def test_it_does_not_show_what_is_reached_from_elsewhere(resident: Resident) -> None:
    hidden = ReportType.objects.get(slug="hate-callback", state="live")
    assert resident.url("intake:begin", hidden.pk) not in resident.client.get(resident.url("intake:start")).text


def test_it_stays_small(resident: Resident) -> None:
    """The page itself; its styles and scripts have their own test. All told there may be 60 KB."""
    content = resident.client.get(resident.url("intake:start")).content
    assert len(gzip.compress(content)) < MOST / 6


def test_it_says_when_nothing_can_be_reported(resident: Resident) -> None:
    ReportType.objects.update(state=ReportType.State.RETIRED)
    live.clear()
    assert "Online reports are closed at the moment." in resident.client.get(resident.url("intake:start")).text


@pytest.mark.parametrize("name", ["intake:start", "intake:resume", "status:find", "statistics:show", "begin"])
def test_a_watcher_that_asks_for_the_head_alone_finds_it_well(resident: Resident, name: str) -> None:
    pk = ReportType.objects.get(slug="lost-property", state="live").pk
    url = resident.url("intake:begin", pk) if name == "begin" else resident.url(name)
    answer = resident.client.head(url)
    assert (answer.status_code, answer.content) == (200, b"")
