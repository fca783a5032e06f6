"""One word to one address, over HTTP. No redirect is followed, no proxy asked; of an answer only its number is kept."""

import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException

from reports.deadlines import in_time
from reports.feed.addresses import Target, look_up, read

SECONDS = 10


class NotDelivered(Exception):
    """It did not arrive; `answer` is the HTTP status, None where there was no answer."""

    answer: int | None = None


class Unanswered(NotDelivered):
    """Nobody answered in time."""


class Refused(NotDelivered):
    """The other side answered with another number than 2xx; a redirect is one of them."""

    def __init__(self, answer: int) -> None:
        self.answer = answer
        super().__init__(f"answered {answer}")


class Pinned(HTTPConnection):
    """A connection to an address that was looked up before; the name is for TLS and the Host header."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self.target, self.address = target, address

    def connect(self) -> None:
        """Connect, and where it is https let the certificate prove the name."""
        self.sock = socket.create_connection((self.address, self.target.port), SECONDS)
        if self.target.is_secure:
            context = ssl.create_default_context()
            link = context.wrap_socket(self.sock, server_hostname=self.target.host, do_handshake_on_connect=False)
            self.sock = link
            link.do_handshake()


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Post and return the answer's status, one of the 200s. Raises NotDelivered, or addresses.Forbidden."""
    target = read(url)
    try:
        status = _ask(Pinned(target, look_up(target)), body, headers)
    except (OSError, HTTPException):
        raise Unanswered from None
    if not 200 <= status < 300:
        raise Refused(status)
    return status


def _ask(link: Pinned, body: bytes, headers: Mapping[str, str]) -> int:
    """Return the status alone: whatever else the answer holds is not read."""
    try:
        with in_time(lambda: link.sock, SECONDS):
            link.request("POST", link.target.path, body, dict(headers))
            return link.getresponse().status
    finally:
        link.close()
