"""A served product of which everything is kept that it ever says, stores, passes on or puts aside."""

import email
import email.policy
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import redis

from cors.services import folders
from cors.services.engine import Place
from cors.services.postgresql import PostgreSQL
from tests import databases
from tests.faults.browsing import Exchange
from tests.faults.outsiders import Outsider
from tests.faults.servers import Broker, Mail, Scanner, Translator, as_production, processes_below, served
from tests.product import BASE_DIR, clean_environment, free_port, wait_for

SAMPLE_SECONDS = 0.05
# A process is looked at so often at first, then each so many times.
NEW_LOOKS, LOOKS = 3, 40
# The most talkative that PostgreSQL can be about statements and those that failed.
TALKATIVE = {
    "log_statement": "all",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "log_min_error_statement": "error",
    "log_min_messages": "notice",
    "log_error_verbosity": "verbose",
}
# Words that one answer holds are for whoever asked, and for no cache; these kinds are not even opened to see.
PAPERS = ("application/pdf", "application/zip", "image/", "application/vnd", "application/octet-stream")


class KeepingMail(Mail):
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.texts: list[bytes] = []
        super().__init__()

    def take(self, letter: bytes) -> None:
        """Keep a letter."""
        self.texts.append(letter)
        super().take(letter)


class Watched:
    """Web, worker and beat as production runs them, on a database of the tests' own server that tells everything."""

    def __init__(self, pg_dump: Path) -> None:
        self.pg_dump = pg_dump
        self.folder = Path(tempfile.mkdtemp(prefix="canary-", dir="/tmp"))
        for name in ("var", "files", "tmp"):
            (self.folder / name).mkdir()
        self.port, self.log = free_port(), self.folder / "portal.log"
        self.name = f"canary_{self.port}"
        databases.copy_to(self.name)
        for setting, value in TALKATIVE.items():
            self.ask(f"ALTER DATABASE {self.name} SET {setting} = '{value}'", user="postgres")
        # What the server said before is no affair of this test.
        self.servers_log = PostgreSQL().log(Place.of(folders.var_folder(Path(os.environ["VAR_DIR"]))).var)
        self.said_before = self.servers_log.stat().st_size
        self.written_before = self.written_now()
        self.broker, self.mail, self.scanner, self.translator = Broker(), KeepingMail(), Scanner(), Translator()
        self.gateway, self.hooked = Outsider(), Outsider()
        self.broker.start()
        self.environment = clean_environment(**self.variables())
        self.process: subprocess.Popen[bytes] | None = None
        self.exchanges: list[Exchange] = []
        self.arguments: set[bytes] = set()
        self.looks: Counter[str] = Counter()
        self.aside: set[bytes] = set()
        self.commands = bytearray()
        self.done = threading.Event()
        self.threads = [threading.Thread(target=each, daemon=True) for each in (self.listen, self.sample)]
        for thread in self.threads:
            thread.start()

    def variables(self) -> dict[str, str]:
        """Return the settings: production's, but without TLS, and as talkative as it can be set."""
        return as_production(self.folder, self.broker, self.mail, self.scanner, self.translator) | {
            "SECRET_KEY": "c" * 60,
            "BEHIND_TLS_PROXY": "True",
            "DATABASE_URL": databases.address(self.name),
            "FILES_DIR": str(self.folder / "files"),
            "TMPDIR": str(self.folder / "tmp"),
            "LOG_LEVEL": "DEBUG",
            "SMS_BACKEND": "json",
            "SMS_URL": self.gateway.url,
            "SMS_FROM": "+12135550100",
            "SMS_TOKEN": "a token of the gateway",
            "WEBHOOK_HOSTS": "127.0.0.1",
            "WEBHOOK_NETWORKS": "127.0.0.0/8",
            "WEBHOOK_PLAIN_HTTP": "True",
        }

    # --- its life ---------------------------------------------------------------
    def cast(self, line: str) -> dict[str, Any]:
        """Make who and what there has to be before it is served; `line` is logged."""
        with self.log.open("ab") as log:
            made = subprocess.run(
                [sys.executable, "-m", "tests.faults.cast"],
                cwd=BASE_DIR,
                env=self.environment,
                input=json.dumps([line, self.hooked.url]).encode(),
                stdout=subprocess.PIPE,
                stderr=log,
                check=False,
            )
        assert made.returncode == 0, self.log.read_text()[-3000:]
        known: dict[str, Any] = json.loads(made.stdout)
        return known

    def start(self) -> None:
        """Serve."""
        self.process = served(self.port, self.environment, log=self.log)
        wait_for(self.answers, what=f"the portal to answer: {self.log}")

    def answers(self) -> bool:
        """Tell whether it is served."""
        assert self.process
        assert self.process.poll() is None, self.log.read_text()[-3000:]
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    def ask(self, statement: str, *values: Any, user: str = "cors") -> list[tuple[Any, ...]]:
        """Return the rows of a statement in the product's database."""
        with self.connect(user=user) as link:
            found = link.execute(statement, values or None)  # type: ignore[arg-type]
            return found.fetchall() if found.description else []

    def connect(self, *, user: str = "cors", database: str = "") -> "psycopg.Connection[tuple[Any, ...]]":
        """Return a connection to the product's database, or to another one of its server."""
        return psycopg.connect(databases.address(database or self.name), user=user, autocommit=True)

    def stop(self) -> None:
        """Stop everything and throw the data away."""
        self.done.set()
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(40)
        for each in (self.broker, self.mail, self.scanner, self.translator, self.gateway, self.hooked):
            each.close()
        databases.drop(self.name)
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- what passes by ---------------------------------------------------------
    def listen(self) -> None:
        """Keep every command that Valkey gets."""
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(0.2)
            link.connect(str(self.broker.socket))
            link.sendall(b"MONITOR\r\n")
            while not self.done.is_set():
                with suppress(TimeoutError):
                    self.commands += link.recv(1 << 16)

    def sample(self) -> None:
        """Keep the arguments and environments of all processes, and what the product's put aside, again and again."""
        while not self.done.wait(SAMPLE_SECONDS):
            self.look_at_processes()
            for path in self.put_aside():
                with suppress(OSError):
                    self.aside.add(path.read_bytes())

    def look_at_processes(self) -> None:
        """Read what each process was started with: a new one some times, as it may be about to become another."""
        for name in filter(str.isdigit, (each.name for each in Path("/proc").iterdir())):
            self.looks[name] += 1
            if self.looks[name] <= NEW_LOOKS or self.looks[name] % LOOKS == 0:
                for what in ("cmdline", "environ"):
                    with suppress(OSError):
                        self.arguments.add(Path("/proc", name, what).read_bytes())

    def put_aside(self) -> Iterator[Path]:
        """Yield what lies in the folder for temporary files, and the open files that have no name any more."""
        yield from (path for path in (self.folder / "tmp").rglob("*") if path.is_file())
        ours = [os.getpid(), *(processes_below(self.process.pid) if self.process else ())]
        for pid in ours:
            with suppress(OSError):
                yield from filter(has_no_name, Path(f"/proc/{pid}/fd").iterdir())

    # --- what is left -------------------------------------------------------------
    def places(self) -> dict[str, Callable[[], list[bytes]]]:
        """Return by its name how all that stands in a place is read."""
        return {
            "dump": lambda: [self.dump()],
            "data directory": self.data_directory,
            "Valkey's memory": self.memory,
            "Valkey's commands": lambda: [bytes(self.commands)],
            "the portal's log": lambda: [self.log.read_bytes()],
            "PostgreSQL's log": self.servers_words,
            "arguments": lambda: [b"\n".join(self.arguments)],
            "temporary files": lambda: sorted(self.aside),
            "letters": lambda: [part for letter in self.mail.texts for part in parts_of(letter)],
            # The number it goes to is for the gateway.
            "text messages": lambda: [without_number(each) for each in self.gateway.heard],
            "webhooks": lambda: self.hooked.heard,
            "stored files": lambda: [path.read_bytes() for path in files_in(self.folder / "files")],
            "VAR_DIR": lambda: [path.read_bytes() for path in files_in(self.folder / "var")],
            "addresses": lambda: [f"{each.url} {each.headers.get('Location', '')}".encode() for each in self.exchanges],
        }

    def dump(self) -> bytes:
        """Return the whole database as text."""
        command = [str(self.pg_dump), "--format=plain", "--dbname", databases.address(self.name)]
        return subprocess.run(command, capture_output=True, check=True).stdout

    def data_directory(self) -> list[bytes]:
        """Return the files of the database as they lie on the disk, and the log of changes since the beginning."""
        self.ask("CHECKPOINT", user="postgres")
        (where,), (oid,) = (
            self.ask("SHOW data_directory", user="postgres")[0],
            self.ask("SELECT oid FROM pg_database WHERE datname = current_database()")[0],
        )
        ours = files_in(Path(where) / "base" / str(oid))
        changes = [
            path for path in files_in(Path(where) / "pg_wal") if self.written_before <= path.name <= self.written_now()
        ]
        return [b"\n".join(path.read_bytes() for path in (*ours, *changes))]

    def written_now(self) -> str:
        """Return the name of the file into which changes are written now."""
        return str(self.ask("SELECT pg_walfile_name(pg_current_wal_lsn())", user="postgres")[0][0])

    def memory(self) -> list[bytes]:
        """Return all that Valkey holds, as it saves it."""
        with redis.Redis.from_url(self.broker.url) as client:
            client.config_set("rdbcompression", "no")
            client.save()
        return [path.read_bytes() for path in files_in(self.broker.folder)]

    def servers_words(self) -> list[bytes]:
        """Return what PostgreSQL logged since the beginning."""
        with self.servers_log.open("rb") as log:
            log.seek(self.said_before)
            return [log.read()]


def has_no_name(link: Path) -> bool:
    """Tell whether a process holds a file open that nobody can find any more."""
    with suppress(OSError):
        target = str(link.readlink())
        return target.startswith("/") and target.endswith(" (deleted)")
    return False


def files_in(folder: Path) -> list[Path]:
    """Return every file below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def without_number(message: bytes) -> bytes:
    """Return a text message as the gateway got it, but for whom it is for."""
    return re.sub(rb'"to": "[+0-9]*"', b"", message)


def parts_of(letter: bytes) -> Iterator[bytes]:
    """Yield a letter as it was sent, and its texts as they are read. To whom it goes is no part of it."""
    message = email.message_from_bytes(letter, policy=email.policy.default)
    del message["To"]
    yield bytes(message)
    for part in message.walk():
        if not part.is_multipart():
            yield part.get_payload(decode=True)  # type: ignore[misc]
    yield from (str(value).encode() for value in message.values())


def may_be_kept(each: Exchange, holds: Callable[[bytes], set[str]]) -> bool:
    """Tell whether a cache might keep an answer that holds a word, or a paper that may."""
    if "no-store" in each.headers.get("Cache-Control", ""):
        return False
    return each.headers.get("Content-Type", "").startswith(PAPERS) or bool(holds(each.body))
