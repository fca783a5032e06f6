"""The real PgBouncer, pooling by transaction, before the tests' own PostgreSQL."""

import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import psycopg

from cors.services import folders
from cors.services.engine import as_account
from tests.product import wait_for

PROGRAM = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/bin")
CONFIGURATION = """
[databases]
* = host={host} port=5432 user=cors

[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = {servers}
max_db_connections = {servers}
max_client_conn = 200
log_connections = 0
log_disconnections = 0
"""


class Pooler:
    """PgBouncer with so many connections to each database."""

    def __init__(self, *, servers: int) -> None:
        assert PROGRAM
        account = folders.server_account()
        self.folder = Path(tempfile.mkdtemp(prefix="pooler-", dir="/tmp"))
        folders.give(self.folder, account)
        host = unquote(urlsplit(os.environ["DATABASE_URL"]).hostname or "")
        configuration = self.folder / "pgbouncer.ini"
        configuration.write_text(CONFIGURATION.format(host=host, folder=self.folder, servers=servers))
        folders.give(configuration, account)
        with (self.folder / "log").open("wb") as log:
            command = [PROGRAM, "--quiet", str(configuration)]
            self.process = as_account(account, command, log=log, dies_by=signal.SIGKILL)
        wait_for((self.folder / ".s.PGSQL.6432").exists, seconds=10, what="the pooler")

    def address(self, name: str) -> str:
        """Return how a database is reached through it."""
        return f"postgresql://cors@{quote(str(self.folder), safe='')}:6432/{name}"

    def show(self, what: str) -> list[dict[str, Any]]:
        """Return what its own console says."""
        with psycopg.connect(self.address("pgbouncer"), autocommit=True) as console:
            found = console.cursor(binary=False)
            found.execute(f"SHOW {what}".encode(), prepare=False)
            return [dict(zip([str(c.name) for c in found.description or ()], row, strict=True)) for row in found]

    def close(self) -> None:
        """Stop it."""
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
