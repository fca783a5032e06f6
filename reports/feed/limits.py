"""So many requests of one token in a minute, counted in Redis. While that is away the database spaces them out."""

import time
from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now
from django.utils import timezone

from reports import counters
from reports.feed.tokens import NOTED_EVERY
from reports.models import FeedToken

SECONDS = 60


def wait(token: FeedToken) -> int:
    """Count one request; return the seconds after which the next is welcome, 0 for at once."""
    window, passed = divmod(int(time.time()), SECONDS)
    try:
        count = counters.add(f"feed:{token.pk}:{window}", seconds=SECONDS)
    except counters.Unreachable:
        return _wait_for_turn(token)
    return SECONDS - passed if count > settings.FEED_REQUESTS_A_MINUTE else 0


def _wait_for_turn(token: FeedToken) -> int:
    """Note this use of the token, unless the one before was too short a while ago, whichever process took it."""
    if token.used_at is None or token.used_at < timezone.now() - NOTED_EVERY:
        # It was noted as the token was recognised, just now.
        return 0
    pause = timedelta(seconds=SECONDS / settings.FEED_REQUESTS_A_MINUTE)
    is_turn = FeedToken.objects.filter(pk=token.pk, used_at__lt=Now() - pause).update(used_at=Now())
    return 0 if is_turn else max(1, round(pause.total_seconds()))
