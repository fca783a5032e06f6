"""Removed, discarded, expired, handed over, left behind: rows and stored files go together."""

import os
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError
from django.utils import timezone

from reports import vault
from reports.audit import RESIDENT, SYSTEM
from reports.documents import opened
from reports.files import actions, storage
from reports.files.limits import Refusal, Refused
from reports.files.upload import Incoming
from reports.intake import actions as intake
from reports.models import Attachment, Draft, Job, Report, ReportKey
from tests.desk import at_once
from tests.reports.files.conftest import KINDS, MP3, PDF, add, named, picture, stored
from tests.resident import Resident


def incoming(name: str = "a.pdf", content: bytes = PDF) -> Incoming:
    """Return a file that has arrived."""
    file = Incoming(name)
    file.add(content)
    file.end()
    return file


def test_remove_takes_one_out_and_keeps_the_rest_of_the_step(resident: Resident, draft: UUID, store, committed) -> None:
    add(resident, draft, named("a.pdf", PDF), named("b.mp3", MP3), note="kept")
    first = Attachment.objects.get(position=1)
    with committed():
        response = resident.client.post(
            resident.url("intake:step", draft, "files"), {"remove": str(first.pk), "note": "kept and changed"}
        )
    page = resident.client.get(response.url)
    assert "a.pdf" not in page.text
    assert "b.mp3" in page.text
    assert "kept and changed" in page.text
    assert [path.name for path in stored(store)] == [Attachment.objects.get().stored]


@pytest.mark.parametrize("which", ["", "nonsense", "0", "018f3f6e-0000-7000-8000-000000000000"])
def test_removing_what_is_not_there_is_no_mistake(resident: Resident, draft: UUID, which: str) -> None:
    add(resident, draft, named("a.pdf", PDF))
    assert resident.client.post(resident.url("intake:step", draft, "files"), {"remove": which}).status_code == 302
    assert Attachment.objects.count() == 1


def test_files_of_another_draft_stay(resident: Resident, draft: UUID) -> None:
    add(resident, draft, named("a.pdf", PDF))
    row, other = Attachment.objects.get(), Resident()
    others = other.begin("theft-from-vehicle")
    other.client.post(other.url("intake:step", others, "files"), {"remove": str(row.pk), f"about-{row.pk}": "receipt"})
    row.refresh_from_db()
    assert row.about == ""


def test_discarding_the_draft_deletes_rows_and_files(resident: Resident, draft: UUID, store, committed) -> None:
    add(resident, draft, *[named(kind, make()) for kind, make in KINDS.items()])
    assert len(stored(store)) == len(KINDS)
    with committed():
        resident.client.post(resident.url("intake:discard", draft))
    assert not Attachment.objects.exists()
    assert stored(store) == []


def test_nothing_is_deleted_before_the_commit(resident: Resident, draft: UUID, store) -> None:
    add(resident, draft, named("a.pdf", PDF))
    intake.discard(draft=Draft.objects.get(pk=draft), by=RESIDENT)
    assert len(stored(store)) == 1


def test_the_purge_deletes_files_of_expired_drafts_only(resident: Resident, draft: UUID, store, committed) -> None:
    add(resident, draft, named("a.pdf", PDF))
    Draft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    another = resident.begin("theft-from-vehicle")
    add(resident, another, named("b.pdf", PDF))
    with committed():
        assert intake.purge(by=SYSTEM) == 1
    assert [path.name for path in stored(store)] == [Attachment.objects.get().stored]


def test_submit_moves_them_to_the_report_under_its_key(filed, store) -> None:
    content = {"a.jpg": picture(), "b.pdf": PDF, "c.mp3": MP3}
    report: Report = filed(*[named(name, each) for name, each in content.items()], note="two of the car")
    rows = list(report.attachments.select_related("report__sealing_key"))
    key = report.sealing_key.unwrap()
    assert [row.name(key) for row in rows] == list(content)
    assert [b"".join(actions.original(row)) for row in rows] == list(content.values())
    assert [row.draft_id for row in rows] == [None, None, None]
    assert sorted(path.name for path in stored(store)) == sorted(row.stored for row in rows)
    part = opened(report)["files"]
    assert ([file["name"] for file in part["each"]], part["note"]) == (list(content), "two of the car")
    assert Job.objects.filter(kind=Job.Kind.SCAN, report=report).count() == len(content)


def test_the_drafts_key_opens_nothing_any_more(resident: Resident, draft: UUID) -> None:
    add(resident, draft, named("a.pdf", PDF))
    old = Draft.objects.get(pk=draft).key()
    assert resident.submit(draft).status_code == 302
    with pytest.raises(vault.CannotOpen):
        Attachment.objects.get().key(old)


def test_sending_twice_moves_them_once(resident: Resident, draft: UUID) -> None:
    add(resident, draft, named("a.pdf", PDF))
    for _again in range(2):
        assert resident.submit(draft).status_code == 302
    assert Attachment.objects.get().report == Report.objects.get(draft_id=draft)
    assert Job.objects.filter(kind=Job.Kind.SCAN).count() == 1


def test_a_shredded_report_takes_its_files_with_it(filed) -> None:
    report: Report = filed(named("a.pdf", PDF))
    ReportKey.objects.all().delete()
    with pytest.raises(ReportKey.DoesNotExist):
        actions.original(report.attachments.select_related("report").get())


def test_swapped_files_do_not_open(filed, store) -> None:
    report: Report = filed(named("a.pdf", PDF), named("b.pdf", PDF + b"other"))
    first, second = report.attachments.select_related("report__sealing_key")
    storage.path(first.stored).write_bytes(storage.path(second.stored).read_bytes())
    with pytest.raises(vault.CannotOpen):
        list(actions.original(first))


def test_a_truncated_file_does_not_pass_for_a_whole_one(filed) -> None:
    report: Report = filed(named("a.pdf", PDF + bytes(200_000)))
    row = report.attachments.select_related("report__sealing_key").get()
    path = storage.path(row.stored)
    path.write_bytes(path.read_bytes()[: 1 + 2 * vault.SEALED_CHUNK_BYTES])
    with pytest.raises(vault.CannotOpen):
        list(actions.original(row))


def test_a_file_belongs_to_a_draft_or_a_report_never_both(resident: Resident, draft: UUID, filed) -> None:
    report: Report = filed(named("a.pdf", PDF))
    with pytest.raises(IntegrityError, match="attachment_of_draft_or_report"):
        report.attachments.update(report=None)


def test_a_file_for_a_draft_that_is_gone_is_refused(db, store) -> None:
    file = incoming()
    with pytest.raises(Refused) as refused:
        actions.attach(draft_id=file.attachment.pk, incoming=file, by=RESIDENT)
    assert refused.value.refusal == Refusal.NOT_KEPT
    file.close()
    assert stored(store) == []


@pytest.mark.django_db(transaction=True)
def test_tabs_at_once_do_not_pass_the_limit_together() -> None:
    draft = Resident().begin("theft-from-vehicle")
    files = [incoming(f"{number}.pdf") for number in range(14)]
    results = at_once(*[lambda file=file: actions.attach(draft_id=draft, incoming=file, by=RESIDENT) for file in files])
    assert sum(isinstance(result, Refused) for result in results) == 4
    assert sorted(Attachment.objects.values_list("position", flat=True)) == list(range(1, 11))
    for file in files:
        file.close()


def test_the_sweep_removes_only_what_no_row_knows_and_is_old(resident: Resident, draft: UUID, store) -> None:
    add(resident, draft, named("a.pdf", PDF))
    lost, fresh = incoming(), incoming()
    yesterday = (timezone.now() - timedelta(hours=25)).timestamp()
    for name in (lost.attachment.stored, Attachment.objects.get().stored):
        os.utime(storage.path(name), (yesterday, yesterday))
    assert actions.sweep(by=SYSTEM) == 1
    kept = {Attachment.objects.get().stored, fresh.attachment.stored}
    assert {path.name for path in stored(store)} == kept


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ab", "A" * 32, "a" * 31 + "/"])
def test_the_store_knows_only_its_own_names(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        storage.path(name)
