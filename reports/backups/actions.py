"""Making a backup while the portal serves, and bringing it back into an empty database."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from reports import audit, vault
from reports.audit import By
from reports.auditing import chain
from reports.auditing.chain import Finding
from reports.backups import programs
from reports.backups.archive import Reader, Writer
from reports.documents import opened
from reports.files import storage
from reports.keys import fitting
from reports.models import Attachment, Report

DATABASE = "database.dump"
FILES = "files/"
ASIDE = "before_restore"
BLOCK = 1024 * 1024
SAMPLE = 50
Tell = Callable[[int], object]


class Filled(Exception):
    """The database or the file store is not empty."""


class NotWhole(Exception):
    """What was brought back is not what was backed up."""


@dataclass(frozen=True)
class Made:
    """A backup: where it lies, how many rows and files it holds, and the files that were missing."""

    path: Path
    rows: int
    files: int
    missing: list[str] = field(default_factory=list)


def backup(*, target: Path, by: By, tell: Tell = lambda number: None) -> Made:
    """Write a backup of the database, as it stands at this moment, and of the stored files; return what it holds.

    `target` is a file, or a folder in which it gets a name by the time. It stands under its name only when it is whole
    and on the disk. `tell` hears of the bytes. Raises OSError and programs.ProgramFailed.
    """
    path = _named(target)
    with _unfinished(path) as file, _snapshot() as snapshot:
        writer = Writer(file, made_at=timezone.now().isoformat(timespec="seconds"))
        manifest = _manifest()
        writer.add(DATABASE, _told(programs.dump(snapshot), tell))
        stored = set(_add_files(writer, tell))
        missing = sorted(_known_files() - stored)
        writer.end(manifest | {"missing": missing})
    made = Made(path, sum(manifest["rows"].values()), len(stored), missing)
    audit.record("backups.make", by=by, subject="database", rows=made.rows, files=made.files)
    return made


def verify(*, source: Path, tell: Tell = lambda number: None) -> dict[str, Any]:
    """Read a whole backup and return its manifest. Raises NotABackup or vault.CannotOpen for what is not whole."""
    with source.open("rb") as file:
        reader = Reader(file)
        for _name, content in reader:
            for block in content:
                tell(len(block))
    return reader.manifest


def restore(*, source: Path, by: By, replace: bool = False, tell: Tell = lambda number: None) -> Made:
    """Bring a backup back: first read it whole, then the files, then the database in one transaction, then look.

    Raises Filled unless the database has no tables or `replace` is given: then what was there is lost. Raises
    NotABackup, vault.CannotOpen, programs.ProgramFailed, or NotWhole when what came back is not what was saved.
    """
    manifest = verify(source=source, tell=tell)
    if _is_filled() and not replace:
        raise Filled
    with source.open("rb") as file:
        for name, content in Reader(file):
            if name == DATABASE:
                # Last of all, though it comes first: rows must not name files that are not there yet.
                for _block in content:
                    pass
            else:
                _store(name.removeprefix(FILES), _told(content, tell))
    _load(source, tell=tell)
    check(manifest)
    rows = sum(manifest["rows"].values())
    made = Made(source, rows, len(manifest["entries"]) - 1, manifest["missing"])
    audit.record("backups.restore", by=by, subject="database", rows=made.rows, files=made.files)
    return made


def check(manifest: dict[str, Any]) -> None:
    """Look whether the database is what a manifest says: every count, the log's chain, a sample of reports.

    Raises NotWhole, or vault.CannotOpen for a report that does not open.
    """
    counted = rows()
    if different := sorted(name for name in counted.keys() | manifest["rows"].keys() if
                           counted.get(name) != manifest["rows"].get(name)):  # fmt: skip
        raise NotWhole(f"Not as many rows as were saved: {', '.join(different)}.")
    result = chain.read()
    if isinstance(result, Finding):
        raise NotWhole(result.words)
    if said := fitting.fault():
        raise vault.CannotOpen(said)
    for report in Report.objects.filter(sealing_key__isnull=False).order_by("?")[:SAMPLE]:
        opened(report)


def rows() -> dict[str, int]:
    """Return how many rows each table holds."""
    with connection.cursor() as cursor:
        counted = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counted[table] = int(cursor.fetchone()[0])
    return counted


def _manifest() -> dict[str, Any]:
    end = chain.last_event()
    return {"made_at": timezone.now().isoformat(timespec="seconds"), "rows": rows(), "last_event": end}


@contextmanager
def _snapshot() -> Iterator[str]:
    """Hold one moment of the database, for the counts and for pg_dump alike."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


def _named(target: Path) -> Path:
    moment = timezone.now().strftime("%Y%m%dT%H%M%SZ")
    return target / f"portal-{moment}.backup" if target.is_dir() else target


@contextmanager
def _unfinished(path: Path) -> Iterator[Any]:
    """Open a file beside its final name, which it gets when it is whole and on the disk; else nothing stays."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _add_files(writer: Writer, tell: Tell) -> Iterator[str]:
    """Add every stored file, and yield its name; what a resident takes out meanwhile is left out."""
    for name in sorted(storage.older_than(timezone.now())):
        try:
            with storage.read(name) as file:
                writer.add(FILES + name, _told(iter(lambda file=file: file.read(BLOCK), b""), tell))  # type: ignore[misc]
        except FileNotFoundError:
            continue
        yield name


def _known_files() -> set[str]:
    pairs = Attachment.objects.values_list("stored", "copy")
    return {name for pair in pairs for name in pair if name}


def _store(name: str, content: Iterable[bytes]) -> None:
    """Put a file back; what is there under its name already is of an earlier try, and gives way."""
    storage.delete(name)
    with storage.create(name) as file:
        for block in content:
            file.write(block)
        storage.settle(file)


def _is_filled() -> bool:
    with connection.cursor() as cursor:
        return bool(connection.introspection.table_names(cursor))


def _load(source: Path, *, tell: Tell) -> None:
    """Fill the empty database; what was there before is put aside, and comes back when that fails."""
    _put_aside()
    try:
        with source.open("rb") as file:
            for name, content in Reader(file):
                if name == DATABASE:
                    programs.load(_told(content, tell))
                    break
    except BaseException:
        _run(f"DROP SCHEMA public CASCADE; ALTER SCHEMA {ASIDE} RENAME TO public")
        raise
    _run(f"DROP SCHEMA {ASIDE} CASCADE")
    connection.close()


def _put_aside() -> None:
    """Rename what is there. What an earlier, killed restore had put aside is what is there, unless that was done."""
    if _is_filled():
        _run(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE")
    else:
        _run(f"DROP SCHEMA public CASCADE; CREATE SCHEMA IF NOT EXISTS {ASIDE}; ALTER SCHEMA {ASIDE} RENAME TO public")
    _run(f"ALTER SCHEMA public RENAME TO {ASIDE}; CREATE SCHEMA public")


def _run(statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statements)


def _told(content: Iterable[bytes], tell: Tell) -> Iterator[bytes]:
    for block in content:
        yield block
        tell(len(block))
