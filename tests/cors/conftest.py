"""Real servers in folders of their own, each started by a process of its own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from cors.services import folders

BASE_DIR = Path(__file__).resolve().parent.parent.parent
JOIN = """
import json, os, sys
from cors import services
try:
    services.attach()
except services.LocalServerError as fault:
    print(json.dumps({"fault": str(fault)}), flush=True)
    sys.exit()
print(json.dumps({name: os.environ.get(name) for name in ("DATABASE_URL", "REDIS_URL", "DEBUG")}), flush=True)
sys.stdin.read()
"""


def wait_until(condition: Callable[[], object], *, seconds: float = 20) -> None:
    """Wait for a condition, and fail when it does not come true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.02)


def bare_environment(**more: str) -> dict[str, str]:
    """Return an environment in which nothing of ours is set."""
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LOCAL_FSYNC": "False"} | more


@dataclass
class Client:
    """A process that joined the servers and stays until told, and what it was told."""

    process: "subprocess.Popen[str]"
    said: dict[str, str]

    def leave(self) -> None:
        """End the process in good order."""
        self.process.communicate()

    def kill(self) -> None:
        """End the process as a crash would."""
        self.process.kill()
        self.process.communicate()

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        """Run a statement and return its rows, if any."""
        with psycopg.connect(self.said["DATABASE_URL"], autocommit=True) as link:
            cursor = link.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def valkey(self, *command: str) -> object:
        """Run a command of Valkey's and return its answer."""
        with redis.Redis.from_url(self.said["REDIS_URL"]) as link:
            return link.execute_command(*command)


@dataclass
class Home:
    """One VAR_DIR and what runs for it."""

    var: Path
    started: "list[subprocess.Popen[str]]" = field(default_factory=list)

    def start(
        self,
        *,
        python: str = sys.executable,
        cwd: Path = BASE_DIR,
        stranger: folders.Account | None = None,
        **more: str,
    ) -> "subprocess.Popen[str]":
        """Start a process that joins."""
        process = subprocess.Popen(
            [python, "-c", JOIN],
            cwd=cwd,
            env=bare_environment() | {"VAR_DIR": str(self.var)} | more,
            user=None if stranger is None else stranger.uid,
            group=None if stranger is None else stranger.gid,
            extra_groups=None if stranger is None else [],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def end(self) -> None:
        """End what a failed test left running, and wait until nothing of this home runs."""
        for process in self.started:
            if process.returncode is None:
                process.kill()
                process.communicate()
        wait_until(self.is_quiet)

    def join(self, **more: str) -> Client:
        """Start a process that joins, and wait until it did."""
        return joined(self.start(**more))

    def fault(self, **more: str) -> str:
        """Start a process that cannot join, and return the sentence it got."""
        said: dict[str, str] = json.loads(self.start(**more).communicate()[0])
        return said["fault"]

    def servers(self) -> list[psutil.Process]:
        """Return the servers of this folder that run."""
        sockets = f"-{folders.digest(self.var)}/"
        running = ((found, " ".join(command(found))) for found in processes())
        return [found for found, line in running if sockets in line or f"-D {self.var}" in line]

    def postmasters(self) -> list[psutil.Process]:
        """Return the PostgreSQL servers of this folder."""
        return [found for found in self.servers() if "-D" in command(found)]

    def keepers(self) -> list[psutil.Process]:
        """Return the keepers of this folder."""
        running = ((found, command(found)) for found in processes())
        return [found for found, line in running if "cors.services.keeper" in line and str(self.var) in " ".join(line)]

    def is_quiet(self) -> bool:
        """Tell whether nothing runs for this folder."""
        return not self.servers() and not self.keepers()


def joined(process: "subprocess.Popen[str]") -> Client:
    """Return the client, once its process has joined."""
    assert process.stdout is not None
    return Client(process, json.loads(process.stdout.readline()))


def processes() -> list[psutil.Process]:
    """Return what runs on this machine."""
    return list(psutil.process_iter())


def command(process: psutil.Process) -> list[str]:
    """Return a process's command line; none for one that is just gone."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.fixture
def make_home() -> Iterator[Callable[[], Home]]:
    """Return a maker of homes. At the end nothing of theirs may run."""
    made: list[Home] = []

    def make(parent: Path | None = None) -> Home:
        var = Path(tempfile.mkdtemp(prefix="cors-test-", dir=parent)).resolve()
        var.chmod(0o711)
        made.append(Home(var))
        return made[-1]

    yield make
    for home in made:
        home.end()
        shutil.rmtree(home.var)
        shutil.rmtree(folders.SOCKET_ROOT / f"cors-{os.geteuid()}-{folders.digest(home.var)}", ignore_errors=True)


@pytest.fixture
def home(make_home: Callable[[], Home]) -> Home:
    """Return one home."""
    return make_home()
