"""manage.py up: the whole product on a machine of one's own."""

import os
import socket
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections

from cors import services
from cors.services import folders, locks
from cors.services.death import bind_to_launcher
from cors.supervisor import Child, Supervisor
from reports.commands import WithExamples
from reports.keys import fitting

READY_SECONDS = 60
# Longer than a supervisor gives its children to stop.
EARLIER_SECONDS = 40


EXAMPLES = """
examples:
  up                        on http://localhost:8000 until Ctrl-C
  up --port 8010 --no-demo
"""


class Command(WithExamples):
    """Prepare the data, then serve web, worker and beat until Ctrl-C."""

    help = "Serve the portal with its worker and schedule on this machine, with demo data, until Ctrl-C."
    examples = EXAMPLES
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the web server's port (8000)")
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="its address (127.0.0.1)")
        parser.add_argument("--reports", type=int, default=300, help="how many demo reports a new database gets (300)")
        parser.add_argument("--no-demo", action="store_true", help="no demo reports, no demo logins")
        parser.add_argument(
            "--die-with-launcher", action="store_true", help="stop when the process that started this is gone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("`up` is for a machine of your own (DEBUG=True). For a server see docs/operations.md.")
        if options["die_with_launcher"]:
            bind_to_launcher()
        with only_one(settings.VAR_DIR, options["port"]) as children:
            self.wait_for_earlier(children)
            refuse_used_port(options["host"], options["port"])
            self.prepare(demo=not options["no_demo"], reports=options["reports"])
            self.serve(options["host"], options["port"], demo=not options["no_demo"], keep=children)

    def wait_for_earlier(self, children: int) -> None:
        """Take the children's lock, once what a killed `up` left behind has ended, which it does by itself."""
        deadline = time.monotonic() + EARLIER_SECONDS
        if not locks.try_take(children, locks.EXCLUSIVE):
            self.say("Waiting for the processes of an earlier run to end ...")
        while not locks.try_take(children, locks.EXCLUSIVE):
            if time.monotonic() > deadline:
                raise CommandError("Processes of an earlier run do not end: end them by hand, then start again.")
            time.sleep(0.1)

    def prepare(self, *, demo: bool, reports: int) -> None:
        """Bring the database, the catalogue, the languages and the demo up to date. Done work is not done again."""
        for folder in services.data_folders():
            self.say(f"Data is kept in {folder}")
        self.say("Bringing the database up to date ...")
        call_command("migrate", verbosity=0, interactive=False)
        fitting.at_start()
        # The languages first: the catalogue's texts are translated as they are loaded.
        call_command("compile_catalogues")
        self.say("Loading the catalogue ...")
        call_command("load_catalogue", verbosity=0)
        if demo:
            self.prepare_demo(reports)
        connections.close_all()

    def prepare_demo(self, reports: int) -> None:
        """Print the demo logins, sketch a map, and fill an empty portal with reports, which its officer decides on."""
        from reports.audit import SYSTEM
        from reports.demo.sketch import draw_areas
        from reports.models import Report
        from reports.statistics.publishing import publish

        call_command("demo_accounts")
        draw_areas()
        if not Report.objects.exists():
            self.say(f"Making {reports} demo reports ...")
            call_command("demo_data", reports=reports, seed=1, verbosity=0)
            publish(by=SYSTEM)

    def serve(self, host: str, port: int, *, demo: bool, keep: int) -> None:
        """Serve until asked to stop. The children hold the lock KEEP and the local servers while they live."""
        children = processes(host, port, demo=demo)
        kept = (keep, *services.held_locks())
        supervisor = Supervisor(children, folder=settings.BASE_DIR, descriptors=kept, say=self.say)
        supervisor.run(on_start=lambda: self.announce(supervisor, host, port))
        self.say("Stopped. The data stays in place.")

    def announce(self, supervisor: Supervisor, host: str, port: int) -> None:
        """Say where to go, as soon as the web server answers there."""
        deadline = time.monotonic() + READY_SECONDS
        while not answers(host, port) and not supervisor.asked_to_stop and time.monotonic() < deadline:
            supervisor.revive()
            time.sleep(0.05)
        if not supervisor.asked_to_stop:
            shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::"} else host  # noqa: S104
            self.say(f"\nThe portal is at http://{shown}:{port}/ and its staff side at http://{shown}:{port}/admin/")
            self.say("Stop it with Ctrl-C.")

    def say(self, text: str) -> None:
        """Print a line at once, for a person or a log."""
        self.stdout.write(text)
        self.stdout.flush()


def processes(host: str, port: int, *, demo: bool) -> list[Child]:
    """Return the web server, the worker and the schedule."""
    python = [sys.executable, "-m"]
    own = {"DEMO": str(demo)}
    beat = folders.make_private(settings.VAR_DIR / "beat") / "schedule"
    celery = [*python, "celery", "-q", "-A", "cors"]
    web = [
        "gunicorn",
        "cors.wsgi",
        "--bind",
        f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "--workers",
        "2",
        "--worker-class",
        "gthread",
    ]
    # No access log: addresses and query strings of residents belong in no file.
    web += ["--threads", "4", "--log-level", "warning", "--no-control-socket", "--graceful-timeout", "10"]
    worker = ["worker", "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
    # It warns of running as root, which this machine's owner chose.
    quiet = {"PYTHONWARNINGS": "ignore:You're running the worker"}
    return [
        Child(title="web server", command=[*python, *web], environment=own | {"DATABASE_POOL": "True"}),
        Child(title="worker", command=[*celery, *worker], environment=own | quiet),
        Child(
            title="schedule", command=[*celery, "beat", "-s", str(beat), "--pidfile=", "-l", "WARNING"], environment=own
        ),
    ]


@contextmanager
def only_one(var: Path, port: int) -> Iterator[int]:
    """Refuse a second `up` of the same VAR_DIR: two schedules would do everything twice.

    Gives the descriptor of the children's lock, which is not taken yet.
    """
    run = folders.make_private(folders.var_folder(var) / "run")
    lock, children = locks.opened(run / "up.lock"), locks.opened(run / "up-children.lock")
    try:
        if not locks.try_take(lock, locks.EXCLUSIVE):
            running = os.pread(lock, 20, 0).decode() or "?"
            raise CommandError(f"The portal already runs from {var}, on port {running}: stop it first.")
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(port).encode(), 0)
        yield children
    finally:
        os.close(children)
        os.close(lock)


def refuse_used_port(host: str, port: int) -> None:
    """Raise CommandError where the port cannot be had, before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = error.strerror if isinstance(error, OSError) else "there is no such port"
            raise CommandError(
                f"Port {port} on {host} cannot be used ({reason}): choose another one, as in `make run PORT=8001`."
            ) from None


def answers(host: str, port: int) -> bool:
    """Tell whether a web server answers there, whatever it says."""
    link = HTTPConnection({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port, timeout=10)  # noqa: S104
    try:
        link.request("GET", "/health")
        link.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        link.close()
    return True
