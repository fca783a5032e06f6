"""What the portal leans on, to be stopped, frozen, filled and broken at will: a database, a broker, services."""

import json
import os
import re
import shutil
import signal
import socketserver
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psycopg
import redis
from celery import Celery

from cors import queues, services
from cors.services import folders
from cors.services.death import bound_to_parent
from cors.services.engine import Place
from cors.services.postgresql import PostgreSQL
from cors.services.valkey import Valkey
from tests import collected
from tests.product import BASE_DIR, HELD_FOR_NOTHING, free_port, wait_for


class Volume:
    """A small file system of its own, in memory, that can be filled to the last byte. Only root can make one."""

    def __init__(self, folder: Path, *, megabytes: int) -> None:
        self.folder, self.ballast = folder, folder / "ballast"
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=711", "tmpfs", str(folder)], check=True)

    def fill(self) -> None:
        """Leave no room."""
        with self.ballast.open("ab", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(65536))

    def empty(self) -> None:
        """Make room again."""
        self.ballast.unlink(missing_ok=True)

    def close(self) -> None:
        """Take it away."""
        subprocess.run(["umount", "--lazy", str(self.folder)], check=False)


class Cluster(PostgreSQL):
    """PostgreSQL whose clock is the machine's as the tests set it."""

    clock: dict[str, str] = {}

    def command(self, place: Place, program: Path) -> list[str]:
        """Serve with the clock's variables."""
        return ["/usr/bin/env", *(f"{k}={v}" for k, v in self.clock.items()), *super().command(place, program)]


class Database:
    """A cluster of the tests' own on a volume of its own. Like a container's keeper, it starts one that ended again."""

    def __init__(self, folder: Path, clock: dict[str, str]) -> None:
        self.engine = Cluster()
        self.engine.clock = clock
        ours = Place.of(folders.var_folder(Path(os.environ["VAR_DIR"])))
        self.program = self.engine.program(ours)
        sockets = Path(tempfile.mkdtemp(prefix="db-", dir="/tmp"))
        folders.give(sockets, ours.account)
        self.place = Place(var=folder, data_root=folder / "db", sockets=sockets, account=ours.account, fsync=True)
        self.engine.prepare(self.place, self.program)
        self.process: subprocess.Popen[bytes] | None = None
        self.wanted, self.closed = threading.Event(), threading.Event()
        self.wanted.set()
        self.keeper = threading.Thread(target=self.keep, daemon=True)
        self.keeper.start()

    @property
    def url(self) -> str:
        """The address, as DATABASE_URL takes it."""
        return self.engine.url(self.place.sockets)

    def keep(self) -> None:
        """Start it whenever it is wanted and not there. The thread lives as long as the server, which dies with it."""
        while not self.closed.wait(0.2):
            if self.wanted.is_set() and (self.process is None or self.process.poll() is not None):
                with suppress(Exception):
                    self.process = self.engine.start(self.place, self.program, keep=())
        if self.process and self.process.poll() is None:
            self.engine.stop(self.process)

    def answers(self) -> bool:
        """Tell whether it takes work."""
        try:
            self.ask("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def ask(self, statement: str, *values: Any, user: str = "cors", database: str = "cors") -> list[tuple[Any, ...]]:
        """Return the rows of a statement; the clusters' own superuser may do what the portal may not."""
        where = {"host": str(self.place.sockets), "dbname": database, "user": user, "connect_timeout": 5}
        with psycopg.connect(**where, autocommit=True) as link:
            found = link.execute(statement, values or None)
            return found.fetchall() if found.description else []

    def restart(self) -> None:
        """Shut it down as a power cut would, to be started again by its keeper."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)

    def stop(self) -> None:
        """Shut it down and leave it so."""
        self.wanted.clear()
        self.restart()

    def start(self) -> None:
        """Let it run again."""
        self.wanted.set()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the server and to each process of it: stopped, they close nothing and say nothing."""
        if self.process:
            for pid in [self.process.pid, *processes_below(self.process.pid)]:
                with suppress(ProcessLookupError):
                    os.kill(pid, number)

    def cut_off(self) -> None:
        """End everybody's connection."""
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'cors'"
        with suppress(psycopg.Error):
            self.ask(others, user="postgres", database="postgres")

    def close(self) -> None:
        """Stop for good."""
        self.closed.set()
        self.keeper.join(60)
        shutil.rmtree(self.place.sockets, ignore_errors=True)


class Broker:
    """A Valkey or Redis of the tests' own, to be stopped and started at will."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="broker-", dir="/tmp"))
        self.socket = self.folder / "s"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address, as REDIS_URL takes it."""
        return f"unix://{self.socket}?db=0"

    def start(self) -> None:
        """Start empty, as after a lost memory."""
        program = Valkey().find()
        assert program, "no Valkey or Redis here"
        self.process = subprocess.Popen(
            [program.path, "--port", "0", "--unixsocket", self.socket, "--save", "", "--dir", self.folder],
            stdout=subprocess.DEVNULL,
            preexec_fn=bound_to_parent(signal.SIGKILL),
        )
        wait_for(self.answers, what="the broker")

    def answers(self) -> bool:
        """Tell whether it can be talked to."""
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False

    def send(self, task: str, *told: str, queue: str = queues.UPKEEP) -> None:
        """Ask the workers for a task, as beat does."""
        with Celery("outside", broker=f"redis+socket://{self.socket}?virtual_host=0", set_as_current=False) as outside:
            outside.send_task(task, told, queue=queue)

    def signal(self, number: signal.Signals) -> None:
        """Send its process a signal."""
        assert self.process
        self.process.send_signal(number)

    def flush(self) -> None:
        """Let it forget everything."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def limit(self, size: int) -> None:
        """Give it so many bytes, 0 for as many as there are. It refuses what does not fit."""
        with redis.Redis.from_url(self.url) as client:
            client.config_set("maxmemory", size)

    def stop(self) -> None:
        """Kill it."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.socket.unlink(missing_ok=True)

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Service:
    """A stand-in for a service of others, on a port of its own, in a mood that can be changed; "down" hangs up."""

    handler: type[socketserver.BaseRequestHandler]
    kind: type[socketserver.TCPServer] = socketserver.ThreadingTCPServer

    def __init__(self) -> None:
        self.port, self.mood = free_port(), "well"
        self.server: socketserver.TCPServer | None = None
        self.turn("well")

    def turn(self, mood: str) -> None:
        """Change the mood; a service that is down listens to nobody."""
        self.mood = mood
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None
        if mood != "down":
            manner = {"allow_reuse_address": True, "daemon_threads": True, "request_queue_size": 64}
            self.server = type("Server", (self.kind,), manner)(("127.0.0.1", self.port), self.handler)
            self.server.service = self  # type: ignore[attr-defined]
            threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Stop for good."""
        self.turn("down")


class Mailing(socketserver.StreamRequestHandler):
    """One conversation of RFC 5321, as far as a mailer needs it."""

    def handle(self) -> None:
        mail: Mail = self.server.service  # type: ignore[attr-defined]
        if mail.mood == "slow":
            time.sleep(12)
            return
        if mail.mood == "refusing":
            self.say("554 no")
            return
        self.say("220 here")
        for line in iter(self.rfile.readline, b""):
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.say("354 go on")
                mail.take(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.say("221 bye" if word == b"QUIT" else "250 fine")
            if word == b"QUIT":
                return

    def say(self, words: str) -> None:
        """Answer a line."""
        self.wfile.write(f"{words}\r\n".encode())


class Mail(Service):
    """A mail server that counts how often it got each letter."""

    handler = Mailing

    def __init__(self) -> None:
        self.letters: Counter[str] = Counter()
        super().__init__()

    def take(self, letter: bytes) -> None:
        """Count a letter by its id."""
        found = re.search(rb"^Message-ID: (\S+)", letter, re.MULTILINE | re.IGNORECASE)
        assert found
        self.letters[found[1].decode()] += 1


class Scanning(socketserver.StreamRequestHandler):
    """One INSTREAM of clamd."""

    def handle(self) -> None:
        self.rfile.read(10)
        while length := struct.unpack(">I", self.rfile.read(4) or bytes(4))[0]:
            self.rfile.read(length)
        self.wfile.write(b"stream: OK\0")


class Scanner(Service):
    """A virus scanner that finds nothing."""

    handler = Scanning


class Translating(BaseHTTPRequestHandler):
    """Two addresses of LibreTranslate."""

    def do_POST(self) -> None:
        """Answer a question."""
        self.rfile.read(int(self.headers["Content-Length"]))
        well: Any = {"translatedText": "Somebody broke the window."}
        if self.path == "/detect":
            well = [{"language": "es", "confidence": 99}]
        nonsense = self.server.service.mood == "nonsense"  # type: ignore[attr-defined]
        body = b"<html>what?" if nonsense else json.dumps(well).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class Translator(Service):
    """A translation service."""

    handler, kind = Translating, ThreadingHTTPServer


def processes_below(pid: int) -> dict[int, str]:
    """Return the process numbers of all descendants, with their command lines."""
    parents, lines = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            lines[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    found, fresh = {}, {pid}
    while fresh := {child for child, parent in parents.items() if parent in fresh}:
        found |= {child: lines.get(child, "") for child in fresh}
    return found


def kill(pids: Any) -> None:
    """Kill processes that may be gone by now."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def served(port: int, environment: dict[str, str], *, log: Path) -> subprocess.Popen[bytes]:
    """Start the portal's processes as production runs them, in a session of their own."""
    with log.open("ab") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.serve", str(port)],
            cwd=BASE_DIR,
            env=environment,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )


def as_production(folder: Path, broker: Broker, mail: Mail, scanner: Scanner, translator: Translator) -> dict[str, str]:
    """Return production's settings but for TLS, for a portal that keeps its things in `folder` and leans on these."""
    no = dict.fromkeys(["DEBUG", "SECURE_COOKIES", "SECURE_SSL_REDIRECT", "EMAIL_USE_TLS"], "False")
    return (
        no
        | HELD_FOR_NOTHING
        | {
            "SECURE_HSTS_SECONDS": "0",
            "KEYRING": services.new_keyring(),
            "ALLOWED_HOSTS": "localhost",
            "REDIS_URL": broker.url,
            "VAR_DIR": str(folder / "var"),
            "STATIC_ROOT": str(collected.folder()),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail.port),
            "CLAMD_URL": f"tcp://127.0.0.1:{scanner.port}",
            "TRANSLATE_URL": f"http://127.0.0.1:{translator.port}",
        }
    )
