"""Children are kept running, and end with their parent however it ends."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.cors.conftest import BASE_DIR, wait_until

pytestmark = pytest.mark.faults
PARENT = """
import sys
from pathlib import Path
from cors.supervisor import Child, Supervisor
children = [Child(title="helper", command=[sys.executable, "-c", sys.argv[1]])]
say = lambda text: print(text, flush=True)
supervisor = Supervisor(children, folder=Path("/"), descriptors=(), say=say, stop_seconds=0.5)
supervisor.run(on_start=lambda: say(f"started {children[0].process.pid}"))
say("stopped")
"""
PATIENT = "import time; time.sleep(60)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
)
Start = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Return a starter of parents with one child; they are ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def run(child: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", PARENT, child]
        started.append(subprocess.Popen(command, cwd=BASE_DIR, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.communicate()


def line(process: "subprocess.Popen[str]") -> str:
    """Return the next line that the process prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def child_of(process: "subprocess.Popen[str]") -> psutil.Process:
    """Return the child, once it is started."""
    return psutil.Process(int(line(process).removeprefix("started ")))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(start: Start, number: signal.Signals) -> None:
    parent = start(PATIENT)
    child = child_of(parent)
    parent.send_signal(number)
    assert line(parent) == "stopped"
    assert parent.wait() == 0
    assert not child.is_running()


def test_a_killed_parent_leaves_no_child(start: Start) -> None:
    parent = start(PATIENT)
    child = child_of(parent)
    parent.kill()
    wait_until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


def test_a_dead_child_is_started_again_and_that_is_said(start: Start) -> None:
    parent = start(PATIENT)
    child_of(parent).kill()
    assert line(parent) == "The helper ended by itself (code -9); it is started again in 1 s."
    wait_until(lambda: psutil.Process(parent.pid).children())


def test_a_child_that_does_not_listen_is_ended_with_force(start: Start) -> None:
    parent = start(STUBBORN)
    said = {line(parent), line(parent)}
    assert "deaf" in said
    parent.terminate()
    assert line(parent) == "stopped"


def test_the_working_folder_is_the_named_one(start: Start, tmp_path: Path) -> None:
    parent = start(f"import os; open({str(tmp_path / 'where')!r}, 'w').write(os.getcwd()); {PATIENT}")
    child_of(parent)
    wait_until(lambda: (tmp_path / "where").exists() and (tmp_path / "where").read_text() == "/")
