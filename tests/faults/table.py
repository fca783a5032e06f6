"""The table of faults: what breaks, how, how it is put right, which line of /health/ready shows it."""

import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.faults.portal import Portal
from tests.faults.servers import kill

Act = Callable[[Portal], object]
WORKER, BEAT, WEB = "celery -q -A cors worker", "celery -q -A cors beat", "gunicorn cors.wsgi"


def nothing(_portal: Portal) -> None:
    """Do nothing: it heals by itself."""


def kills(*parts: str, children: bool) -> Act:
    """Return the act that kills the parents, or only the children, of some parts."""

    def act(portal: Portal) -> None:
        for part in parts:
            kill(portal.pids(holding=part, children=children))

    return act


def kill_eldest_web(portal: Portal) -> None:
    """Kill the web process that has served longest; another one goes on."""
    kill(portal.pids(holding=WEB, children=True)[:1])


# Files that the scanner was asked about in vain, and of them those that nobody can look at, of a report in the queue.
WAITING_FILES = """
SELECT count(*), count(*) FILTER (WHERE a.scan = 'unscanned' AND a.copy = '' AND r.state = 'queued')
FROM reports_job j JOIN reports_attachment a ON a.id = j.attachment_id JOIN reports_report r ON r.id = a.report_id
WHERE j.kind = 'scan' AND j.done_at IS NULL AND j.last_error <> ''
"""


def files_wait(portal: Portal) -> str:
    """Return what is wrong with files that no scanner has seen, or ""."""
    asked, waiting = portal.database.ask(WAITING_FILES)[0]
    return "" if asked and asked == waiting else f"{waiting} of {asked} files wait unseen"


@dataclass(frozen=True)
class Fault:
    """One thing that breaks."""

    name: str
    inject: Act
    recover: Act = nothing
    # The line of /health/ready that shows it within a minute; "" where it heals within seconds by itself.
    line: str = ""
    # It is done again each so many seconds while it lasts; 0 is once.
    every: float = 0.0
    # For so long it lasts at least, even when it shows sooner.
    seconds: float = 3.0
    # Whether reports are taken meanwhile, and whether each is answered within two seconds (in 95 of 100 cases).
    takes: bool = True
    is_quick: bool = False
    # The short run of every change leaves out what another row shows, too.
    is_long: bool = False
    needs_clock: bool = False
    # Looks, before it is put right, whether all is as it should be meanwhile; returns what is not.
    meanwhile: Callable[[Portal], str] = lambda _portal: ""


def service(name: str, of: str, how: str, **more: Any) -> Fault:
    """Return the fault of a service of others, which `of` names in the portal; letters and the like wait meanwhile."""
    return Fault(name, lambda p: getattr(p, of).turn(how), lambda p: getattr(p, of).turn("well"), line="jobs", **more)


FAULTS = [
    Fault("nothing", nothing, is_quick=True, seconds=1),
    # 1. Processes. One that is killed once is there again before anybody sees: it is killed each time it comes back.
    Fault("a worker's children killed", kills(WORKER, children=True), every=1),
    Fault("worker killed", kills(WORKER, children=False), every=0.5, line="worker", is_long=True),
    Fault("beat killed", kills(BEAT, children=False), every=0.5, line="schedule", is_long=True),
    Fault("worker and beat killed", kills(WORKER, BEAT, children=False), every=0.5, line="worker"),
    Fault("a web process killed", kill_eldest_web, every=5),
    Fault("web server killed", kills(WEB, children=False), every=0.5, line="web", takes=False),
    # 2. The broker.
    Fault("broker stopped", lambda p: p.broker.stop(), lambda p: p.broker.start(), line="broker", is_quick=True),
    Fault(
        "broker frozen",
        lambda p: p.broker.signal(signal.SIGSTOP),
        lambda p: p.broker.signal(signal.SIGCONT),
        line="broker",
        is_quick=True,
    ),
    Fault("broker flushed", lambda p: p.broker.flush(), every=1, is_quick=True),
    Fault("broker full", lambda p: p.broker.limit(1), lambda p: p.broker.limit(0), line="broker", is_quick=True),
    # 3. The database and the disks.
    Fault("database restarted", lambda p: p.database.restart(), line="database", every=4, takes=False),
    Fault("connections cut off", lambda p: p.database.cut_off(), line="database", every=6, takes=False),
    Fault(
        "database down",
        lambda p: p.database.stop(),
        lambda p: p.database.start(),
        line="database",
        seconds=6,
        takes=False,
    ),
    Fault(
        "database frozen",
        lambda p: p.database.signal(signal.SIGSTOP),
        lambda p: p.database.signal(signal.SIGCONT),
        line="database",
        seconds=6,
        takes=False,
    ),
    Fault(
        "database's disk full",
        lambda p: p.volume.fill(),
        lambda p: p.volume.empty(),
        line="database",
        every=1,
        takes=False,
    ),
    Fault("files' disk full", lambda p: p.files.fill(), lambda p: p.files.empty(), line="disk", every=1),
    # 4. Services of others.
    service("mail server down", "mail", "down"),
    service("mail server refuses", "mail", "refusing", is_long=True),
    service("mail server slow", "mail", "slow"),
    service("scanner down", "scanner", "down", meanwhile=files_wait),
    service("translator down", "translator", "down", is_long=True),
    service("translator's nonsense", "translator", "nonsense"),
    # 5. The clock.
    Fault("clock an hour ahead", lambda p: p.set_clock(3600), needs_clock=True, seconds=6),
    Fault("clock an hour back", lambda p: p.set_clock(0), needs_clock=True, seconds=6),
]
