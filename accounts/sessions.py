"""What a session of staff remembers: when it began and was last used, what it has proven, and how fresh it is.

Times are seconds since the epoch.
"""

import time
from collections.abc import MutableMapping
from typing import Any

from django.conf import settings

Session = MutableMapping[str, Any]

BEGAN, SEEN, FRESH, PROVEN = "staff_began", "staff_seen", "staff_fresh", "staff_proven"
# How exactly the last use is kept: so many seconds go without writing the session anew.
STEP = 30


def begin(session: Session, *, proven: bool) -> None:
    """Start the clocks. `proven` says that the second factor was passed."""
    now = time.time()
    session.update({BEGAN: now, SEEN: now, FRESH: now, PROVEN: proven})


def prove(session: Session) -> None:
    """Note that the person holds a second factor, having just enrolled it."""
    session[PROVEN] = True


def refresh(session: Session) -> None:
    """Note that the person has just proven once more who they are."""
    session[FRESH] = time.time()


def touch(session: Session) -> None:
    """Note that the session is used."""
    if time.time() - session.get(SEEN, 0) >= STEP:
        session[SEEN] = time.time()


def is_proven(session: Session) -> bool:
    """Tell whether the second factor was passed, or is not asked for (the demo's log-ins)."""
    return bool(session.get(PROVEN))


def is_fresh(session: Session) -> bool:
    """Tell whether the person proved who they are within FRESH_LOGIN_MINUTES."""
    return time.time() - float(session.get(FRESH, 0)) < settings.FRESH_LOGIN_MINUTES * 60


def ended_by(session: Session) -> str:
    """Return which limit has ended the session, "idle" or "age", or "" while it goes on."""
    now = time.time()
    if now - session.get(BEGAN, 0) >= settings.SESSION_HOURS * 3600:
        return "age"
    return "idle" if now - session.get(SEEN, 0) >= settings.SESSION_IDLE_MINUTES * 60 else ""
