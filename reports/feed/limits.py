"""So many requests of one token in a minute, counted in Redis, or by each process for itself while that is away."""

import time

from django.conf import settings

from reports import counters
from reports.models import FeedToken

SECONDS = 60
# Where Redis does not answer: token -> (count, forgotten at).
_own: dict[int, tuple[int, float]] = {}


def wait(token: FeedToken) -> int:
    """Count one request; return the seconds after which the next is welcome, 0 for at once."""
    window, passed = divmod(int(time.time()), SECONDS)
    try:
        count = counters.add(f"feed:{token.pk}:{window}", seconds=SECONDS)
    except counters.Unreachable:
        count = _count_here(token.pk)
    return SECONDS - passed if count > settings.FEED_REQUESTS_A_MINUTE else 0


def _count_here(token_id: int) -> int:
    now = time.monotonic()
    count, until = _own.get(token_id, (0, 0.0))
    _own[token_id] = (count + 1, until) if until > now else (1, now + SECONDS)
    return _own[token_id][0]
