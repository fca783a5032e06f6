"""Child processes that are kept running until someone asks them to stop."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cors.services.death import bound_to_parent

POLL_SECONDS = 0.2
LONGEST_PAUSE = 30
# A child that ran this long and then died begins again with the shortest pause.
STEADY_SECONDS = 60
STOP_SECONDS = 20


@dataclass(kw_only=True)
class Child:
    """One process, in a session of its own: a Ctrl-C at the terminal must reach its parent only."""

    title: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0
    pause: float = 1
    due: float = 0

    def start(self, folder: Path, descriptors: tuple[int, ...]) -> None:
        """Start the process in FOLDER. It inherits the descriptors and dies with us."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=folder,
            env=os.environ | self.environment,
            pass_fds=descriptors,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            preexec_fn=bound_to_parent(signal.SIGTERM),
        )

    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Starts children in order, starts a dead one again after a growing pause, stops all in the reverse order."""

    def __init__(
        self,
        children: list[Child],
        *,
        folder: Path,
        descriptors: tuple[int, ...],
        say: Callable[[str], None],
        stop_seconds: float = STOP_SECONDS,
        longest_pause: float = LONGEST_PAUSE,
    ):
        self.children = children
        self.folder = folder
        self.descriptors = descriptors
        self.say = say
        self.stop_seconds = stop_seconds
        self.longest_pause = longest_pause
        self.asked_to_stop = False

    def run(self, *, on_start: Callable[[], None]) -> None:
        """Serve until SIGINT, SIGTERM or SIGHUP, then stop the children. Calls ON_START when all are started."""
        earlier = {
            number: signal.signal(number, self.ask_to_stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        try:
            for child in self.children:
                child.start(self.folder, self.descriptors)
            on_start()
            while not self.asked_to_stop:
                self.revive()
                time.sleep(POLL_SECONDS)
        finally:
            self.stop()
            for number, handler in earlier.items():
                signal.signal(number, handler)

    def ask_to_stop(self, *_: object) -> None:
        """Handle a signal."""
        self.asked_to_stop = True

    def revive(self) -> None:
        """Start dead children again when their pause is over."""
        now = time.monotonic()
        for child in self.children:
            if child.is_alive():
                continue
            if not child.due:
                self.plan_restart(child, now)
            elif now >= child.due:
                child.due = 0
                child.start(self.folder, self.descriptors)

    def plan_restart(self, child: Child, now: float) -> None:
        """Say that a child ended by itself, and when it is started again."""
        if now - child.started > STEADY_SECONDS:
            child.pause = 1
        code = child.process.returncode if child.process else 0
        self.say(f"The {child.title} ended by itself (code {code}); it is started again in {child.pause:.0f} s.")
        child.due = now + child.pause
        child.pause = min(child.pause * 2, self.longest_pause)

    def stop(self) -> None:
        """Ask every child's parent process to stop, wait, and end with force only what did not."""
        alive = [child.process for child in reversed(self.children) if child.process and child.is_alive()]
        for process in alive:
            # Never the group: a Celery worker whose pool gets the signal too hangs.
            process.terminate()
        deadline = time.monotonic() + self.stop_seconds
        for process in alive:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
