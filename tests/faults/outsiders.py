"""Others over HTTP to whom the portal speaks: a gateway of text messages, a system that a webhook tells."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.faults.servers import Service


class Listening(BaseHTTPRequestHandler):
    """Takes whatever is posted."""

    def do_POST(self) -> None:
        """Keep all of it, and be content."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.service.heard.append(b"\n".join([self.path.encode(), bytes(self.headers), body]))  # type: ignore[attr-defined]
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class Outsider(Service):
    """A server of others that keeps every request as it came."""

    handler, kind = Listening, ThreadingHTTPServer

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        super().__init__()

    @property
    def url(self) -> str:
        """Where it is told."""
        return f"http://127.0.0.1:{self.port}/told"
