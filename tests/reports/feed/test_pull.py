"""What changed since a cursor, for whom."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from reports.feed.columns import COLUMNS
from reports.models import Area, AuditEvent, CodedFact, Correction, FeedEntry, Report, ReportKey, ReportType
from reports.review import actions as review
from reports.review import correcting
from tests.desk import DR_NUMBER, another
from tests.reports.feed.conftest import LIST, PLAIN, System
from tests.resident import PERSON, STORY

Systems = Callable[..., System]
Reason = Correction.Reason


def reopen(report: Report, by: User) -> None:
    review.reopen(report_id=report.pk, reason="mistake", by=by)


def approve(report: Report, by: User) -> None:
    review.approve(report_id=report.pk, dr_number=DR_NUMBER, by=by)


def move(report: Report, by: User, area: int) -> None:
    correcting.correct_area(report_id=report.pk, area=Area.objects.get(number=area), by=by)


def test_it_tells_an_approved_report_with_its_columns(report: Report, system: Systems) -> None:
    (item,), cursor = system().pull()
    assert item["id"] == str(report.pk)
    assert (item["reference"], item["status"], item["acknowledged_as"]) == (report.reference, "approved", None)
    assert "files" not in item
    assert set(item["fields"]) == set(PLAIN)
    told = item["fields"]
    assert (told["dr_number"], told["type"], told["area"], told["bureau"]) == (
        DR_NUMBER,
        "theft-from-vehicle",
        1,
        "OCB",
    )
    assert told["property"] == [{"code": "75", "loss": None, "quantity": 1, "value": "499.50"}]
    assert told["occurred_from"] == "2026-03-03T05:30:00Z"
    assert cursor


def test_no_report_that_is_not_approved_is_told(queued: Report, system: Systems) -> None:
    assert system().pull() == ([], None)


def test_nothing_is_told_twice_behind_the_cursor(report: Report, system: Systems) -> None:
    records = system()
    _items, cursor = records.pull()
    assert records.pull(cursor) == ([], cursor)


def changes() -> dict[str, Callable[[Report, User], Any]]:
    """Return what may happen to an approved report, by name."""

    def reopened_and_approved(report: Report, by: User) -> None:
        reopen(report, by)
        approve(report, by)

    def sealed_anew(report: Report, by: User) -> None:
        report.document.version += 1
        report.document.save(update_fields=["version"])

    return {
        "approved again": reopened_and_approved,
        "area": lambda report, by: move(report, by, 5),
        "premise": lambda report, by: correcting.correct_premise(
            report_id=report.pk, code="01", by=by, reason=Reason.FOUND
        ),
        "offence": lambda report, by: correcting.correct_offence(
            report_id=report.pk, code="", by=by, reason=Reason.FOUND
        ),
        "bias": lambda report, by: correcting.correct_bias(
            report_id=report.pk, codes=["14"], by=by, reason=Reason.FOUND
        ),
        "property": lambda report, by: correcting.correct_property(
            report_id=report.pk, rows=[], by=by, reason=Reason.FOUND
        ),
        "type": lambda report, by: correcting.correct_type(
            report_id=report.pk,
            report_type=ReportType.objects.get(slug="theft", state="live"),
            by=by,
            reason=Reason.FOUND,
        ),
        "document": sealed_anew,
        "plain statement": lambda report, by: Report.objects.filter(pk=report.pk).update(language="es"),
        "fact": lambda report, by: CodedFact.objects.filter(report=report).update(quantity=2),
    }


@pytest.mark.parametrize("change", changes())
def test_a_report_that_changed_is_told_again(report: Report, system: Systems, citywide: User, change: str) -> None:
    records = system()
    _items, cursor = records.pull()
    changes()[change](report, citywide)
    assert records.told(cursor) == [(report.reference, "approved")]


def test_what_says_nothing_new_is_not_told_again(report: Report, system: Systems) -> None:
    records = system()
    _items, cursor = records.pull()
    Report.objects.filter(pk=report.pk).update(priority=1, news="added", claimed_by=None)
    assert records.told(cursor) == []


def test_a_reopened_report_is_gone_and_comes_back(report: Report, system: Systems, citywide: User) -> None:
    records = system()
    _items, cursor = records.pull()
    reopen(report, citywide)
    assert records.told(cursor) == [(report.reference, "gone")]
    assert records.get(f"{LIST}/{report.pk}").status_code == 404
    _items, cursor = records.pull(cursor)
    approve(report, citywide)
    assert records.told(cursor) == [(report.reference, "approved")]
    assert records.told() == [(report.reference, "approved")]


def test_a_deleted_report_is_gone(report: Report, system: Systems) -> None:
    records = system()
    _items, cursor = records.pull()
    Report.objects.filter(pk=report.pk).delete()
    assert records.told(cursor) == [(report.reference, "gone")]


def test_a_report_that_leaves_the_scope_is_gone_there_and_new_elsewhere(
    report: Report, system: Systems, citywide: User
) -> None:
    central, harbor = system(areas=[1]), system(areas=[5])
    (_items, at_central), (none, at_harbor) = central.pull(), harbor.pull()
    assert none == []
    move(report, citywide, 5)
    assert central.told(at_central) == [(report.reference, "gone")]
    assert harbor.told(at_harbor) == [(report.reference, "approved")]


SCOPES = [
    ({}, True),
    ({"areas": [1]}, True),
    ({"areas": [5]}, False),
    ({"areas": [1, 5]}, True),
    ({"types": ["theft-from-vehicle"]}, True),
    ({"types": ["theft"]}, False),
    ({"areas": [1], "types": ["theft-from-vehicle", "theft"]}, True),
    ({"areas": [1], "types": ["theft"]}, False),
    ({"areas": [5], "types": ["theft-from-vehicle"]}, False),
]


@pytest.mark.parametrize(("scope", "covers"), SCOPES)
def test_every_door_obeys_the_scope(report: Report, system: Systems, scope: dict[str, Any], covers: bool) -> None:
    """A report outside is a 404 at each address, and no item of a pull."""
    records = system(**scope)
    assert [len(records.pull()[0])] == [int(covers)]
    assert records.get(f"{LIST}/{report.pk}").status_code == (200 if covers else 404)
    assert records.acknowledge(report, "A-1").status_code == (200 if covers else 404)


def test_a_report_without_area_is_the_whole_citys(report: Report, system: Systems) -> None:
    Report.objects.update(area=None)
    everywhere = [area.number for area in Area.objects.all()]
    assert len(system().pull()[0]) == 1
    (item,) = system(areas=everywhere).pull()[0]
    assert item["status"] == "gone"


def test_personal_columns_come_only_to_who_has_them(report: Report, system: Systems) -> None:
    plain = str(system().pull())
    for word in (STORY, PERSON["name"], PERSON["phone"], "7ABC123", "6th and Main", "SN-0042-XY"):
        assert word not in plain
    (item,), _cursor = system(columns=["narrative", "section_person"], reason="records").pull()
    assert set(item["fields"]) == {"narrative", "section_person"}
    assert item["fields"]["narrative"] == STORY
    assert PERSON["name"] in {line["value"] for line in item["fields"]["section_person"]}


def test_every_column_can_be_told(report: Report, system: Systems) -> None:
    (item,), _cursor = system(columns=list(COLUMNS), reason="records").pull()
    assert set(item["fields"]) == set(COLUMNS)
    assert item["fields"]["narrative_english"] == STORY


def test_a_shredded_report_is_told_without_what_is_gone(report: Report, system: Systems) -> None:
    ReportKey.objects.all().delete()
    (item,), _cursor = system(columns=["dr_number", "narrative"], reason="records").pull()
    assert item["fields"] == {"dr_number": DR_NUMBER, "narrative": None}


def test_pages_lose_and_repeat_nothing(report: Report, system: Systems) -> None:
    for number in range(6):
        another(report, dr_number=f"26000000{number}")
    records = system()
    references = [item["reference"] for item in records.pull(limit=2)[0]]
    assert len(references) == len(set(references)) == 7
    assert set(references) == set(Report.objects.values_list("reference", flat=True))


def test_a_change_between_two_pages_is_told_behind_them(report: Report, system: Systems) -> None:
    other = another(report, dr_number="260000001")
    records = system()
    first = records.get(LIST, limit=1).json()
    assert [item["reference"] for item in first["reports"]] == [report.reference]
    Report.objects.filter(pk=report.pk).update(language="es")
    assert records.told(first["next"]) == [(other.reference, "approved"), (report.reference, "approved")]


def test_a_pull_is_a_look_at_each_report_it_told_of(report: Report, system: Systems) -> None:
    records = system()
    AuditEvent.objects.filter(verb="feed.pull").exists()
    answer = records.get(LIST)
    event = AuditEvent.objects.get(verb="feed.pull")
    assert (event.subject, event.actor) == (f"report:{report.pk}", f"token:{records.token.pk}")
    again = records.get(LIST, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert AuditEvent.objects.filter(verb="feed.pull").count() == 1


def test_a_cursor_of_another_scope_or_database_begins_anew(report: Report, system: Systems) -> None:
    records, other = system(), system(areas=[1])
    _items, cursor = records.pull()
    assert other.get(LIST, cursor=cursor).status_code == 409
    number, mark, scope = cursor.split("-")
    restored = f"{number}-{'0' * 12}-{scope}"
    for unknown in (restored, f"{int(number) + 1}-{mark}-{scope}"):
        answer = records.get(LIST, cursor=unknown)
        assert (answer.status_code, answer.json()) == (409, {"error": "unknown_cursor"})


def test_a_new_token_of_the_same_scope_goes_on_with_the_old_cursor(report: Report, system: Systems) -> None:
    _items, cursor = system(areas=[1]).pull()
    assert system("renewed", areas=[1]).pull(cursor) == ([], cursor)


def test_a_pull_takes_as_many_statements_for_thirty_as_for_one(report: Report, system: Systems) -> None:
    records = system(columns=list(COLUMNS), reason="records", files="originals")
    counted = []
    for number in range(30):
        if number in {0, 29}:
            records.pull()
            with CaptureQueriesContext(
                connection,
            ) as told:
                assert records.get(LIST).status_code == 200
            counted.append(len([each for each in told if "auditevent" not in each["sql"]]))
        copy = another(report, dr_number=f"2600000{number:02}")
        copy.sealing_key = None
        CodedFact.objects.create(report=copy, kind="property", code="75")
    assert counted[0] == counted[1]


def test_entries_are_kept_for_ever(report: Report, citywide: User) -> None:
    before = FeedEntry.objects.count()
    reopen(report, citywide)
    assert FeedEntry.objects.count() == before + 1
