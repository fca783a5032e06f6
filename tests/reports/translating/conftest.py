"""A translation service that really listens, and those who translate."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Role, User
from reports.models import Passage, Report
from reports.processing import actions as processing
from tests.resident import Resident

STORY = "Rompieron la ventana de mi carro.\n\nMe llamo Ana y vi a un hombre. 🚗"


class Service:
    """A program on a port of its own that speaks the LibreTranslate API. `mood` says how it answers a path."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.language, self.confidence, self.limit = "es", 95.0, 10_000
        self.moods: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.over = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def handler(service: "Service") -> type[BaseHTTPRequestHandler]:  # noqa: N805 (`self` is the request's)
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                fields = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                service.asked.append((self.path, fields))
                if mood := service.moods.get(self.path):
                    mood(self)
                else:
                    answer(self, *service.answer(self.path, fields))

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        return Handler

    def answer(self, path: str, fields: dict[str, Any]) -> tuple[int, Any]:
        """Answer as LibreTranslate does; what it "translates" says into what."""
        if len(fields["q"]) > self.limit:
            return 400, {"error": "Invalid request: request exceeds text limit"}
        if path == "/detect":
            return 200, [{"confidence": 3.0, "language": "fr"}, self.found]
        assert fields["format"] == "text"
        return 200, {"translatedText": f"{fields['source']}>{fields['target']}: {fields['q']}"}

    @property
    def found(self) -> dict[str, Any]:
        return {"confidence": self.confidence, "language": self.language}

    def sent(self, path: str) -> list[dict[str, Any]]:
        """Return the fields that were posted to a path."""
        return [fields for asked, fields in self.asked if asked == path]

    def is_slow(self, path: str) -> None:
        """Take the question and never answer."""
        self.moods[path] = lambda request: self.over.wait(20) and None

    def trickles(self, path: str) -> None:
        """Answer a byte at a time, without end."""

        def drip(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.end_headers()
            try:
                while not self.over.wait(0.02):
                    request.wfile.write(b" ")
            except OSError:
                return

        self.moods[path] = drip

    def says(self, path: str, status: int, raw: bytes) -> None:
        """Answer with these bytes."""
        self.moods[path] = lambda request: answer(request, status, raw)

    def stop(self) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def answer(request: BaseHTTPRequestHandler, status: int, body: Any) -> None:
    """Send one answer; what is not bytes, as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    request.send_response(status)
    request.send_header("Content-Length", str(len(raw)))
    request.end_headers()
    request.wfile.write(raw)


@pytest.fixture
def listening() -> Iterator[Service]:
    """A service that nobody was told of."""
    service = Service()
    yield service
    service.stop()


@pytest.fixture
def service(listening: Service, settings: Any) -> Service:
    """A service that the portal was told of."""
    settings.TRANSLATE_URL, settings.TRANSLATE_SECONDS = listening.url, 5
    return listening


@pytest.fixture
def hispano(db: None) -> Resident:
    """A resident who reads Spanish."""
    return Resident("es")


@pytest.fixture
def spanish(hispano: Resident) -> Report:
    """A theft from a vehicle in Central, told in Spanish, in the queue."""
    report = hispano.file("theft-from-vehicle", narrative={"story": STORY}).report
    processing.work()
    return Report.objects.get(pk=report.pk)


@pytest.fixture
def story(spanish: Report) -> Passage:
    """The Spanish story, which waits for its English."""
    return Passage.objects.get(report=spanish)


@pytest.fixture
def tara(staff: Callable[..., User]) -> User:
    """A translator of Spanish and Korean."""
    return staff("tara", Role.TRANSLATOR, languages=["es", "ko"], first_name="Tara", last_name="Nuñez")


@pytest.fixture
def rustam(staff: Callable[..., User]) -> User:
    """A translator of Russian, to whom Spanish texts do not exist."""
    return staff("rustam", Role.TRANSLATOR, languages=["ru"])


def address(name: str, row: Any) -> str:
    """Return the address of a page of the desk."""
    return reverse(f"translating:{name}", args=[row.pk])
