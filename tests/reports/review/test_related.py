"""Reports that may belong together, each with the reasons, within the person's reach and at a fixed price."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from reports import codes
from reports.documents import opened
from reports.intake.actions import store_document
from reports.models import Area, Report, ReportType
from reports.review import related
from tests.desk import another, show

LONG_AGO = timedelta(days=300)
STORY = "Somebody smashed the passenger window behind Kaminski bakery and grabbed three umbrellas from the backseat."
MINE: dict[str, Any] = {
    "person": {"part": "myself", "name": "Ana Flores", "email": "ana@example.org", "phone": "+1 213 555 0142"},
    "vehicles": {"each": [{"plate": "7ABC123", "vin": "1HGCM82633A004352"}]},
    "items": {"each": [{"kind": "75", "serial": "SN-0042-XY"}]},
    "where": {"address": "Vermont Ave and 8th St", "latitude": "34.05701", "longitude": "-118.29102"},
    "narrative": {"story": STORY},
    "original": {"number": "R-7K4M-93QX"},
}
# What another report shares, and what is said of it.
SHARED = [
    ({"person": {"name": "B. Other", "phone": "(213) 555-0142"}}, "Same phone number"),
    ({"person": {"name": "B. Other", "email": "ANA@example.org"}}, "Same e-mail address"),
    ({"vehicles": {"each": [{"plate": "7abc 123"}]}}, "Same license plate"),
    ({"vehicles": {"each": [{"vin": "1HGCM82633A004352"}]}}, "Same vehicle number (VIN)"),
    ({"items": {"each": [{"kind": "20", "serial": "sn0042xy"}]}}, "Same serial number"),
    ({"original": {"number": "r7k4m93qx"}}, "Both name the same earlier report"),
]
NEARBY = [
    ({"where": {"latitude": "34.05999", "longitude": "-118.29402"}}, "Marked within about half a mile, 3 days apart"),
    ({"where": {"address": "vermont ave AND 8th st"}}, "The same words for the place, 3 days apart"),
    ({"narrative": {"story": STORY.replace("three", "some")}}, "Similar text: 91 % of the words"),
]


def made(pattern: Report, parts: dict[str, Any], *, before: timedelta = timedelta(0), **fields: Any) -> Report:
    """Store a report with these parts that was sent so long before the pattern. Its id begins with that moment."""
    at = pattern.reported_at - before
    report = another(pattern, **({"reported_at": at, "occurred_from": None, "dr_number": ""} | fields))
    pk = UUID(int=int(at.timestamp() * 1000) << 80 | report.pk.int % (1 << 80))
    Report.objects.filter(pk=report.pk).update(id=pk)
    report = Report.objects.select_related("report_type").get(pk=pk)
    store_document(report, parts)
    return report


def found(report: Report, by: User) -> dict[UUID, list[str]]:
    return {each.pk: each.reasons for each in related.of_report(report, opened(report), by=by)}


@pytest.fixture
def mine(queued: Report) -> Report:
    """A report with everything by which others are compared, the only one that exists for Olga."""
    mine = made(queued, MINE)
    Report.objects.filter(pk=queued.pk).update(area=None)
    return mine


@pytest.mark.parametrize(("parts", "reason"), SHARED)
def test_the_same_identifier_is_told_however_long_ago(mine: Report, olga: User, parts, reason) -> None:
    other = made(mine, parts, before=LONG_AGO)
    assert found(mine, olga)[other.pk] == [reason]
    assert found(other, olga)[mine.pk] == [reason]


@pytest.mark.parametrize(("parts", "reason"), NEARBY)
def test_place_and_words_are_told_only_of_the_same_time(mine: Report, olga: User, parts, reason) -> None:
    near = made(mine, parts, before=timedelta(days=3))
    made(mine, parts, before=LONG_AGO)
    assert list(found(mine, olga).values()) == [[reason]]
    assert near.pk in found(mine, olga)


def test_the_same_kind_in_the_same_area_within_a_week(queued: Report, olga: User) -> None:
    at = timezone.now() - LONG_AGO
    mine = made(queued, {}, occurred_from=at)
    near = made(queued, {}, occurred_from=at - timedelta(days=2))
    made(queued, {}, occurred_from=at - timedelta(days=9))
    made(queued, {}, occurred_from=at, area=Area.objects.get(number=2))
    made(queued, {}, occurred_from=at, report_type=ReportType.objects.get(slug="vandalism", state="live"))
    assert found(mine, olga) == {near.pk: ["Same kind, same area, 2 days apart"]}


def test_a_supplement_and_what_it_adds_to_find_each_other(queued: Report, olga: User) -> None:
    Report.objects.filter(pk=queued.pk).update(dr_number="260012345")
    queued.refresh_from_db()
    for number in (f"it is {queued.reference.lower()}"[6:], "26 00-12345"):
        supplement = made(queued, {"original": {"number": number}})
        assert found(supplement, olga)[queued.pk] == ["This report adds to it"]
        assert found(queued, olga)[supplement.pk] == ["It adds to this report"]


def test_what_has_more_in_common_stands_first_and_few_are_shown(mine: Report, olga: User) -> None:
    close = made(mine, {"person": MINE["person"], "vehicles": MINE["vehicles"]}, before=LONG_AGO)
    for _each in range(related.MOST_SHOWN + 2):
        made(mine, {"items": MINE["items"]}, before=LONG_AGO)
    shown = list(found(mine, olga))
    assert (shown[0], len(shown)) == (close.pk, related.MOST_SHOWN)


def test_a_report_out_of_reach_is_not_even_hinted_at(mine: Report, olga: User, piet: User, at_desk) -> None:
    other = made(mine, MINE, area=Area.objects.get(number=5))
    assert other.pk not in found(mine, olga)
    page = show(at_desk(olga), mine)
    assert other.reference not in page.text
    assert page.context["related"] == []
    assert found(other, piet) == {}


def test_short_stories_are_not_called_similar(queued: Report, olga: User) -> None:
    mine = made(queued, {"narrative": {"story": "My bicycle was stolen."}})
    made(queued, {"narrative": {"story": "My bicycle was stolen."}})
    assert found(mine, olga) == {}


@pytest.mark.parametrize("others", [1, 30])
def test_it_takes_two_statements(mine: Report, olga: User, django_assert_num_queries, others: int) -> None:
    for _each in range(others):
        made(mine, MINE)
    parts = opened(mine)
    found(mine, olga)
    with django_assert_num_queries(2):
        assert related.of_report(mine, parts, by=olga)


def test_the_page_says_why_and_shows_nothing_personal(mine: Report, olga: User, at_desk) -> None:
    other = made(mine, {"person": MINE["person"]}, before=LONG_AGO)
    page = show(at_desk(olga), mine)
    assert other.reference in page.text
    assert "Same phone number" in page.text
    assert [value for value in ("555 0142", "ana@example.org", "Ana Flores") if value in page.text] == []


@pytest.mark.parametrize("number", ["ask my aunt Dolores", "123", "26-00-123456789", "Martinez"])
def test_what_is_no_number_of_a_report_goes_into_no_statement(queued: Report, olga: User, number: str) -> None:
    supplement = made(queued, {"original": {"number": number}})
    with CaptureQueriesContext(connection) as captured:
        found(supplement, olga)
    bare = "".join(filter(str.isalnum, number)).upper()
    meant = codes.understand_reference(number) or bare
    assert not [query for query in captured if re.search(rf"\b({bare}|{meant})\b", query["sql"])]
