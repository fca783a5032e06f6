"""Every hostile file of the table, from the resident's page to the officer's."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.urls import reverse

from accounts.models import User
from reports.files import actions
from reports.files.kinds import PICTURES
from reports.files.limits import MOST_FILES, Refusal, Refused
from reports.models import Attachment, Job, Report
from reports.processing import actions as processing
from tests.reports.files.conftest import add, named, stored
from tests.reports.files.hostile import MARK, TABLE, Hostile, batches
from tests.reports.files.test_desk import CSP
from tests.resident import Resident

REFUSED = [row for row in TABLE if isinstance(row.becomes, Refusal)]
TAKEN = [row for row in TABLE if row not in REFUSED]


def sent(rows: list[Hostile]) -> list:
    """Return the files as a browser sends them that believes their names."""
    return [named(row.name, row.make(), "image/jpeg") for row in rows]


def test_the_table_holds_both() -> None:
    assert len({row.name for row in TABLE}) == len(TABLE) > 60
    assert len(REFUSED) > 20 < len(TAKEN)


def test_what_is_refused_is_named_in_words_and_stored_nowhere(resident: Resident, draft: UUID, store) -> None:
    for rows in batches(REFUSED, MOST_FILES):
        page = add(resident, draft, *sent(rows))
        assert page.status_code == 200
        assert page.context["form"].errors["files"] == [Refused(row.becomes, row.name).words() for row in rows]
    assert not Attachment.objects.exists()
    assert stored(store) == []


@pytest.mark.parametrize("rows", batches(TAKEN, MOST_FILES), ids=lambda rows: rows[0].name)
def test_what_is_taken_is_seen_as_pixels_or_leaves_as_a_download(
    filed: Callable[..., Report], olga: User, at_desk, rows: list[Hostile]
) -> None:
    files = sent(rows)
    report = filed(*files)
    processing.work()
    assert not Job.objects.filter(done_at=None).exists()
    report.refresh_from_db()
    assert report.state == "queued"
    attachments = list(Attachment.objects.filter(report=report).select_related("report__sealing_key"))
    found = [(row.kind, actions.may_view(row), row.scan) for row in attachments]
    assert dict(zip(map(str, rows), found, strict=True)) == {
        str(row): (row.becomes, row.view, "failed" if row.becomes in PICTURES and not row.view else "unscanned")
        for row in rows
    }
    desk = at_desk(olga)
    for row, file in zip(attachments, files, strict=True):
        file.seek(0)
        assert_only_pixels(desk, row)
        assert_as_sent(desk, row, file.read())


def assert_only_pixels(desk, row: Attachment) -> None:
    """Look at the copy, if there is one, as the officer does."""
    for page in ("files:view", "files:thumb"):
        answer = desk.get(reverse(page, args=[row.pk]))
        if not actions.may_view(row):
            assert answer.status_code == 404
            continue
        seen = b"".join(answer.streaming_content)
        assert (seen[:3], seen[-2:], MARK in seen) == (b"\xff\xd8\xff", b"\xff\xd9", False)
        assert seen.count(b"\xff\xd9") == 1
        assert_harmless(answer, "image/jpeg", "inline")


def assert_as_sent(desk, row: Attachment, content: bytes) -> None:
    """Take the original: byte for byte, under a name of ours, as a file and nothing else."""
    extension, content_type = {
        "jpeg": ("jpg", "image/jpeg"),
        "png": ("png", "image/png"),
        "webp": ("webp", "image/webp"),
        "heic": ("heic", "image/heic"),
        "pdf": ("pdf", "application/pdf"),
        "wav": ("wav", "audio/wav"),
    }[row.kind]
    answer = desk.post(reverse("files:download", args=[row.pk]), {"reason": "evidence"})
    assert b"".join(answer.streaming_content) == content
    assert_harmless(answer, content_type, f'attachment; filename="{row.report.reference}-{row.position}.{extension}"')


def assert_harmless(answer, content_type: str, disposition: str) -> None:
    """Check what keeps a browser from doing anything with it."""
    assert {
        "Content-Type": answer["Content-Type"],
        "Content-Disposition": answer["Content-Disposition"],
        "Content-Security-Policy": answer["Content-Security-Policy"],
        "X-Content-Type-Options": answer["X-Content-Type-Options"],
    } == {
        "Content-Type": content_type,
        "Content-Disposition": disposition,
        "Content-Security-Policy": CSP,
        "X-Content-Type-Options": "nosniff",
    }
