"""Real processes: the portal's web server and worker as `manage.py up` starts them, and the bare view beside them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bench.frame import BASE_DIR, FOLDER

PATIENCE = 60


@contextmanager
def web(*, bare: bool = False) -> Iterator[tuple[int, int]]:
    """Serve the portal, or the bare view, by gunicorn; give its port and its process number."""
    from cors.management.commands.up import processes

    port = free_port()
    child = processes("127.0.0.1", port, demo=False)[0]
    command = [word.replace("cors.wsgi", "bench.bare") for word in child.command] if bare else child.command
    with running(command, **child.environment, **({"SERVES_BARE": "1"} if bare else {})) as process:
        wait_for_port(port, process)
        yield port, process.pid


@contextmanager
def worker() -> Iterator[int]:
    """Run one worker of two processes; give its process number."""
    from cors.management.commands.up import processes

    child = processes("127.0.0.1", 0, demo=False)[1]
    with running(child.command, **child.environment) as process:
        yield process.pid


@contextmanager
def running(command: list[str], **environment: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a process of the portal; its words go to a log in the folder."""
    with (FOLDER / "processes.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=BASE_DIR, env=os.environ | environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        # Its parent only: a Celery worker whose pool gets the signal too hangs.
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until both workers had time to load and the server answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            sys.exit(f"error: a server ended: see {FOLDER / 'processes.log'}")
        try:
            link = HTTPConnection("127.0.0.1", port, timeout=10)
            link.request("GET", "/", headers={"Host": "localhost"})
            link.getresponse()
        except OSError:
            time.sleep(0.2)
        else:
            return
        finally:
            link.close()
    sys.exit(f"error: a server does not answer: see {FOLDER / 'processes.log'}")


def megabytes(pid: int) -> dict[int, float]:
    """Return the private and proportional memory (PSS) of a process and its children, by process number."""
    found = {}
    for each in [pid, *children(pid)]:
        text = Path(f"/proc/{each}/smaps_rollup").read_text()
        (line,) = [line for line in text.splitlines() if line.startswith("Pss:")]
        found[each] = int(line.split()[1]) / 1024
    return found


def resident(pid: int) -> dict[int, float]:
    """Return the resident memory (RSS, shared pages counted in each) of a process's children, in megabytes."""
    found = {}
    for each in children(pid):
        text = Path(f"/proc/{each}/status").read_text()
        (line,) = [line for line in text.splitlines() if line.startswith("VmRSS:")]
        found[each] = int(line.split()[1]) / 1024
    return found


def children(pid: int) -> list[int]:
    """Return the process numbers of a process's children."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def stop(pid: int) -> None:
    """Ask a process to end."""
    os.kill(pid, signal.SIGTERM)
