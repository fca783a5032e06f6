"""The broker stopped, frozen and back again, under a served product."""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from cors.services.valkey import Valkey
from tests.product import Product, wait_for
from tests.remote import RemoteResident

pytestmark = pytest.mark.faults

# What the issue grants: the resident's wait, and the queue's after the broker's return.
LONGEST_WAIT = 2.0
LONGEST_QUEUE = 60.0


class Broker:
    """A Valkey or Redis of this test's own, to be stopped and started at will."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="broker-", dir="/tmp"))
        self.socket = self.folder / "s"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address, as REDIS_URL takes it."""
        return f"unix://{self.socket}?db=0"

    def start(self) -> None:
        """Start empty, as after a lost memory."""
        program = Valkey().find()
        assert program, "no Valkey or Redis here"
        self.process = subprocess.Popen(
            [program.path, "--port", "0", "--unixsocket", self.socket, "--save", "", "--dir", self.folder],
            stdout=subprocess.DEVNULL,
        )
        wait_for(self.answers, what="the broker")

    def answers(self) -> bool:
        """Tell whether it can be talked to."""
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False

    def signal(self, number: signal.Signals) -> None:
        """Send its process a signal."""
        assert self.process
        self.process.send_signal(number)

    def stop(self) -> None:
        """Kill it."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.socket.unlink(missing_ok=True)


@pytest.fixture(scope="module")
def broker() -> Iterator[Broker]:
    one = Broker()
    one.start()
    yield one
    one.stop()
    shutil.rmtree(one.folder)


@pytest.fixture(scope="module")
def product(broker: Broker) -> Iterator[Product]:
    served = Product(REDIS_URL=broker.url).start("--no-demo")
    yield served
    served.stop()


def file_in_time(product: Product) -> str:
    """File a report and return its reference; neither Send nor the thank-you page may be slow."""
    resident = RemoteResident(product)
    draft = resident.answer_all("hate-incident")
    sent = resident.submit(draft)
    assert sent.status_code == 302
    begun = time.monotonic()
    receipt = resident.read_receipt(draft)
    assert sent.seconds + time.monotonic() - begun <= LONGEST_WAIT
    return receipt.reference


def queued(product: Product, reference: str) -> bool:
    return product.ask(f"Report.objects.get(reference='{reference}').state") == "queued"


@pytest.mark.parametrize("fault", ["stopped", "frozen"])
def test_a_report_is_taken_without_the_broker_and_queued_after_its_return(
    broker: Broker, product: Product, fault: str
) -> None:
    first = file_in_time(product)
    wait_for(lambda: queued(product, first), seconds=LONGEST_QUEUE)
    broker.stop() if fault == "stopped" else broker.signal(signal.SIGSTOP)
    try:
        taken = [file_in_time(product) for _each in range(3)]
        assert [product.ask(f"Report.objects.get(reference='{each}').state") for each in taken] == ["received"] * 3
    finally:
        broker.start() if fault == "stopped" else broker.signal(signal.SIGCONT)
    back = time.monotonic()
    for reference in taken:
        wait_for(lambda one=reference: queued(product, one), seconds=LONGEST_QUEUE, what=f"{reference} to be queued")
    assert time.monotonic() - back <= LONGEST_QUEUE
