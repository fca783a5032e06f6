"""Numbers that forget themselves, in Redis only: how often something happened lately. Never a name, never an address.

PostgreSQL and its backups know nothing of them.
"""

import hmac
import logging
import secrets
import time
from functools import cache
from hashlib import sha256
from typing import Any

import redis
from django.conf import settings
from django.utils import timezone

from reports import memory

logger = logging.getLogger(__name__)

SPACE = "count"
# A Redis that hangs costs a resident this much once, then it is left alone for a while.
TIMEOUT_SECONDS = 0.25
REST_SECONDS = 10.0
_rest_until = 0.0


class Unreachable(Exception):
    """Redis does not answer: nothing is known."""


@cache
def client(url: str) -> redis.Redis:
    """Return this process's connection."""
    return memory.client(url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS)


def add(name: str, *, seconds: int) -> int:
    """Count one more and return how many there were since the first within `seconds`. Raises Unreachable."""
    key = f"{SPACE}:{name}"
    count, _expiry = _ask([("INCR", key), ("EXPIRE", key, seconds, "NX")])
    return int(count)


def read(*names: str) -> list[int]:
    """Return each count, 0 for what was never counted. Raises Unreachable."""
    (found,) = _ask([("MGET", *(f"{SPACE}:{name}" for name in names))])
    return [int(count or 0) for count in found]


def common(*names: str, seconds: int) -> str:
    """Return the random name that what came under any of the names within `seconds` of each other has in common.

    Raises Unreachable.
    """
    keys = [f"{SPACE}:common:{name}" for name in names]
    (known,) = _ask([("MGET", *keys)])
    found = next(filter(None, known), None) or secrets.token_hex(8)
    # Of two who draw at the same moment, the first is right for the first name.
    _set, name, *_others = _ask(
        [("SET", keys[0], found, "NX"), ("GET", keys[0]), *(("SET", key, found) for key in keys[1:])]
        + [("EXPIRE", key, seconds) for key in keys]
    )
    return bytes(name).decode()


def first(name: str, *, says: str, seconds: int) -> str:
    """Return what was said first under the name within `seconds`: `says`, if nobody did before. Raises Unreachable."""
    return _first(f"{SPACE}:first:{name}", says, seconds).decode()


def forget(name: str) -> None:
    """Set a count back to 0. Raises Unreachable."""
    _ask([("DEL", f"{SPACE}:{name}")])


def salt(day: str) -> bytes:
    """Return the day's random salt, the same for every process, gone after the day. Raises Unreachable."""
    return _first(f"{SPACE}:salt:{day}", secrets.token_hex(16), 24 * 3600)


def hashed(*texts: str) -> list[str]:
    """Return texts hashed with the day's salt, which is asked for once. Raises Unreachable."""
    today = salt(timezone.now().date().isoformat())
    return [hmac.new(today, text.encode(), sha256).hexdigest()[:32] for text in texts]


def _first(key: str, says: str, seconds: int) -> bytes:
    _set, found = _ask([("SET", key, says, "NX", "EX", seconds), ("GET", key)])
    return bytes(found)


def _ask(commands: list[tuple[str | int, ...]]) -> list[Any]:
    global _rest_until  # noqa: PLW0603 (one pause for the whole process)
    if time.monotonic() < _rest_until:
        raise Unreachable
    try:
        with client(settings.REDIS_URL).pipeline(transaction=False) as pipe:
            for command in commands:
                pipe.execute_command(*command)
            return pipe.execute()
    except redis.RedisError as error:
        _rest_until = time.monotonic() + REST_SECONDS
        logger.warning("the counters cannot be reached: %s", type(error).__name__)
        raise Unreachable from None
