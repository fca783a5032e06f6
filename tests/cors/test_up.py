"""`manage.py up`: the whole product as its own processes."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.cors.conftest import BASE_DIR, Home, bare_environment, wait_until

pytestmark = pytest.mark.faults


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Up:
    """One running `up`."""

    def __init__(self, var: Path, port: int) -> None:
        self.port = port
        self.output = var / "up.txt"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--no-demo", "--port", str(port)],
                cwd=BASE_DIR,
                env=bare_environment(VAR_DIR=str(var)),
                stdout=output,
                stderr=output,
            )

    def said(self) -> str:
        """Return what it printed so far."""
        return self.output.read_text()

    def ready(self) -> "Up":
        """Wait until it says where to go."""
        wait_until(lambda: "The portal is at" in self.said() or self.process.poll() is not None, seconds=60)
        assert self.process.poll() is None, self.said()
        return self

    def family(self) -> list[psutil.Process]:
        """Return every process beneath it."""
        return psutil.Process(self.process.pid).children(recursive=True)


def up_command(home: Home, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run `up` where it must refuse."""
    return subprocess.run(
        [sys.executable, "manage.py", "up", "--no-demo", *arguments],
        cwd=BASE_DIR,
        env=bare_environment(VAR_DIR=str(home.var)),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def up(home: Home) -> Iterator[Up]:
    """Return a product that serves; it is ended with the test."""
    running = Up(home.var, free_port()).ready()
    yield running
    running.process.kill()
    running.process.wait()


def health(port: int) -> int:
    """Return the answer of the web server's health page."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    link.request("GET", "/health")
    status = link.getresponse().status
    link.close()
    return status


def test_it_serves_refuses_a_second_one_revives_and_stops(up: Up, home: Home) -> None:
    assert health(up.port) == 200
    second = up_command(home, "--port", str(free_port()))
    assert second.returncode == 1
    assert f"already runs from {home.var}, on port {up.port}" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1

    worker = next(found for found in up.family() if "worker" in found.cmdline())
    worker.kill()
    wait_until(lambda: "The worker ended by itself" in up.said())
    wait_until(lambda: any("worker" in found.cmdline() for found in up.family()))

    family = up.family()
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(40) == 0
    assert "Stopped. The data stays in place." in up.said()
    assert "Traceback" not in up.said()
    wait_until(lambda: not any(found.is_running() for found in family))
    wait_until(home.is_quiet)


def test_a_killed_one_leaves_nothing_running_and_the_next_one_waits_for_that(up: Up, home: Home) -> None:
    wait_until(lambda: len(up.family()) >= 7)
    family = up.family()
    up.process.kill()
    up.process.wait()
    again = Up(home.var, up.port).ready()
    assert health(up.port) == 200
    again.process.terminate()
    assert again.process.wait(40) == 0
    wait_until(lambda: not any(found.is_running() and found.status() != psutil.STATUS_ZOMBIE for found in family))
    wait_until(home.is_quiet)


def test_a_used_port_is_told_before_anything_starts(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = up_command(home, "--port", str(taken.getsockname()[1]))
    assert refused.returncode == 1
    assert "cannot be used (Address already in use)" in refused.stderr
    assert "PORT=" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_a_server_of_production_is_not_served_this_way() -> None:
    environment = dict(os.environ) | {"DEBUG": "False"}
    done = subprocess.run(
        [sys.executable, "manage.py", "up"], cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "for a machine of your own" in done.stderr
