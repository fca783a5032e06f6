"""An end to what others may draw out: a socket's own time-out begins anew with every byte."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer


@contextmanager
def in_time(link: Callable[[], socket.socket | None], seconds: float) -> Iterator[None]:
    """Hang up what `link` returns after so many seconds, however slowly an answer trickles in.

    `link` is asked then, and must still know the socket. Raises TimeoutError where what was read breaks off for that.
    """
    is_late = Event()
    watch = Timer(seconds, _hang_up, [link, is_late])
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
    if is_late.is_set():
        raise TimeoutError


def _hang_up(link: Callable[[], socket.socket | None], is_late: Event) -> None:
    is_late.set()
    with suppress(OSError):
        if found := link():
            found.shutdown(socket.SHUT_RDWR)
