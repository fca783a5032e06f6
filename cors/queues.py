"""Celery's queues: which task waits in which. A worker takes from all of them, or from those of its `--queues`."""

from django.conf import settings
from kombu.entity import Exchange, Queue

REPORTS, LETTERS, FILES, OUTSIDE = "reports", "letters", "files", "outside"
LANES = [REPORTS, LETTERS, FILES, OUTSIDE]
EXPORTS, UPKEEP = "exports", "upkeep"
# "celery" is where the version before this one puts all: it may still serve while workers are of this one.
NAMES = [*LANES, EXPORTS, UPKEEP, "celery"]
QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in NAMES]
# What is not named here is upkeep. `reports.work` goes to the queue that its lane is named by.
ROUTES = {
    "reports.work": {"queue": REPORTS},
    "reports.sign_of_life": {"queue": REPORTS},
    "accounts.send_letters": {"queue": LETTERS},
    "reports.alerts_digest": {"queue": LETTERS},
    "reports.hand_out": {"queue": OUTSIDE},
    "reports.make_exports": {"queue": EXPORTS},
    "*": {"queue": UPKEEP},
}


def sign() -> dict[str, object]:
    """Return the entry of the schedule by which a worker shows that it lives."""
    seconds = settings.HEARTBEAT_SECONDS
    return {"task": "reports.sign_of_life", "schedule": float(seconds), "options": {"expires": seconds}}


def sweep(lane: str) -> dict[str, object]:
    """Return the entry of the schedule that finds what was lost of a lane."""
    options = {"expires": 15, "queue": lane}
    return {"task": "reports.work", "schedule": 15.0, "args": [lane], "options": options}
