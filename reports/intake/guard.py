"""The quiet checks before a report is taken. None refuses it: one that a check speaks against is held for a look.

No address of anybody's machine is stored: a hash with a salt that changes every day lives in Redis for an hour. Where
Redis does not answer nothing is counted.
"""

import hmac
import time
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from reports import counters
from reports.models import Draft, HeldFor

MINUTE, HOUR = 60, 3600
# A family or a shop has a few reports to make; a library or a shelter many people behind one connection.
MOST_FROM_BROWSER = 5
MOST_FROM_ADDRESS = 20
MOST_IN_A_MINUTE, MOST_IN_AN_HOUR = 60, 1000


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
    if not address:
        return False
    salt = counters.salt(timezone.now().date().isoformat())
    name = hmac.new(salt, address.encode(), sha256).hexdigest()[:32]
    return counters.add(f"sent:{name}", seconds=HOUR) > MOST_FROM_ADDRESS


def address_of(meta: dict[str, str]) -> str:
    """Return where a request came from, as the one proxy that is trusted says, or as the socket does."""
    if settings.BEHIND_TLS_PROXY:
        return meta.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return meta.get("REMOTE_ADDR", "")
