"""A word to the workers never holds up a resident, whatever state the broker is in."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from kombu import pools

from cors.celery import app
from reports.audit import RESIDENT
from reports.models import Job
from reports.processing import actions, nudge
from reports.processing.lanes import Lane
from tests.resident import Receipt, Resident

BOUND = 2.0


@pytest.fixture
def broker(monkeypatch) -> Iterator[Callable[[str], None]]:
    """Lead Celery to another broker for the time of a test."""

    def renew() -> None:
        app.amqp.__dict__.pop("producer_pool", None)
        app.amqp._producer_pool = None
        pools.reset()

    def lead(url: str) -> None:
        monkeypatch.setitem(app.conf, "broker_url", url)
        monkeypatch.setitem(app.conf, "broker_write_url", url)
        renew()

    monkeypatch.setattr(nudge, "_rest_until", 0.0)
    yield lead
    monkeypatch.undo()
    renew()


@pytest.fixture
def frozen() -> Iterator[tuple[str, socket.socket]]:
    """A broker that takes calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0", server


class Middleman:
    """A way to the real broker that can be frozen with its calls open, as when the broker's machine stalls."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.target = (
            (socket.AF_UNIX, parts.path)
            if parts.scheme == "unix"
            else (socket.AF_INET, (parts.hostname, parts.port or 6379))
        )
        self.frozen, self.open = threading.Event(), []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self.server.getsockname()[1]}/{parse_qs(parts.query).get('db', ['0'])[0]}"
        threading.Thread(target=self.answer, daemon=True).start()

    def answer(self) -> None:
        """Take calls, and carry words both ways, until frozen."""
        while True:
            try:
                caller = self.server.accept()[0]
            except OSError:
                return
            self.open.append(caller)
            if not self.frozen.is_set():
                behind = socket.socket(self.target[0])
                behind.connect(self.target[1])
                self.open.append(behind)
                for one, other in ((caller, behind), (behind, caller)):
                    threading.Thread(target=self.carry, args=(one, other), daemon=True).start()

    def carry(self, one: socket.socket, other: socket.socket) -> None:
        """Carry words one way; a frozen way swallows them."""
        try:
            while words := one.recv(65536):
                if not self.frozen.is_set():
                    other.sendall(words)
        except OSError:
            return

    def close(self) -> None:
        """Hang up everything."""
        for each in (self.server, *self.open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@pytest.fixture
def middleman() -> Iterator[Middleman]:
    """A way to the tests' own broker."""
    between = Middleman(settings.REDIS_URL)
    yield between
    between.close()


@pytest.fixture
def refusing() -> str:
    """A broker that is not there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return f"redis://127.0.0.1:{port}/0"


def calls(server: socket.socket) -> int:
    """Count the connections that wait to be taken."""
    server.setblocking(False)
    taken = 0
    try:
        while True:
            server.accept()[0].close()
            taken += 1
    except BlockingIOError:
        return taken


def seconds(work: Callable[[], object]) -> float:
    start = time.monotonic()
    work()
    return time.monotonic() - start


def test_a_broker_that_is_down_costs_no_time(broker, refusing: str, caplog) -> None:
    broker(refusing)
    assert seconds(nudge.nudge) < BOUND
    assert [record.getMessage() for record in caplog.records if record.name == "reports.processing.nudge"] == [
        "the workers could not be nudged: OperationalError"
    ]


def test_a_frozen_broker_costs_little_time(broker, frozen) -> None:
    broker(frozen[0])
    assert seconds(nudge.nudge) < BOUND
    assert calls(frozen[1]) > 0


def test_a_broker_that_freezes_between_two_nudges_costs_little_time(broker, middleman: Middleman) -> None:
    broker(middleman.url)
    nudge.nudge()
    assert nudge._rest_until == 0.0
    middleman.frozen.set()
    assert seconds(nudge.nudge) < BOUND
    assert nudge._rest_until > time.monotonic()


def test_after_a_failure_the_broker_is_left_alone_for_a_while(broker, frozen, monkeypatch) -> None:
    broker(frozen[0])
    nudge.nudge()
    calls(frozen[1])
    assert seconds(nudge.nudge) < 0.1
    assert calls(frozen[1]) == 0
    monkeypatch.setattr(nudge, "_rest_until", time.monotonic())
    nudge.nudge()
    assert calls(frozen[1]) > 0


def test_a_nudge_reaches_a_broker_that_is_well(broker) -> None:
    with app.connection_for_write() as link:
        channel = link.default_channel
        channel.queue_declare("letters")
        channel.queue_purge("letters")
        nudge.nudge(lane=Lane.LETTERS)
        message = channel.basic_get("letters")
        assert message.headers["task"] == "reports.work"
        assert message.payload[:2] == [["letters"], {}]
        channel.queue_purge("letters")
    assert nudge._rest_until == 0.0


@pytest.mark.django_db(transaction=True)
def test_a_resident_with_a_frozen_broker_is_thanked_in_time(broker, frozen) -> None:
    resident = Resident()
    draft = resident.answer_all("lost-property")
    broker(frozen[0])
    assert seconds(lambda: resident.submit(draft)) < BOUND
    assert resident.client.get(resident.url("intake:sent", draft)).status_code == 200
    assert Job.objects.filter(kind="enqueue", done_at=None).count() == 1
    assert actions.work() == 2


def test_nothing_is_nudged_before_the_commit(broker, frozen, receipt: Receipt) -> None:
    broker(frozen[0])
    actions.ask_for([Job(kind=Job.Kind.ENQUEUE, report=receipt.report)])
    assert calls(frozen[1]) == 0
    assert RESIDENT.value == "resident"
