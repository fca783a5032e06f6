"""The virus scanner: ClamAV's daemon, spoken to by its INSTREAM command. Optional, named by CLAMD_URL."""

import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

CONNECT_SECONDS = 5
ANSWER_SECONDS = 45


class NoVerdict(Exception):
    """The scanner did not say whether the file is clean."""


def is_configured() -> bool:
    """Tell whether there is a scanner to ask."""
    return bool(settings.CLAMD_URL)


def is_clean(chunks: Iterable[bytes]) -> bool:
    """Return whether the scanner finds nothing in the content. Raises NoVerdict or OSError when it cannot tell."""
    with _connect() as link:
        link.sendall(b"zINSTREAM\0")
        for chunk in filter(None, chunks):
            link.sendall(len(chunk).to_bytes(4, "big") + chunk)
        link.sendall(bytes(4))
        answer = _answer(link)
    if answer.endswith(b" FOUND"):
        return False
    if answer != b"stream: OK":
        raise NoVerdict
    return True


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
