"""Valkey watched by a real sentinel: the server in charge dies, and broker, cache and counters go on with the other."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from kombu import Connection
from kombu.exceptions import OperationalError

from cors.cache import Cache
from cors.celery import broker_url, transport_options
from cors.services.death import bound_to_parent
from cors.services.valkey import Valkey
from reports import counters, memory
from tests.product import free_port, wait_for

GROUP = "portal"
WATCH = """
port {port}
dir {folder}
sentinel monitor portal 127.0.0.1 {server} 1
sentinel down-after-milliseconds portal 500
sentinel failover-timeout portal 5000
"""


class Trio:
    """A server, its replica, and a sentinel."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sentinel-", dir="/tmp"))
        self.first, self.second, self.sentinel = free_port(), free_port(), free_port()
        # By itself a server waits for more replicas before it begins to send.
        at_once = ["--repl-diskless-sync-delay", "0"]
        self.processes = {self.first: self.start(self.first, "--port", str(self.first), *at_once)}
        wait_for(lambda: answers(self.first), seconds=20, what="the server")
        follows = ["--replicaof", "127.0.0.1", str(self.first), *at_once]
        self.processes[self.second] = self.start(self.second, "--port", str(self.second), *follows)
        # A sentinel that came too early would ask again only after ten seconds.
        wait_for(self.follows, seconds=40, what="the replica to follow")
        configuration = self.folder / "sentinel.conf"
        configuration.write_text(WATCH.format(port=self.sentinel, folder=self.folder, server=self.first))
        self.processes[self.sentinel] = self.start(self.sentinel, str(configuration), "--sentinel")
        wait_for(self.knows_both, seconds=40, what="the sentinel to know the replica")

    def start(self, port: int, *options: str) -> "subprocess.Popen[bytes]":
        """Start a process of the wheel's one program."""
        program = Valkey().find()
        assert program, "no Valkey or Redis here"
        kept = () if "--sentinel" in options else ("--save", "", "--dir", str(self.folder))
        command = [str(program.path), *options, *kept]
        with (self.folder / f"{port}.log").open("wb") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=bound_to_parent(signal.SIGKILL))

    def follows(self) -> bool:
        """Tell whether the replica has what the server has."""
        return answers(self.second) and asked(self.second, "INFO", "replication")["master_link_status"] == "up"

    def knows_both(self) -> bool:
        """Tell whether the sentinel could put the replica in charge."""
        return answers(self.sentinel) and bool(asked(self.sentinel, "SENTINEL", "REPLICAS", GROUP))

    def in_charge(self) -> int:
        """Return the port of the server in charge, as the sentinel says."""
        return int(asked(self.sentinel, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", GROUP)[1])

    @property
    def url(self) -> str:
        """The address, as REDIS_URL takes it; the first sentinel is one that is not there."""
        return f"sentinel://127.0.0.1:9,127.0.0.1:{self.sentinel}/2?name={GROUP}"


def asked(port: int, *command: str) -> Any:
    with redis.Redis(port=port, socket_timeout=2) as client:
        return client.execute_command(*command)


def answers(port: int) -> bool:
    try:
        return bool(asked(port, "PING"))
    except redis.RedisError:
        return False


@pytest.fixture
def trio() -> Iterator[Trio]:
    served = Trio()
    yield served
    for process in served.processes.values():
        process.kill()
        process.wait()
    shutil.rmtree(served.folder)


@pytest.mark.faults
def test_the_death_of_the_server_in_charge_is_outlived(trio: Trio, settings, monkeypatch) -> None:
    settings.REDIS_URL = trio.url
    cache = Cache(trio.url, {"KEY_PREFIX": "cache"})

    def goes_on() -> bool:
        monkeypatch.setattr(counters, "_rest_until", 0.0)
        cache._rest_until = 0.0
        try:
            counters.add("guess", seconds=60)
            cache.set("code", "used", timeout=60)
            link = Connection(broker_url(trio.url), transport_options=transport_options(trio.url))
            with link, link.SimpleQueue("probe") as queue:
                queue.put({"report": 1})
                return bool(queue.get(timeout=2).payload == {"report": 1}) and cache._rest_until == 0.0
        except (counters.Unreachable, redis.RedisError, OperationalError):
            return False

    wait_for(goes_on, seconds=20, what="all to work by the sentinel's word")
    assert trio.in_charge() == trio.first
    with redis.Redis(port=trio.first, db=2) as client:
        assert client.get("cache:1:code") == b'"used"'
    trio.processes[trio.first].kill()
    wait_for(lambda: trio.in_charge() == trio.second, seconds=40, what="the other to be put in charge")
    wait_for(goes_on, seconds=40, what="all to work again")
    with redis.Redis(port=trio.second, db=2) as client:
        assert client.get("cache:1:code") == b'"used"'


@pytest.mark.parametrize(
    ("url", "spelled"),
    [
        ("sentinel://one,two:26380/3?name=portal", "sentinel://one:26379/3;sentinel://two:26380/3"),
        ("sentinel://me:p%40ss@one:1/0?name=portal", "sentinel://me:p%40ss@one:1/0"),
    ],
)
def test_celery_is_told_all_sentinels(url: str, spelled: str) -> None:
    assert broker_url(url) == spelled
    assert transport_options(url)["master_name"] == GROUP


@pytest.mark.parametrize("url", ["sentinel://one:26379/0", "sentinel:///0?name=portal", "sentinel://one:x/0?name=a"])
def test_an_address_without_a_group_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"group|invalid literal"):
        memory.watched(url)
