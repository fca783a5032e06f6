"""The virus scanner: ClamAV's daemon, spoken to by its INSTREAM command. Optional, named by CLAMD_URL."""

import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

CONNECT_SECONDS = 5
ANSWER_SECONDS = 45


class NoVerdict(Exception):
    """The scanner did not say whether the file is clean."""


class Away(Exception):
    """The scanner was not reached, or is stuck."""


def is_configured() -> bool:
    """Tell whether there is a scanner to ask."""
    return bool(settings.CLAMD_URL)


def is_clean(chunks: Iterable[bytes]) -> bool:
    """Return whether the scanner finds nothing in the content. Raises Away, or NoVerdict when it cannot tell.

    A file over which the scanner hangs up may be what broke it, so that counts as no verdict.
    """
    with _connected() as link:
        try:
            answer = _told(link, chunks)
        except ConnectionError:
            raise NoVerdict from None
        except TimeoutError:
            raise Away from None
    if answer.endswith(b" FOUND"):
        return False
    if answer != b"stream: OK":
        raise NoVerdict
    return True


def _told(link: socket.socket, chunks: Iterable[bytes]) -> bytes:
    link.sendall(b"zINSTREAM\0")
    for chunk in filter(None, chunks):
        link.sendall(len(chunk).to_bytes(4, "big") + chunk)
    link.sendall(bytes(4))
    return _answer(link)


def _connected() -> socket.socket:
    try:
        return _connect()
    except OSError:
        raise Away from None


def _connect() -> socket.socket:
    where = urlsplit(settings.CLAMD_URL)
    if where.scheme == "unix":
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(CONNECT_SECONDS)
        link.connect(where.path)
    else:
        link = socket.create_connection((where.hostname, where.port or 3310), CONNECT_SECONDS)
    link.settimeout(ANSWER_SECONDS)
    return link


def _answer(link: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and (part := link.recv(4096)):
        answer += part
    return answer.rstrip(b"\0").strip()
