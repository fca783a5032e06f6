"""Files through the feed: scanned and clean ones, in the form that the token has a right to."""

from collections.abc import Callable

import pytest

from accounts.models import User
from reports.files import actions as files
from reports.models import Attachment, AuditEvent, Report
from reports.processing import actions as processing
from tests.desk import approved
from tests.reports.feed.conftest import LIST, System
from tests.reports.files.conftest import add, named, picture
from tests.resident import Resident

Systems = Callable[..., System]
Scan = Attachment.Scan
PHOTO = picture()


@pytest.fixture
def photo(resident: Resident, citywide: User) -> Attachment:
    """A photo of an approved report, found clean."""
    draft = resident.answer_all("theft-from-vehicle")
    add(resident, draft, named("Ana Flores.jpg", PHOTO))
    resident.submit(draft)
    processing.work()
    approved(Report.objects.get(draft_id=draft), citywide)
    Attachment.objects.update(scan=Scan.CLEAN)
    return Attachment.objects.select_related("report").get()


def url(photo: Attachment) -> str:
    return f"{LIST}/{photo.report_id}/files/{photo.pk}"


FORMS = [("none", []), ("copies", ["copy"]), ("originals", ["copy", "original"])]


@pytest.mark.parametrize(("right", "forms"), FORMS)
def test_a_token_gets_the_forms_it_has_a_right_to(
    photo: Attachment, system: Systems, right: str, forms: list[str]
) -> None:
    records = system(files=right, reason="records")
    (item,) = records.pull()[0]
    assert [each["forms"] for each in item.get("files", [])] == ([forms] if forms else [])
    assert "Ana Flores" not in str(item)
    got = {form: records.get(url(photo), form=form) for form in ("copy", "original")}
    assert [form for form, answer in got.items() if answer.status_code == 200] == forms
    looks = AuditEvent.objects.filter(verb="feed.fetch", subject=f"report:{photo.report_id}")
    assert sorted(looks.values_list("details__of", flat=True)) == forms
    if "original" in forms:
        assert b"".join(got["original"].streaming_content) == PHOTO
    if "copy" in forms:
        copy = b"".join(got["copy"].streaming_content)
        assert copy == b"".join(files.copy_of(photo))
        assert got["copy"]["Cache-Control"] == "private, no-store"
        assert got["copy"]["Content-Disposition"] == "attachment"
        assert got["copy"]["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("scan", [Scan.UNSCANNED, Scan.INFECTED, Scan.FAILED])
def test_only_clean_files_leave(photo: Attachment, system: Systems, scan: str) -> None:
    records = system(files="originals", reason="records")
    Attachment.objects.update(scan=scan)
    assert records.pull()[0][0]["files"] == []
    assert {records.get(url(photo), form=form).status_code for form in ("copy", "original")} == {404}


def test_a_file_outside_the_scope_does_not_exist(photo: Attachment, system: Systems) -> None:
    assert system(areas=[5], files="originals", reason="records").get(url(photo)).status_code == 404


def test_a_scan_that_comes_late_tells_the_report_again(photo: Attachment, system: Systems) -> None:
    records = system(files="originals", reason="records")
    Attachment.objects.update(scan=Scan.UNSCANNED)
    _items, cursor = records.pull()
    Attachment.objects.update(scan=Scan.CLEAN)
    assert records.told(cursor) == [(photo.report.reference, "approved")]


def test_a_purged_report_is_gone(photo: Attachment, system: Systems) -> None:
    records = system()
    _items, cursor = records.pull()
    Report.objects.update(purged_at=photo.added_at)
    assert records.told(cursor) == [(photo.report.reference, "gone")]
