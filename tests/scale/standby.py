"""A streaming standby of the tests' own PostgreSQL, made by pg_basebackup."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from cors.services import folders
from cors.services.engine import Place, as_account
from cors.services.postgresql import SETTINGS, UNSAFE_BUT_QUICK, PostgreSQL
from tests.product import wait_for


class Standby:
    """A second server that replays what the first one writes, until it is told to pause."""

    def __init__(self) -> None:
        self.primary = unquote(urlsplit(os.environ["DATABASE_URL"]).hostname or "")
        ours = Place.of(folders.var_folder(Path(os.environ["VAR_DIR"])))
        self.account, self.program = ours.account, PostgreSQL().program(ours)
        self.folder = Path(tempfile.mkdtemp(prefix="standby-", dir="/tmp"))
        folders.give(self.folder, self.account)
        self.log = (self.folder / "log").open("ab")
        self.copy()
        self.process = self.start()

    def copy(self) -> None:
        """Copy the primary and write down how to follow it."""
        source = ["--host", self.primary, "--username", "postgres", "--pgdata", str(self.folder / "data")]
        how = ["--checkpoint=fast", "--wal-method=stream", "--write-recovery-conf", "--no-sync"]
        command = [str(self.program.with_name("pg_basebackup")), *source, *how]
        made = as_account(self.account, command, log=self.log, dies_by=signal.SIGKILL)
        assert made.wait(120) == 0, (self.folder / "log").read_text()

    def start(self) -> "subprocess.Popen[bytes]":
        """Serve, and return when it takes questions."""
        chosen = SETTINGS | UNSAFE_BUT_QUICK | {"unix_socket_directories": str(self.folder)}
        options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        command = [str(self.program), "-D", str(self.folder / "data"), *options]
        process = as_account(self.account, command, log=self.log, dies_by=signal.SIGINT)
        wait_for(self.answers, seconds=60, what=f"the standby:\n{self.folder / 'log'}")
        return process

    def answers(self) -> bool:
        """Tell whether it takes questions."""
        try:
            self.ask("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def ask(self, statement: str) -> None:
        """Do something as its superuser."""
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as link:
            link.execute(statement)

    def pause(self) -> None:
        """Let it lag from here on."""
        self.ask("SELECT pg_wal_replay_pause()")

    def resume(self) -> None:
        """Let it catch up."""
        self.ask("SELECT pg_wal_replay_resume()")

    def stop(self) -> None:
        """Take it away."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)

    def close(self) -> None:
        """Stop for good."""
        if self.process.poll() is None:
            self.stop()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
