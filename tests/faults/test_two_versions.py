"""Two versions of the code at one database: the one before the last migration serves while that runs, and after it."""

import os
import signal
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import psycopg
import pytest

from cors import services
from tests import databases, remote
from tests.product import BASE_DIR, HELD_FOR_NOTHING, clean_environment, free_port, wait_for
from tests.remote import RemoteResident
from tests.resident import Receipt

pytestmark = pytest.mark.faults
DATABASE = databases.named("two_versions")
SET_UP = "import django; django.setup(); from django.core.management import call_command as do"
ACTIONS = "from reports.processing import actions"
MIGRATIONS = ["reports/migrations", "accounts/migrations"]
WEB = ["gunicorn", "cors.wsgi", "--workers", "1", "--worker-class", "gthread", "--threads", "4", "--no-control-socket"]


def git(*command: str) -> bytes:
    """Return what git says, b"" where there is no git or no such thing in this clone."""
    done = subprocess.run(["git", *command], cwd=BASE_DIR, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else b""


class Version:
    """One version of the code in its folder, with the same settings as the other."""

    def __init__(self, folder: Path, var: Path, keyring: str) -> None:
        self.folder, self.port, self.log = folder, free_port(), var / f"{folder.name}.log"
        self.url = f"http://localhost:{self.port}"
        self.environment = clean_environment(
            DEBUG="True",
            DJANGO_SETTINGS_MODULE="cors.settings",
            SECRET_KEY="two versions" * 5,
            KEYRING=keyring,
            ALLOWED_HOSTS="localhost",
            DATABASE_URL=databases.address(DATABASE),
            REDIS_URL=os.environ["REDIS_URL"],
            VAR_DIR=str(var),
            **HELD_FOR_NOTHING,
        )
        self.web: subprocess.Popen[bytes] | None = None

    def run(self, statements: str) -> str:
        """Run Python of this version in one process, and return what it prints; `do` runs a command."""
        line = [sys.executable, "-c", f"{SET_UP}; {statements}"]
        done = subprocess.run(line, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def serve(self) -> None:
        """Start its web process, and wait until it answers."""
        with self.log.open("wb") as log:
            command = [sys.executable, "-m", *WEB, "--bind", f"127.0.0.1:{self.port}", "--log-level", "warning"]
            self.web = subprocess.Popen(command, cwd=self.folder, env=self.environment, stdout=log, stderr=log)
        wait_for(self.answers, what=f"{self.folder} to serve")

    def answers(self) -> bool:
        """Tell whether it serves."""
        try:
            return remote.HttpClient(self.url).get("/health").status_code == 200
        except OSError:
            return False

    def stop(self) -> None:
        """Stop its web process."""
        if self.web:
            self.web.send_signal(signal.SIGTERM)
            self.web.wait(40)


@pytest.fixture
def versions(tmp_path: Path) -> Iterator[tuple[Version, Version]]:
    """The code before the last migration, and this one, at an empty database."""
    last = git("log", "-1", "--format=%H", "--", *MIGRATIONS).decode().strip()
    # A shallow clone holds one version only: then it stands beside itself, which shows less.
    archive = git("archive", f"{last}^") or git("archive", "HEAD")
    if not archive:
        pytest.skip("this folder has no history: clone the repository to see two versions")
    old = tmp_path / "old"
    with tarfile.open(fileobj=BytesIO(archive)) as packed:
        packed.extractall(old, filter="data")
    var, keyring = tmp_path / "var", services.new_keyring()
    var.mkdir()
    databases.make_empty(DATABASE)
    both = Version(old, var, keyring), Version(BASE_DIR, var, keyring)
    yield both
    for version in both:
        version.stop()
    databases.drop(DATABASE)


def known(*versions: Version) -> None:
    """Let residents know the ids of types and areas, as their browsers read them from the pages."""
    with psycopg.connect(databases.address(DATABASE)) as link:
        types = dict(link.execute("SELECT slug, id FROM reports_reporttype WHERE state = 'live'").fetchall())
        area = link.execute("SELECT id FROM reports_area WHERE number = 1").fetchall()[0][0]
    for version in versions:
        remote._known[version.port] = {"types": types, "area": str(area)}


def file_at(version: Version) -> Receipt:
    return RemoteResident(version).file("lost-property")  # type: ignore[arg-type]


def test_the_version_before_serves_while_the_database_changes_and_beside_the_new_one(
    versions: tuple[Version, Version],
) -> None:
    old, new = versions
    old.run("do('migrate', verbosity=0); do('load_catalogue', verbosity=0)")
    known(old, new)
    old.serve()
    receipts, errors, done = [file_at(old)], [], threading.Event()

    def keep_filing() -> None:
        while not done.is_set():
            try:
                receipts.append(file_at(old))
            except Exception as error:
                errors.append(error)
                return
            time.sleep(0.01)

    resident = threading.Thread(target=keep_filing)
    resident.start()
    # An earlier draft of the old one is gone on with at the new one, and the other way round.
    begun = RemoteResident(old)  # type: ignore[arg-type]
    draft = begun.answer_all("lost-property")
    try:
        new.run("do('migrate', verbosity=0)")
        new.serve()
        receipts.append(file_at(new))
        begun.client.base = new.url
        assert begun.submit(draft).status_code == 302
        receipts.append(begun.read_receipt(draft))
    finally:
        done.set()
        resident.join(60)
    receipts += [file_at(old), file_at(new)]
    assert errors == []
    # Each looks up what the other one took.
    for version, receipt in ((old, receipts[-1]), (new, receipts[-2])):
        assert RemoteResident(version).come_back(receipt).status_code == 302  # type: ignore[arg-type]
    assert old.run(f"{ACTIONS}; job = actions.claim(); print(actions.carry_out(job))") == "True"
    new.run(f"{ACTIONS}; actions.work(); do('verify_audit')")
    with psycopg.connect(databases.address(DATABASE)) as link:
        found = link.execute("SELECT reference FROM reports_report WHERE state = 'queued'").fetchall()
    assert sorted(reference for (reference,) in found) == sorted(receipt.reference for receipt in receipts)
