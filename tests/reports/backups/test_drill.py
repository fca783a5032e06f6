"""The drill: a backup comes back into an empty database, and nothing else will do."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection

from reports import vault
from reports.audit import SYSTEM
from reports.auditing import chain
from reports.auditing.chain import Head
from reports.backups import actions, programs
from reports.backups.archive import NotABackup, Reader, Writer
from reports.documents import opened
from reports.files import actions as files
from reports.models import Attachment, AuditEvent, Report
from reports.processing import actions as processing
from tests.resident import Resident

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@contextmanager
def empty_database() -> Iterator[None]:
    """Work on a new database beside the test's own within the block."""
    own, name = connection.settings_dict["NAME"], f"drill_{uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        switch(name)
        yield
    finally:
        switch(own)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def switch(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    """Folders for files, for the head of the log, and for backups."""
    settings.FILES_DIR, settings.AUDIT_HEAD_FILE = tmp_path / "files", str(tmp_path / "heads.log")
    settings.FILES_DIR.mkdir()
    return tmp_path


@pytest.fixture
def guarded(transactional_db: None) -> Iterator[None]:
    """Let the log's last trigger stand, as it does outside of tests, which clear the log."""
    trigger = "TRIGGER audit_no_truncate"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE reports_auditevent ENABLE {trigger}")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE reports_auditevent DISABLE {trigger}")


@pytest.fixture
def filed(guarded: None, folder: Path) -> Report:
    """A report with a file, in a queue."""
    resident = Resident()
    draft = resident.answer_all("theft-from-vehicle", files={"files": [SimpleUploadedFile("a.pdf", PDF)]})
    assert resident.submit(draft).status_code == 302
    processing.work()
    return Report.objects.get(draft_id=draft)


@pytest.fixture
def made(filed: Report, folder: Path) -> Path:
    """A backup of it."""
    return actions.backup(target=folder / "a.backup", by=SYSTEM).path


def nothing_in_the_clear(path: Path, report: Report, keyring: str) -> None:
    """Fail for a word that can be read in the file, and for a key anywhere inside."""
    raw = path.read_bytes()
    for word in (b"reports_report", report.reference.encode(), b"Ana Flores", b"PGDMP"):
        assert word not in raw
    with path.open("rb") as file:
        inside = b"".join(block for _name, content in Reader(file) for block in content)
    assert b"PGDMP" in inside
    ring = vault.read_keyring(keyring)
    for key in (*ring.keys.values(), *ring.search.values(), ring.derived):
        assert key not in inside
        assert key.hex().encode() not in inside


def test_the_drill(filed: Report, folder: Path, settings) -> None:
    said = StringIO()
    call_command("backup", str(folder), stdout=said, stderr=said)
    (path,) = folder.glob("portal-*.backup")
    assert f"{path} holds " in said.getvalue()
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert AuditEvent.objects.filter(verb="backups.make", subject="database").exists()

    nothing_in_the_clear(path, filed, settings.KEYRING)

    settings.FILES_DIR = folder / "elsewhere"
    settings.FILES_DIR.mkdir()
    with empty_database():
        said = StringIO()
        call_command("restore", str(path), stdout=said, stderr=said)
        assert "are back. Counts, audit log and a sample of reports are as they were." in said.getvalue()
        assert isinstance(chain.read(), Head)
        report = Report.objects.get(pk=filed.pk)
        assert opened(report)["person"]["name"] == "Ana Flores"
        attachment = Attachment.objects.get(report=report)
        assert b"".join(files.original(attachment)) == PDF
        call_command("migrate", verbosity=0, interactive=False)
        call_command("migrate", "--check", verbosity=0)
        assert AuditEvent.objects.order_by("-pk").first().verb == "backups.restore"
        # It lives: the next report is filed, the log goes on.
        assert Resident().file("lost-property").report.reference
        assert isinstance(chain.read(), Head)

        # Not over what is there, unless it is said; then what came since is gone.
        with pytest.raises(CommandError, match="is not empty"):
            call_command("restore", str(path), verbosity=0)
        assert Report.objects.count() == 2
        call_command("restore", str(path), "--replace", verbosity=0)
        assert Report.objects.count() == 1


def test_one_that_is_cut_or_altered_or_lacks_its_key_fails_loudly_and_changes_nothing(made: Path, settings) -> None:
    whole = made.read_bytes()
    middle = len(whole) // 2
    spoiled = {
        "cut": whole[:-1],
        "half": whole[:middle],
        "head only": whole[: whole.index(b"\n") + 1],
        "altered": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "longer": whole + b"\x00",
        "empty": b"",
        "another file": b"PGDMP" + whole,
    }
    with empty_database():
        for name, content in spoiled.items():
            made.write_bytes(content)
            with pytest.raises((NotABackup, vault.CannotOpen)):
                actions.restore(source=made, by=SYSTEM)
            with pytest.raises(CommandError):
                call_command("restore", str(made), "--verify", verbosity=0)
            assert actions.rows() == {}, name
        made.write_bytes(whole)
        assert actions.verify(source=made)["rows"]["reports_report"] == 1
        settings.KEYRING = vault.new_keyring()
        vault.forget_keyring()
        with pytest.raises(CommandError, match="The keyring has no key named"):
            call_command("restore", str(made), verbosity=0)
        assert actions.rows() == {}


def test_what_goes_wrong_on_the_way_leaves_all_as_it_was(filed: Report, folder: Path, monkeypatch) -> None:
    def stop(number: int) -> None:
        raise KeyboardInterrupt

    target = folder / "a.backup"
    target.write_bytes(b"the one before")
    with pytest.raises(KeyboardInterrupt):
        actions.backup(target=target, by=SYSTEM, tell=stop)
    assert target.read_bytes() == b"the one before"
    assert list(folder.glob("*.part")) == []

    def broken(content: Iterator[bytes]) -> None:
        next(iter(content))
        raise programs.ProgramFailed("pg_restore failed with exit code 1")

    made = actions.backup(target=target, by=SYSTEM).path
    monkeypatch.setattr(programs, "load", broken)
    with pytest.raises(programs.ProgramFailed):
        actions.restore(source=made, by=SYSTEM, replace=True)
    assert Report.objects.count() == 1
    assert isinstance(chain.read(), Head)

    stored = Attachment.objects.get(report=filed).stored
    next((folder / "files").rglob(stored)).unlink()
    said = StringIO()
    call_command("backup", str(target), stdout=said, stderr=said)
    assert f"1 file that a report names is missing: {stored}" in said.getvalue()


def test_no_password_stands_in_the_arguments(monkeypatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "a secret word")
    environment = programs.environment()
    assert environment["PGPASSWORD"] == "a secret word"
    assert not {"KEYRING", "SECRET_KEY", "DATABASE_URL"} & environment.keys()


def test_a_program_that_fails_quotes_nothing(db: None, folder: Path, monkeypatch) -> None:
    fake = folder / "pg_dump"
    fake.write_text("#!/bin/sh\necho 'error: invalid value \"Ana Flores\" of '\\''213'\\''' >&2\nexit 3\n")
    fake.chmod(0o755)
    monkeypatch.setattr(programs, "find", lambda name: fake)
    with pytest.raises(programs.ProgramFailed) as failed:
        list(programs.dump("1"))
    assert str(failed.value) == "pg_dump failed with exit code 3: error: invalid value … of …"


def test_entries_of_any_length_come_back() -> None:
    contents = {"none": [], "empty": [b""], "one": [b"x"], "large": [b"y" * 3_000_001, b"z"]}
    file = BytesIO()
    writer = Writer(file, made_at="2026-01-01")
    for name, content in contents.items():
        writer.add(name, content)
    writer.end({"said": 1})
    file.seek(0)
    reader = Reader(file)
    found = {name: b"".join(content) for name, content in reader}
    assert found == {name: b"".join(content) for name, content in contents.items()}
    assert (reader.manifest["said"], reader.manifest["entries"]["large"]["bytes"]) == (1, 3_000_002)
