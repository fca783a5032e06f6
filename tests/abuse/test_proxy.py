"""Slow and oversized requests: gunicorn as the image starts it, behind the shipped proxy, here without TLS."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from reports.files.limits import MOST_BODY
from tests.product import BASE_DIR, free_port, wait_for
from tests.proxy import NGINX, TEMPLATE, filled

pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx on this machine")
PLAIN = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
SLOW_HEADER = b"GET / HTTP/1.1\r\nHost: a\r\nX: "
SLOW_BODY = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nabc"
ENDLESS = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\n"
APP = "def app(env, start):\n    start('200 OK', [('Content-Length', '2')])\n    return [b'ok']\n"
SECONDS = 5


def started_as() -> list[str]:
    """Return how the image starts gunicorn, but for the application and its address."""
    command = re.search(
        r'CMD \["gunicorn", "cors.wsgi", "--bind", "[^"]+", (.*?)\]', (BASE_DIR / "Dockerfile").read_text(), re.DOTALL
    )
    assert command
    return re.findall(r'"([^"]+)"', command[1])


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Start both; give the proxy's port."""
    folder, port, behind = tmp_path_factory.mktemp("proxy"), free_port(), free_port()
    (folder / "app.py").write_text(APP)
    site = filled(upstream=behind, folder=folder, http=free_port(), https=port)
    (folder / "site.conf").write_text(re.sub(r" +ssl_.*\n", "", site).replace(" ssl http2 ", " "))
    (folder / "nginx.conf").write_text(whole(folder))
    gunicorn = [sys.executable, "-m", "gunicorn", "--chdir", str(folder), "app:app", "--bind", f"127.0.0.1:{behind}"]
    with ExitStack() as stack:
        for command in ([*gunicorn, *started_as()], [str(NGINX), "-c", str(folder / "nginx.conf"), "-p", str(folder)]):
            process = stack.enter_context(subprocess.Popen(command, stderr=subprocess.DEVNULL))
            stack.callback(process.terminate)
        wait_for(lambda: answer(port, PLAIN) == b"200", what="the proxy")
        yield port


def whole(folder: Path) -> str:
    """Return the configuration around ours."""
    temporary = [f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    inner = " ".join([*temporary, f"include {folder}/site.conf;"])
    return f"daemon off; pid {folder}/pid; error_log {folder}/errors; events {{}} http {{ {inner} }}"


def answer(port: int, sent: bytes) -> bytes:
    """Return the status of the answer within SECONDS, b"" for none."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as there:
            there.sendall(sent)
            return there.recv(200).split(b" ")[1]
    except (OSError, IndexError):
        return b""


@pytest.mark.parametrize("sent", [SLOW_HEADER, SLOW_BODY, ENDLESS, b""], ids=["headers", "body", "endless", "idle"])
def test_sixty_slow_ones_hold_up_nobody_else(proxy: int, sent: bytes) -> None:
    with ExitStack() as stack:
        for _each in range(60):
            there = stack.enter_context(closing(socket.create_connection(("127.0.0.1", proxy), timeout=SECONDS)))
            there.sendall(sent)
        assert [answer(proxy, PLAIN) for _each in range(5)] == [b"200"] * 5


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", b"400"),
        (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", b"414"),
        (POST + b"Content-Length: 900000000\r\n\r\n", b"413"),
        (POST + b"Content-Length: -5\r\n\r\n", b"400"),
        (POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
    ],
    ids=["header", "address", "body", "negative", "both"],
)
def test_what_is_too_long_or_a_lie_is_refused(proxy: int, sent: bytes, status: bytes) -> None:
    assert answer(proxy, sent) == status


def test_the_largest_upload_goes_through() -> None:
    limits = re.findall(r"client_max_body_size (\d+)m", TEMPLATE.read_text(encoding="utf-8"))
    assert MOST_BODY <= max(map(int, limits)) * 2**20 < MOST_BODY * 1.1
