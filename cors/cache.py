"""Django's cache in Redis, as JSON, and in this process's memory while Redis does not answer."""

import json
import logging
import time
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import RedisError

from reports import memory

logger = logging.getLogger(__name__)

# A Redis that hangs costs one person this much, then it is left alone for a while.
TIMEOUT_SECONDS = 0.5
REST_SECONDS = 10.0


class Plain:
    """Values as JSON: who can write into Redis must not be able to run anything here, as pickles would let them."""

    def dumps(self, value: Any) -> bytes:
        """Return the value as text."""
        return json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        """Return the value."""
        return json.loads(data)


class Client(RedisCacheClient):
    """Django's client of whichever server is in charge."""

    _pools: dict[int, Any]
    _servers: list[str]
    _pool_options: dict[str, Any]

    def _get_connection_pool(self, *_write: Any, **_more: Any) -> Any:
        if 0 not in self._pools:
            self._pools[0] = memory.pool(self._servers[0], **self._pool_options)
        return self._pools[0]


class Cache(RedisCache):
    """Never raises for a Redis that is away: staff must be able to log in then, too."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        timeouts = {"socket_timeout": TIMEOUT_SECONDS, "socket_connect_timeout": TIMEOUT_SECONDS}
        params["OPTIONS"] = {"serializer": Plain, **timeouts, **params.get("OPTIONS", {})}
        # As a list: Django would split an address that names several sentinels.
        super().__init__([server], params)
        self._class = Client
        self._own = LocMemCache("cache", {})
        self._rest_until = 0.0

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Store what was not there."""
        return bool(self._ask("add", *args, **kwargs))

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """Return what is stored."""
        return self._ask("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        """Store."""
        self._ask("set", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        """Forget."""
        return bool(self._ask("delete", *args, **kwargs))

    def _ask(self, verb: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self._rest_until:
            try:
                return getattr(super(), verb)(*args, **kwargs)
            except RedisError as error:
                self._rest_until = time.monotonic() + REST_SECONDS
                logger.warning("the cache cannot be reached: %s", type(error).__name__)
        return getattr(self._own, verb)(*args, **kwargs)
