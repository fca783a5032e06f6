"""How Redis, or Valkey, is reached: one server by its address, or whichever of several Sentinel has put in charge.

`sentinel://[user:password@]host:26379,host2:26379/0?name=group`: the sentinels, the database, and what they call the
group of servers.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import redis
from redis.sentinel import Sentinel

PORT = 26379


@dataclass(frozen=True)
class Watched:
    """A group of servers that sentinels watch. User and password are the servers' own."""

    sentinels: tuple[tuple[str, int], ...]
    name: str
    database: int = 0
    user: str | None = None
    password: str | None = None

    def for_celery(self) -> str:
        """Return the address as kombu spells it."""
        word = quote(self.password or "", safe="")
        who = f"{quote(self.user or '', safe='')}:{word}@" if word else ""
        return ";".join(f"sentinel://{who}{host}:{port}/{self.database}" for host, port in self.sentinels)


def watched(url: str) -> Watched | None:
    """Return the group that an address names, None for that of one server. Raises ValueError for neither."""
    if not url.startswith("sentinel://"):
        return None
    parts = urlsplit(url)
    who, _at, hosts = parts.netloc.rpartition("@")
    user, _colon, password = who.partition(":")
    name = parse_qs(parts.query).get("name", [""])[0]
    sentinels = tuple(_address(host) for host in hosts.split(",") if host)
    if not name or not sentinels:
        raise ValueError("no name of a group, or no sentinel")
    database = int(parts.path.strip("/") or 0)
    return Watched(sentinels, name, database, unquote(user) or None, unquote(password) or None)


def _address(host: str) -> tuple[str, int]:
    name, colon, port = host.rpartition(":")
    return (name, int(port)) if colon else (host, PORT)


def pool(url: str, **options: Any) -> redis.ConnectionPool:
    """Return a pool of connections; one that is watched asks the sentinels for each new connection who is in charge."""
    group = watched(url)
    if group is None:
        return redis.ConnectionPool.from_url(url, **options)
    waits = {name: value for name, value in options.items() if name.startswith("socket_")}
    sentinel = Sentinel(group.sentinels, sentinel_kwargs=waits, **waits)
    of = {"db": group.database, "username": group.user, "password": group.password, **options}
    found: redis.ConnectionPool = sentinel.master_for(group.name, **of).connection_pool
    return found


def client(url: str, **options: Any) -> redis.Redis:
    """Return a client of its own pool."""
    return redis.Redis(connection_pool=pool(url, **options))
