"""The portal as production runs it (DEBUG off), on servers of the tests' own, watched by its own readiness."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests import databases
from tests.faults.servers import (
    Broker,
    Database,
    Mail,
    Scanner,
    Translator,
    Volume,
    as_production,
    processes_below,
    served,
)
from tests.product import BASE_DIR, clean_environment, free_port, wait_for

LOOK_SECONDS = 0.5
COMPILER = shutil.which("cc") or shutil.which("gcc")


class Portal:
    """Web, worker and beat under a supervisor, and everything they lean on."""

    def __init__(self, **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="faults-", dir="/tmp"))
        self.folder.chmod(0o711)
        self.port = free_port()
        self.clock = self.folder / "clock"
        self.set_clock(0)
        clock = self.clock_variables()
        self.volume = Volume(self.folder / "db", megabytes=600)
        self.files = Volume(self.folder / "files", megabytes=48)
        self.database, self.broker = Database(self.folder, clock), Broker()
        self.mail, self.scanner, self.translator = Mail(), Scanner(), Translator()
        self.broker.start()
        wait_for(self.database.answers, what="the database")
        self.environment = clean_environment(**self.variables(), **settings, **clock)
        self.process: subprocess.Popen[bytes] | None = None
        self.looks: list[tuple[float, dict[str, str]]] = []
        self.done = threading.Event()

    def variables(self) -> dict[str, str]:
        """Return the settings: production's, but without TLS."""
        return as_production(self.folder, self.broker, self.mail, self.scanner, self.translator) | {
            "SECRET_KEY": "f" * 60,
            "DATABASE_URL": self.database.url,
            "FILES_DIR": str(self.files.folder),
            "TRANSLATE_SECONDS": "5",
            "LOG_LEVEL": "WARNING",
        }

    # --- its life ---------------------------------------------------------------
    def start(self) -> "Portal":
        """Prepare the data and serve."""
        (self.folder / "var").mkdir()
        databases.carry_to(self.database.url, self.database.program.parent)
        self.process = served(self.port, self.environment, log=self.folder / "portal.log")
        threading.Thread(target=self.watch, daemon=True).start()
        wait_for(self.is_well, what=f"the portal to be ready: {self.folder / 'log'}")
        return self

    def manage(self, *command: str) -> str:
        """Run a command beside the running portal."""
        line = [sys.executable, "manage.py", *command]
        done = subprocess.run(line, cwd=BASE_DIR, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def stop(self) -> None:
        """Stop everything and throw the data away."""
        self.done.set()
        self.set_clock(0)
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(40)
        for each in (self.database, self.broker, self.mail, self.scanner, self.translator, self.files, self.volume):
            each.close()
        subprocess.run(["rm", "-rf", "--one-file-system", str(self.folder)], check=False)

    # --- its processes ------------------------------------------------------------
    def pids(self, *, holding: str, children: bool) -> list[int]:
        """Return the processes of one part: its parent alone, or its children alone."""
        assert self.process
        found = processes_below(self.process.pid)
        parents = [pid for pid, line in found.items() if holding in line and holding not in found.get(parent(pid), "")]
        return sorted(child for pid in parents for child in processes_below(pid)) if children else parents

    # --- its readiness -----------------------------------------------------------
    def watch(self) -> None:
        """Ask for readiness twice a second and remember what it said."""
        while not self.done.wait(LOOK_SECONDS):
            at = time.monotonic()
            self.looks.append((at, self.look()))

    def look(self) -> dict[str, str]:
        """Return the state of each line; that nobody answers is one, too."""
        address = f"http://localhost:{self.port}/health/ready"
        try:
            with urllib.request.urlopen(address, timeout=8) as answer:
                told: Any = json.load(answer)
        except urllib.error.HTTPError as error:
            told = json.load(error)
        except (OSError, ValueError):
            return {"web": "down"}
        return {name: line["state"] for name, line in told["lines"].items()}

    def amiss(self) -> dict[str, str]:
        """Return what is not well, as was seen last."""
        seen = self.looks[-1][1] if self.looks else {"web": "down"}
        return {name: state for name, state in seen.items() if state != "ok"}

    def is_well(self) -> bool:
        """Tell whether every line is well."""
        return not self.amiss()

    def showed(self, line: str, since: float) -> float | None:
        """Return how many seconds after a moment a line was first seen amiss, or None."""
        seen = (at - since for at, states in self.looks if at >= since and states.get(line, "ok") != "ok")
        return next(seen, None)

    # --- its clock ---------------------------------------------------------------
    def clock_variables(self) -> dict[str, str]:
        """Return the variables by which a process takes its time from a file, {} without a compiler."""
        if COMPILER is None:
            return {}
        library = self.folder / "clock.so"
        source = Path(__file__).with_name("clock.c")
        subprocess.run([COMPILER, "-shared", "-fPIC", "-O2", "-o", str(library), str(source)], check=True)
        library.chmod(0o755)
        return {"LD_PRELOAD": str(library), "CLOCK_FILE": str(self.clock)}

    def set_clock(self, ahead: int) -> None:
        """Set the clock of the portal and its database so many seconds ahead; a reader sees the old file or the new."""
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(f"{ahead}\n")
        fresh.chmod(0o644)
        fresh.replace(self.clock)


def parent(pid: int) -> int:
    """Return a process's parent, 0 when it is gone."""
    with suppress(OSError, ValueError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def may_mount() -> bool:
    """Tell whether volumes can be made here."""
    return os.geteuid() == 0
