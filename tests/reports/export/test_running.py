"""Making the files in steps: each report once, whatever happens to the worker in between."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import Role, User
from reports.audit import SYSTEM
from reports.catalogue import live
from reports.export import actions, formats, parts, running
from reports.export.wanted import Wanted
from reports.files import storage
from reports.files.actions import sweep
from reports.models import Alert, Area, AuditEvent, Export, ExportLine, ExportPart, Report
from tests.desk import another
from tests.reports.export.conftest import content, rows

State = Export.State


@pytest.fixture
def five(march: Report) -> list[Report]:
    """Five approved reports of Central."""
    return [march, *(another(march, dr_number=f"2600000{number:02}") for number in range(4))]


@pytest.fixture
def two_at_a_time(monkeypatch) -> None:
    """Let a part hold two reports."""
    monkeypatch.setattr(running, "COPIED", 2)
    made = {name: replace(maker, chunk=2) for name, maker in formats.MAKERS.items()}
    monkeypatch.setattr(formats, "MAKERS", made)


def stored_files() -> set[str]:
    return {file.name for file in settings.FILES_DIR.glob("??/*")}


def test_a_worker_makes_it_and_says_that_it_is_whole(five, two_at_a_time, made, sue: User) -> None:
    export = made()
    assert (export.state, export.total, export.rows, export.misfits) == (State.READY, 5, 5, 0)
    assert [row["reference"] for row in rows(export)] == [
        report.reference for report in sorted(five, key=lambda one: one.pk)
    ]
    whole = content(export)
    assert (export.size, export.checksum) == (len(whole), hashlib.sha256(whole).hexdigest())
    assert export.expires_at - export.ended_at == timedelta(days=7)
    assert set(ExportLine.objects.values_list("report", flat=True)) == {report.pk for report in five}
    assert [(part.rows, part.position) for part in export.parts.all()] == [(2, 0), (2, 1), (1, 2)]
    told = Alert.objects.get(kind="exported")
    assert (told.user, told.export) == (sue, export)
    event = AuditEvent.objects.get(verb="export.finish")
    assert (event.actor, event.subject, event.details["rows"]) == ("system", f"export:{export.pk}", 5)


def test_its_files_are_sealed(march, made) -> None:
    made(preset="everything")
    stored = b"".join(storage.path(name).read_bytes() for name in stored_files())
    assert stored
    assert march.reference.encode() not in stored


@pytest.mark.parametrize("preset", ["standard", "everything"])
def test_another_worker_goes_on_where_one_was_killed(five, two_at_a_time, ask, monkeypatch, preset: str) -> None:
    export = ask(preset=preset)
    claimed = running.claim()
    claimed.total = 5
    user = running._requester(claimed)
    running._begin(claimed, user)
    assert running._step(claimed, user)
    # Killed after it stored a part, before it could say so.
    orphan = parts.store(claimed, "rows.1", [b"half of a part"])
    assert running.claim() is None
    Export.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    running.work()
    done = Export.objects.get(pk=export.pk)
    references = [row["reference"] for row in rows(done)]
    assert sorted(references) == sorted(report.reference for report in five)
    assert ExportLine.objects.filter(export=done).count() == 5
    assert orphan in stored_files()
    monkeypatch.setattr("reports.files.actions.ORPHAN_AGE", timedelta(seconds=-5))
    assert sweep(by=SYSTEM) == 1
    assert len(content(done)) == done.size


def test_a_worker_that_lost_its_lease_changes_nothing(five, two_at_a_time, ask) -> None:
    export = ask()
    slow = running.claim()
    Export.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    running.work()
    ready, before = Export.objects.get(pk=export.pk), stored_files()
    assert not running.carry_on(slow)
    again = Export.objects.get(pk=export.pk)
    assert (again.state, again.checksum, stored_files()) == (State.READY, ready.checksum, before)


def test_turns_are_taken(five, two_at_a_time, ask, monkeypatch) -> None:
    first, second = ask(), ask()
    monkeypatch.setattr(running, "TURN_SECONDS", -1)
    states = []
    for _turn in range(2):
        running.work()
        states.append([Export.objects.get(pk=one.pk).rows for one in (first, second)])
    assert states == [[2, 0], [2, 2]]


def test_cancelled_it_leaves_nothing(
    five, two_at_a_time, ask, sue: User, monkeypatch, django_capture_on_commit_callbacks
):
    export = ask()
    monkeypatch.setattr(running, "TURN_SECONDS", -1)
    running.work()
    assert stored_files()
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.cancel(export=export, by=sue)
    running.work()
    gone = Export.objects.get(pk=export.pk)
    assert (gone.state, stored_files(), ExportPart.objects.count(), ExportLine.objects.count()) == (
        State.CANCELLED,
        set(),
        0,
        0,
    )
    assert not actions.cancel(export=export, by=sue)
    assert AuditEvent.objects.filter(verb="export.cancel").count() == 1


def test_what_may_be_seen_is_asked_when_it_is_made(march, ask, sue: User) -> None:
    harbor = another(march, area=Area.objects.get(number=5), dr_number="260000002")
    export = ask()
    Report.objects.filter(pk=march.pk).update(area=harbor.area)
    running.work()
    assert rows(Export.objects.get(pk=export.pk)) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"is_active": False}, "refused"),
        ({"roles": [Role.OFFICER]}, "refused"),
        ({"citywide": True}, "reach"),
    ],
)
def test_it_ends_when_its_requester_may_not_any_more(
    five, two_at_a_time, ask, sue: User, monkeypatch, change: dict, why: str
) -> None:
    export = ask()
    monkeypatch.setattr(running, "TURN_SECONDS", -1)
    running.work()
    User.objects.filter(pk=sue.pk).update(**change)
    running.work()
    ended = Export.objects.get(pk=export.pk)
    assert (ended.state, ended.why, ended.parts.count()) == (State.FAILED, why, 0)
    assert AuditEvent.objects.get(verb="export.fail").details == {"why": why}


def test_an_error_is_put_off_and_given_up_at_last(march, ask, sue: User, monkeypatch) -> None:
    export = ask(preset="everything")
    monkeypatch.setattr("reports.export.formats.body", lambda *args: 1 / 0)
    for attempt in range(1, running.MOST_ATTEMPTS + 2):
        assert running.work() == 1
        row = Export.objects.get(pk=export.pk)
        if attempt <= running.MOST_ATTEMPTS:
            assert (row.state, row.attempts, row.last_error) == (State.RUNNING, attempt, "ZeroDivisionError")
            assert running.work() == 0
            Export.objects.update(turn_at=timezone.now())
    assert (row.state, row.why) == (State.FAILED, "error")
    assert Alert.objects.filter(kind="exported", user=sue).count() == 1


def test_too_many_for_one_paper_is_said(five, ask, monkeypatch) -> None:
    few = replace(formats.MAKERS[Export.Format.PDF], most=4)
    monkeypatch.setitem(formats.MAKERS, Export.Format.PDF, few)
    export = ask(kind=Export.Format.PDF)
    running.work()
    ended = Export.objects.get(pk=export.pk)
    assert (ended.state, ended.why) == (State.FAILED, "too_many")


def test_a_missing_or_altered_part_is_never_a_shorter_file(five, two_at_a_time, made, sue: User) -> None:
    export = made()
    middle = export.parts.get(position=1)
    file = storage.path(middle.stored)
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(Exception, match="breaks off or was altered"):
        content(export)
    file.unlink()
    with pytest.raises(actions.Gone):
        content(export)
    middle.delete()
    with pytest.raises(LookupError):
        content(export)


def test_a_report_that_does_not_open_is_listed(march, made) -> None:
    march.sealing_key.delete()
    export = made(preset="everything")
    assert (export.rows, export.misfits) == (1, 1)
    assert rows(export)[0]["narrative_original"] == ""
    assert [(row["reference"], row["why"]) for row in rows(export, "misfits")] == [
        (march.reference, "What was sealed of it cannot be opened any more.")
    ]


def test_files_go_when_their_time_is_over(march, made, sue: User, django_capture_on_commit_callbacks) -> None:
    export = made()
    assert actions.expire(by=SYSTEM) == 0
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.expire(by=SYSTEM) == 1
    gone = Export.objects.get(pk=export.pk)
    assert (gone.state, stored_files(), gone.rows, gone.lines.count()) == (State.EXPIRED, set(), 1, 1)
    with pytest.raises(actions.Gone):
        content(gone)


def test_a_file_goes_when_a_report_in_it_was_deleted_since(march, made) -> None:
    first, second = made(), made()
    Export.objects.filter(pk=first.pk).update(ended_at=timezone.now() - timedelta(hours=2))
    Report.objects.filter(pk=march.pk).update(purged_at=timezone.now() - timedelta(hours=1))
    assert actions.expire(by=SYSTEM) == 1
    assert [Export.objects.get(pk=one.pk).state for one in (first, second)] == [State.EXPIRED, State.READY]


def test_only_what_was_chosen_is_in_it(five, made) -> None:
    wanted = Wanted.of([five[1].pk, five[3].pk])
    assert {row["reference"] for row in rows(made(wanted=wanted))} == {five[1].reference, five[3].reference}


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("kind", "statements"), [("csv", 31), ("xlsx", 28)])
def test_it_takes_the_same_statements_however_many_reports(
    march, ask, django_assert_num_queries, kind: str, statements: int, count: int
) -> None:
    for number in range(count - 1):
        another(march, dr_number=f"{number:09}")
    ask(kind=Export.Format(kind))
    live.areas()
    with django_assert_num_queries(statements) as captured:
        running.work()
    assert captured
