"""The tests' database: a copy of one that is migrated and filled once, and again when what fills it changes."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

BASE_DIR = Path(__file__).resolve().parent.parent
# What decides how a fresh database looks.
SOURCES = (
    "accounts/migrations/*.py",
    "reports/migrations/*.py",
    "reports/catalogue/**/*",
    "reports/models/*.py",
    "reports/translation.py",
    "cors/languages.py",
    "requirements.txt",
    "tests/databases.py",
)


def named(name: str) -> str:
    """Return the name of a further database that no other worker of this run has: a module may be split among them."""
    return f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def copy_to(name: str) -> None:
    """Make the database `name` anew, as a fresh one that holds the shipped catalogue."""
    with _alone(), _server() as server:
        template = _template(server)
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def carry_to(url: str, programs: Path) -> None:
    """Fill the empty database of another server as a fresh one that holds the shipped catalogue.

    `programs` is the folder of PostgreSQL's own.
    """
    with _alone(), _server() as server:
        dump = [programs / "pg_dump", "--format=custom", "--compress=0", "--dbname", address(_template(server))]
        dumped = subprocess.run(dump, check=True, capture_output=True).stdout
    restore = [programs / "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", "--dbname", url]
    subprocess.run(restore, check=True, input=dumped)


def grant_laying_down() -> None:
    """Let the tests' role write rows past triggers, which only a superuser can grant: of our own server we are that."""
    url = address("postgres")
    with suppress(psycopg.OperationalError), psycopg.connect(url, user="postgres") as server:
        role = Identifier(urlsplit(url).username or "")
        server.execute(SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(role))


def _template(server: "psycopg.Connection[tuple[object, ...]]") -> str:
    """Return the name of the database that is copied; it is made where it is not there."""
    template = f"template_{_digest()}"
    if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
        _fill(server, template)
    return template


@cache
def _digest() -> str:
    digest = sha256()
    for path in sorted(path for pattern in SOURCES for path in BASE_DIR.glob(pattern) if path.is_file()):
        if path.suffix != ".pyc":
            digest.update(str(path.relative_to(BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process of the tests at a time look, so that only one of them fills."""
    with (BASE_DIR / "var" / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _server() -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        yield server


def make_empty(name: str) -> None:
    """Make a database without a table."""
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')


def drop(name: str) -> None:
    """Throw a database away, whoever is still connected."""
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def address(name: str) -> str:
    """Return the address of a database of the tests' own server."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _fill(server: "psycopg.Connection[tuple[object, ...]]", template: str) -> None:
    """Migrate and load under another name first: an interrupted run leaves no half template."""
    for (old,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%'").fetchall():
        if old not in {"template0", "template1"}:
            server.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
    server.execute('CREATE DATABASE "template_half"')
    steps = "from django.core.management import call_command as do; import django; django.setup();"
    steps += "do('migrate', verbosity=0); do('load_catalogue', verbosity=0)"
    subprocess.run(
        [sys.executable, "-c", steps],
        env={**os.environ, "DATABASE_URL": address("template_half"), "DJANGO_SETTINGS_MODULE": "cors.settings"},
        cwd=BASE_DIR,
        check=True,
    )
    server.execute(f'ALTER DATABASE "template_half" RENAME TO "{template}"')
