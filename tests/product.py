"""The whole product as its own processes: web, worker, schedule, and servers in a folder of their own."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

from tests import databases

BASE_DIR = Path(__file__).resolve().parent.parent
PATIENCE = 90.0
# Reads expressions line by line and prints their values; a connection that broke is forgotten.
ANSWERER = """
import json, sys
from django.db import connection
from reports.audit import first_broken
from reports.models import *
for line in sys.stdin:
    try:
        print(json.dumps([str(eval(json.loads(line))), ""]), flush=True)
    except Exception as error:
        print(json.dumps(["", repr(error)]), flush=True)
    connection.close()
"""


def wait_for(condition: Callable[[], Any], *, seconds: float = PATIENCE, what: str = "") -> Any:
    """Return what `condition` returns as soon as it is true; fail after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds:.0f} s in vain for {what or condition}")


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# All residents of the tests come through one connection, and some write faster than people.
HELD_FOR_NOTHING = {
    "LEAST_FILING_SECONDS": "0",
    "MOST_FROM_ADDRESS": "1000000",
    "MOST_BEGUN_FROM_ADDRESS": "1000000",
}


def clean_environment(**variables: str) -> dict[str, str]:
    """Return this process's environment without what the test run set for itself."""
    own = {"DATABASE_URL", "REDIS_URL", "VAR_DIR", "SECRET_KEY", "KEYRING", "ALLOWED_HOSTS", "DEBUG", "LOCAL_FSYNC"}
    return {name: value for name, value in os.environ.items() if name not in own} | variables


def beside(**variables: str) -> dict[str, str]:
    """Return the environment of a process that works on the running test's own database."""
    server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    return os.environ | {"DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}", **variables}


class Product:
    """`manage.py up` in a new VAR_DIR. Its output goes to a file, so that no pipe fills up.

    Its database is one more of the tests' own server, a copy of theirs. Given an empty DATABASE_URL it makes a server
    of its own, as `make run` does.
    """

    def __init__(self, **environment: str) -> None:
        self.var = Path(tempfile.mkdtemp(prefix="cors-product-"))
        self.var.chmod(0o755)
        self.port = free_port()
        self.database = "" if "DATABASE_URL" in environment else f"product_{self.port}"
        own = {"DATABASE_URL": databases.address(self.database)} if self.database else {}
        self.environment = clean_environment(VAR_DIR=str(self.var), **own | environment)
        self.log = self.var / "up.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.answerer: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """The address of the start page without its language."""
        return f"http://localhost:{self.port}"

    def start(self, *options: str) -> "Product":
        """Serve, and return when the portal says where it is."""
        if self.database and not self.process:
            databases.copy_to(self.database)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--port", str(self.port), *options],
                cwd=BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_for(self.is_up, seconds=3 * PATIENCE, what=f"the product to start:\n{self.log.read_text()}")
        return self

    def is_up(self) -> bool:
        """Tell whether the portal is served; fail when it has ended instead."""
        assert self.process
        assert self.process.poll() is None, self.log.read_text()
        return "The portal is at" in self.log.read_text()

    def manage(self, *command: str) -> str:
        """Run a manage.py command beside the running product and return what it prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, expression: str) -> str:
        """Return what a Django expression over the models is, printed; asked in one process beside the product's."""
        if self.answerer is None or self.answerer.poll() is not None:
            self.answerer = subprocess.Popen(
                [sys.executable, "manage.py", "shell", "-v", "0", "-c", ANSWERER],
                cwd=BASE_DIR,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.answerer.stdin
        assert self.answerer.stdout
        self.answerer.stdin.write(json.dumps(expression) + "\n")
        self.answerer.stdin.flush()
        answer, problem = json.loads(self.answerer.stdout.readline())
        assert not problem, problem
        return str(answer)

    def letters(self) -> str:
        """Return all e-mails written so far."""
        return "\n".join(letter.read_text() for letter in sorted((self.var / "mail").glob("*.log")))

    def stop(self) -> None:
        """Stop as Ctrl-C does and throw the data away."""
        if self.answerer:
            self.answerer.communicate()
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(40)
        if self.database:
            databases.drop(self.database)
        shutil.rmtree(self.var, ignore_errors=True)


def references(text: str) -> list[str]:
    """Return the references that a page or letter shows."""
    return re.findall(r"R-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
