"""Files in S3-compatible storage: the same life as in a folder, over HTTP to a real server (moto's)."""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from accounts.models import User
from cors.files import stored
from reports import vault
from reports.audit import SYSTEM
from reports.backups import actions as backups
from reports.backups.archive import Reader
from reports.export import actions as exports
from reports.files import actions, storage
from reports.models import Attachment, Report
from reports.processing import actions as processing
from reports.retention import actions as retention
from reports.vitals import lines
from tests.desk import approved
from tests.reports.export.conftest import ask, content, made, march  # noqa: F401 (fixtures)
from tests.reports.files.conftest import PDF, add, named, picture
from tests.resident import Resident

BUCKET = "files-of-the-portal"
ACCESS = {"aws_access_key_id": "reader", "aws_secret_access_key": "not a secret", "region_name": "us-west-2"}


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """An S3 service, at its address."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(service: str, settings, monkeypatch) -> Iterator[Any]:
    """An empty bucket, in which the portal keeps its files below a prefix."""
    made_there = boto3.resource("s3", endpoint_url=service, **ACCESS).Bucket(BUCKET)
    made_there.create(CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
    monkeypatch.setenv("FILES_ACCESS_KEY", ACCESS["aws_access_key_id"])
    monkeypatch.setenv("FILES_SECRET_KEY", ACCESS["aws_secret_access_key"])
    settings.FILES_URL = f"s3://{BUCKET}/portal?endpoint={service}&region=us-west-2"
    settings.STORAGES = settings.STORAGES | {"files": stored(settings.FILES_URL)}
    settings.CLAMD_URL, settings.FILES_DIR = "", "/nonexistent"
    yield made_there
    made_there.objects.delete()
    made_there.delete()


@pytest.fixture
def filed(bucket, resident: Resident) -> Report:
    """A report with a picture and a paper."""
    draft = resident.answer_all("lost-property")
    add(resident, draft, named("way.jpg", picture()), named("paper.pdf", PDF))
    assert resident.submit(draft).status_code == 302
    processing.work()
    return Report.objects.get(draft_id=draft)


def keys(bucket: Any) -> set[str]:
    return {each.key for each in bucket.objects.all()}


def names() -> set[str]:
    pairs = Attachment.objects.values_list("stored", "copy")
    return {f"portal/{storage.key(name)}" for pair in pairs for name in pair if name}


def test_originals_and_copies_lie_there_sealed_and_come_back(filed: Report, bucket) -> None:
    shot, paper = filed.attachments.order_by("position")
    assert keys(bucket) == names()
    assert len(keys(bucket)) == 3
    assert b"".join(actions.original(paper)) == PDF
    assert b"".join(actions.original(shot)) == picture()
    assert b"".join(actions.copy_of(shot))[:3] == b"\xff\xd8\xff"
    assert not any(PDF in each.get()["Body"].read() for each in bucket.objects.all())


def test_a_file_of_many_megabytes_goes_in_parts(bucket) -> None:
    name, key, place = storage.new_name(), vault.loose_key(), vault.Place("table", "column", "row")
    body = os.urandom(1024 * 1024) * 12
    with storage.create(name) as file:
        for sealed in vault.seal_stream([body], key=key, place=place):
            file.write(sealed)
        storage.settle(file)
    with storage.read(name) as file:
        assert b"".join(vault.open_stream(file, key=key, place=place)) == body


def test_what_a_resident_takes_out_is_deleted(bucket, resident: Resident, django_capture_on_commit_callbacks) -> None:
    draft = resident.answer_all("lost-property")
    add(resident, draft, named("paper.pdf", PDF))
    row = Attachment.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(among=Attachment.objects.all(), attachment_id=row.pk, by=SYSTEM)
    assert keys(bucket) == set()
    with pytest.raises(FileNotFoundError):
        storage.read(row.stored)
    storage.delete(row.stored)


def test_a_file_that_nobody_keeps_leaves_nothing(bucket, resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    page = add(resident, draft, named("what.exe", b"MZ" + bytes(200)))
    assert page.status_code == 200
    assert keys(bucket) == set()


def test_the_purge_deletes_and_the_sweep_finds_what_was_left(
    filed: Report, bucket, olga: User, django_capture_on_commit_callbacks
) -> None:
    approved(filed, olga)
    lost = storage.new_name()
    storage.settle(storage.create(lost))
    late = timezone.now() + timedelta(days=4000)
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.purge(by=SYSTEM, now=late) == 1
    assert keys(bucket) == {f"portal/{storage.key(lost)}"}
    assert actions.sweep(by=SYSTEM) == 0
    actions_age, actions.ORPHAN_AGE = actions.ORPHAN_AGE, timedelta(0)
    try:
        assert actions.sweep(by=SYSTEM) == 1
    finally:
        actions.ORPHAN_AGE = actions_age
    assert keys(bucket) == set()


def test_exports_lie_there_and_go_with_their_time(march, made, bucket, django_capture_on_commit_callbacks) -> None:  # noqa: F811
    export = made(preset="standard")
    assert march.reference in content(export).decode()
    assert len(keys(bucket)) == 1
    type(export).objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        exports.expire(by=SYSTEM)
    assert keys(bucket) == set()


def test_a_backup_holds_what_lies_there(filed: Report, bucket, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(backups.programs, "dump", lambda snapshot: iter([b"dump"]))
    made_of = backups._add_files
    with (tmp_path / "b").open("wb") as file:
        writer = backups.Writer(file, made_at="2026-03-02T00:00:00+00:00")
        writer.add(backups.DATABASE, [b"dump"])
        assert len(list(made_of(writer, lambda number: None))) == 3
        writer.end({"rows": {}, "missing": []})
    bucket.objects.delete()
    with (tmp_path / "b").open("rb") as file:
        for name, chunks in Reader(file):
            if name != backups.DATABASE:
                backups._store(name.removeprefix(backups.FILES), chunks)
            else:
                list(chunks)
    assert keys(bucket) == names()
    paper = filed.attachments.get(kind="pdf")
    assert b"".join(actions.original(paper)) == PDF


def test_readiness_looks_at_the_bucket_instead_of_the_folders_disk(bucket) -> None:
    assert lines.files() == lines.Line(lines.OK)
    assert [name for name, _place in lines.volumes()] == ["var"]
    bucket.delete()
    assert lines.files() == lines.Line(lines.DEGRADED, {"error": "FileNotFoundError"})
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "us-west-2"})


def test_a_storage_that_does_not_answer_refuses_the_file_and_nothing_else(
    resident: Resident, settings, monkeypatch
) -> None:
    settings.STORAGES = settings.STORAGES | {"files": stored("s3://bucket?endpoint=http://127.0.0.1:9&region=x")}
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "reader")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not a secret")
    draft = resident.answer_all("lost-property")
    page = add(resident, draft, named("paper.pdf", PDF))
    assert "could not be kept just now" in page.content.decode()
    assert resident.submit(draft).status_code == 302
    with pytest.raises(ConnectionError):
        storage.is_there(storage.new_name())


@pytest.mark.parametrize(
    "url", ["https://bucket", "s3://", "s3://key:secret@bucket", "s3://bucket?acl=public", "s3://bucket?endpoint"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FILES_URL"):
        stored(url)


def test_without_an_address_it_is_the_folder(settings, tmp_path) -> None:
    settings.FILES_DIR = tmp_path
    assert storage.path("ab" * 16) == tmp_path / "ab" / ("ab" * 16)
