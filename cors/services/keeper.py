"""The keeper: one process per server and VAR_DIR, which owns the server and outlives whoever started it.

It serves as long as any client holds the clients' lock, then stops the server cleanly and ends. Whether a keeper lives
is told by its own lock. The server dies with its keeper; the server's lock, which it inherits, tells when it is gone.
"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cors.services import locks
from cors.services.engine import Engine, Place
from cors.services.fault import LocalServerError
from cors.services.postgresql import PostgreSQL
from cors.services.valkey import Valkey

ENGINES: dict[str, Engine] = {engine.name: engine for engine in (PostgreSQL(), Valkey())}
POLL_SECONDS = 0.1
LEFTOVER_SECONDS = 30
# A server that ends this often at once is given up: whoever attaches next is told why.
RESTARTS = 5


def lock_path(var: Path, engine: Engine, kind: str) -> Path:
    """Return the path of the engine's lock: start, clients, keeper or server."""
    return var / "run" / f"{engine.name}-{kind}.lock"


def address_path(var: Path, engine: Engine) -> Path:
    """Return the file in which a ready keeper says where its server is."""
    return var / "run" / f"{engine.name}.json"


@dataclass(kw_only=True)
class Keeper:
    """The keeper of one server."""

    engine: Engine
    var: Path
    fsync: bool
    place: Place = field(init=False)
    program: Path = field(init=False)
    server: "subprocess.Popen[bytes]" = field(init=False)
    server_lock: int = field(init=False)
    asked_to_stop: bool = False

    def start(self) -> dict[str, str | int]:
        """Start the server, after any left-over one is gone, and return its address. Raises LocalServerError."""
        leftover = forget_address(self.engine, self.var)
        self.place = Place.of(self.var, fsync=self.fsync)
        self.program = self.engine.program(self.place)
        self.server_lock = self.lock_of_a_gone_server(leftover)
        self.engine.prepare(self.place, self.program)
        return self.start_server()

    def start_server(self) -> dict[str, str | int]:
        """Start the server and write its address."""
        self.server = self.engine.start(self.place, self.program, keep=(self.server_lock,))
        address: dict[str, str | int] = {
            "url": self.engine.url(self.place.sockets),
            "data": str(self.engine.data(self.place)),
            "program": str(self.program),
            "server": self.server.pid,
        }
        write_whole(address_path(self.var, self.engine), json.dumps(address))
        return address

    def lock_of_a_gone_server(self, leftover: int | None) -> int:
        """Return the server's lock, once nobody holds it: a server left over by a killed keeper is stopped first."""
        lock = locks.opened(lock_path(self.var, self.engine, "server"))
        deadline = time.monotonic() + LEFTOVER_SECONDS
        while not locks.try_take(lock, locks.EXCLUSIVE):
            if leftover is not None:
                # Its lock is held, so the number written down is still its own.
                ask(leftover, self.engine.stop_signal)
                leftover = None
            if time.monotonic() > deadline:
                raise LocalServerError(f"A left-over {self.engine.title} of {self.var} does not stop: end it by hand.")
            time.sleep(0.05)
        return lock

    def serve(self, clients: int) -> None:
        """Keep the server up until the last client is gone, or until asked to stop. Holds the clients' lock then."""
        restarts = 0
        while not self.asked_to_stop and not locks.try_take(clients, locks.EXCLUSIVE):
            if self.server.poll() is not None:
                restarts += 1
                forget_address(self.engine, self.var)
                if restarts > RESTARTS:
                    return
                time.sleep(restarts)
                self.start_server()
            time.sleep(POLL_SECONDS)
        self.engine.stop(self.server)
        forget_address(self.engine, self.var)

    def ask_to_stop(self, *_: object) -> None:
        """Handle a signal."""
        self.asked_to_stop = True


def forget_address(engine: Engine, var: Path) -> int | None:
    """Remove the address that an earlier keeper wrote, and return its server's process number, if any."""
    path = address_path(var, engine)
    try:
        found: int = json.loads(path.read_text())["server"]
    except (OSError, ValueError, KeyError):
        found = 0
    path.unlink(missing_ok=True)
    return found or None


def ask(process: int, number: signal.Signals) -> None:
    """Send a signal to a process that may be gone by now."""
    with suppress(ProcessLookupError):
        os.kill(process, number)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader finds the old text or the new one, never a part."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def keep(engine: Engine, var: Path, *, fsync: bool) -> None:
    """Keep the server from now on. Says its address or the fault on standard output, as one line, and closes that."""
    own = locks.opened(lock_path(var, engine, "keeper"))
    clients = locks.opened(lock_path(var, engine, "clients"))
    keeper = Keeper(engine=engine, var=var, fsync=fsync)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, keeper.ask_to_stop)
    try:
        if not locks.try_take(own, locks.EXCLUSIVE):
            raise LocalServerError(f"{engine.title} is already kept for {var}.")
        said: dict[str, str | int] = keeper.start()
    except LocalServerError as fault:
        os.close(own)
        tell({"fault": str(fault)})
        return
    tell(said)
    keeper.serve(clients)
    # In this order: whoever waits for the clients' lock must find no keeper.
    os.close(own)
    os.close(clients)


def tell(said: dict[str, str | int]) -> None:
    """Say one line to the client that waits, and let go of its pipe."""
    os.write(1, json.dumps(said).encode() + b"\n")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.close(nothing)


def main() -> None:
    """Become a process of nobody's (its starter need not wait for it), then keep the server named on the command."""
    name, var, fsync = sys.argv[1:]
    if os.fork():
        os._exit(0)
    os.umask(0o077)
    keep(ENGINES[name], Path(var), fsync=fsync == "fsync")


if __name__ == "__main__":
    main()
