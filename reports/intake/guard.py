"""The quiet checks before a report is taken. None refuses it: one that a check speaks against is held for a look.

No address of anybody's machine is stored: a hash with a salt that changes every day lives in Redis for an hour. Where
Redis does not answer nothing is counted.
"""

import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from reports import counters
from reports.models import Draft, HeldFor

MINUTE, HOUR = 60, 3600
# A family or a shop has a few reports to make.
MOST_FROM_BROWSER = 5
MOST_IN_A_MINUTE, MOST_IN_AN_HOUR = 60, 1000


@dataclass(frozen=True)
class Signs:
    """What the checks found: why a report is held, "" if it is not, and where it comes from."""

    held_for: str = ""
    held_from: str = ""


NOTHING = Signs()


def signs(*, trap: str, drafts: list[UUID], address: str, idle: bool = False) -> Signs:
    """Return what the checks say of a report that is being sent. Counts it too."""
    held_for = sign(trap=trap, drafts=drafts, address=address, idle=idle)
    try:
        return Signs(held_for, source(drafts=drafts, address=address))
    except counters.Unreachable:
        return Signs(held_for)


def sign(*, trap: str, drafts: list[UUID], address: str, idle: bool = False) -> str:
    """Return why a report that is being sent is held, or "". Counts it too.

    `trap` is what stands in a field that no person sees, `drafts` are those begun in this browser, `idle` says that a
    browser with script brought no proof of its work.
    """
    try:
        flood, crowd = _flood(), _crowd(address)
    except counters.Unreachable:
        flood = crowd = False
    found = {
        HeldFor.TRAP: bool(trap),
        HeldFor.PROOF: idle,
        HeldFor.BROWSER: begun_lately(drafts) > MOST_FROM_BROWSER,
        HeldFor.ADDRESS: crowd,
        HeldFor.FLOOD: flood,
    }
    return next((reason.value for reason, speaks in found.items() if speaks), "")


def begins_too_many(address: str) -> bool:
    """Tell whether more drafts were begun through one connection within an hour than people begin. Counts it too.

    Everybody in a large shelter may begin one, look around and begin again; a program that fills the disk begins more.
    """
    try:
        return _counted("begun", address) > settings.MOST_BEGUN_FROM_ADDRESS
    except counters.Unreachable:
        return False


def source(*, drafts: list[UUID], address: str) -> str:
    """Return the random name of where something comes from, "" where nothing is known.

    What is sent from one browser that sends much has it in common, else what is sent through one connection. It is
    drawn anew each day and an hour after the last; nothing of browser or address can be found out from it.
    """
    shared = [draft.hex for draft in drafts] if begun_lately(drafts) > MOST_FROM_BROWSER else [address]
    return counters.common(*counters.hashed(*shared), seconds=HOUR) if any(shared) else ""


def in_haste(draft: Draft) -> bool:
    """Tell whether the draft was filled in faster than a person writes."""
    return timezone.now() - draft.created_at < timedelta(seconds=settings.LEAST_FILING_SECONDS)


def begun_lately(drafts: list[UUID]) -> int:
    """Return how many of the drafts were begun in the last hour: their ids tell when."""
    since = (time.time() - HOUR) * 1000
    return sum((draft.int >> 80) > since for draft in drafts)


def _flood() -> bool:
    in_minute = counters.add("sent:minute", seconds=MINUTE)
    return counters.add("sent:hour", seconds=HOUR) > MOST_IN_AN_HOUR or in_minute > MOST_IN_A_MINUTE


def _crowd(address: str) -> bool:
    return _counted("sent", address) > settings.MOST_FROM_ADDRESS


def _counted(what: str, address: str) -> int:
    """Count one more through a connection; return how many there were within an hour, 0 where it is not known."""
    if not address:
        return 0
    (name,) = counters.hashed(address)
    return counters.add(f"{what}:{name}", seconds=HOUR)


def address_of(meta: dict[str, str]) -> str:
    """Return where a request came from, as the one proxy that is trusted says, or as the socket does."""
    if settings.BEHIND_TLS_PROXY:
        return meta.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return meta.get("REMOTE_ADDR", "")
