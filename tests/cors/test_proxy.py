"""The shipped proxy keeps off what is forged, too large or too slow. A listener stands in for the portal."""

import http.client
import io
import json
import os
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from reports.files.limits import MOST_BODY
from tests.product import free_port
from tests.proxy import NGINX, TEMPLATE, Proxy
from tests.test_headers import ALWAYS, NEVER_KEPT, STRICT

FORGED = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "evil.example",
    "Forwarded": "for=203.0.113.7;proto=http",
    "X-Request-ID": "chosen-by-the-client",
}
DRAFT = "00000000-0000-7000-8000-000000000000"
UPLOADS = [f"/zh-hant/report/{DRAFT}/step/files/", "/en/status/answer/", "/fa/status/add/"]
MEGABYTE = 1024 * 1024


class _Listener(BaseHTTPRequestHandler):
    """Answers with the headers that reached it, and remembers what was asked."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps(dict(self.headers.items())).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 (the base class's own naming)

    def log_message(self, *_about: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """The proxy, patient for a second only, and what of all came through."""
    if NGINX is None:
        pytest.skip("no nginx on this machine: install nginx-light to test the shipped proxy")
    listener = ThreadingHTTPServer(("127.0.0.1", 0), _Listener)
    listener.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    folder = tmp_path_factory.mktemp("proxy")
    call_command("proxy_pages", str(folder / "pages"), stdout=io.StringIO())
    proxy = Proxy(folder, listener.server_port, patience="1s")
    nobody = Proxy(tmp_path_factory.mktemp("nobody"), free_port(), patience="1s", pages=folder / "pages")
    yield SimpleNamespace(proxy=proxy, nobody=nobody, asked=listener.asked)  # type: ignore[attr-defined]
    nobody.stop()
    proxy.stop()
    listener.shutdown()
    listener.server_close()


def over_tls(gate: Any) -> http.client.HTTPSConnection:
    return http.client.HTTPSConnection("localhost", gate.proxy.https, context=gate.proxy.trust(), timeout=10)


def asked(gate: Any, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    """Return status and body of an answer over TLS."""
    link = over_tls(gate)
    try:
        link.request(method, path, body, headers)
        answer = link.getresponse()
        return answer.status, answer.read()
    finally:
        link.close()


def raw(gate: Any) -> ssl.SSLSocket:
    """Return an open connection, to be slow on."""
    plain = socket.create_connection(("localhost", gate.proxy.https), timeout=10)
    return gate.proxy.trust().wrap_socket(plain, server_hostname="localhost")


def test_plain_http_leads_to_tls_whatever_it_says_of_itself(gate: Any) -> None:
    link = http.client.HTTPConnection("localhost", gate.proxy.http, timeout=10)
    link.request("GET", "/en/?x=1", headers={"Host": "evil.example", "X-Forwarded-Proto": "https"})
    answer = link.getresponse()
    assert (answer.status, answer.headers["Location"]) == (308, "https://localhost/en/?x=1")
    link.close()


def test_what_a_client_says_of_its_way_is_thrown_away(gate: Any) -> None:
    status, body = asked(gate, "GET", "/en/", **FORGED)
    told = json.loads(body)
    assert status == 200
    assert (told["X-Forwarded-For"], told["X-Forwarded-Proto"], told["Host"]) == ("127.0.0.1", "https", "localhost")
    assert re.fullmatch(r"[0-9a-f]{32}", told["X-Request-ID"])
    assert not {"X-Forwarded-Host", "Forwarded"} & told.keys()


def test_old_protocols_are_refused(gate: Any) -> None:
    context = gate.proxy.trust()
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    link = over_tls(gate)
    link.connect()
    assert link.sock.version() in {"TLSv1.2", "TLSv1.3"}
    link.close()
    assert re.findall(r"ssl_protocols (.*);", TEMPLATE.read_text()) == ["TLSv1.2 TLSv1.3"]


def test_a_form_may_weigh_what_a_form_weighs(gate: Any) -> None:
    assert asked(gate, "POST", "/en/status/", b"x" * 2 * MEGABYTE)[0] == 200
    before = len(gate.asked)
    assert asked(gate, "POST", "/en/status/", None, **{"Content-Length": str(4 * MEGABYTE)})[0] == 413
    assert len(gate.asked) == before


@pytest.mark.parametrize("path", UPLOADS)
def test_files_may_weigh_what_the_portal_takes(gate: Any, path: str) -> None:
    assert asked(gate, "POST", path, b"x" * 4 * MEGABYTE)[0] == 200
    before = len(gate.asked)
    assert asked(gate, "POST", path, None, **{"Content-Length": str(261 * MEGABYTE)})[0] == 413
    assert len(gate.asked) == before
    assert MOST_BODY < 260 * MEGABYTE


def test_no_form_and_no_answer_touches_the_proxys_disk(gate: Any) -> None:
    asked(gate, "POST", "/en/status/", b"x" * 2 * MEGABYTE)
    folders = [Path(gate.proxy.folder) / name for name in ("body", "proxy")]
    assert [name for folder in folders for _root, _folders, files in os.walk(folder) for name in files] == []
    text = TEMPLATE.read_text()
    assert "proxy_max_temp_file_size 0;" in text
    assert re.findall(r"client_(?:max_body|body_buffer)_size (\w+);", text)[:2] == ["3m", "3m"]


def test_a_head_that_trickles_in_is_cut_off(gate: Any) -> None:
    before = len(gate.asked)
    with raw(gate) as slow:
        slow.sendall(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\n")
        assert slow.recv(100) == b""
    assert len(gate.asked) == before


def test_a_form_that_stops_half_way_never_holds_a_thread_of_the_portal(gate: Any) -> None:
    before = len(gate.asked)
    with raw(gate) as slow:
        slow.sendall(b"POST /en/status/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nreference=")
        assert slow.recv(100) == b""
    assert len(gate.asked) == before


def test_no_log_holds_what_was_asked(gate: Any) -> None:
    asked(gate, "GET", f"/en/report/{DRAFT}/check/")
    told = "".join((gate.proxy.folder / name).read_text() for name in ("error.log", "access.log"))
    assert not re.search(rf"{DRAFT}|/en/|client: |GET ", told)
    assert TEMPLATE.read_text().count("access_log off;") == TEMPLATE.read_text().count("server {") == 2


# --- What it says by itself -------------------------------------------------------------------
UNREAD = {
    "en": "Nothing was received.",
    "es": "No recibimos nada.",
    "ar": "لم نستلم شيئًا.",
    "zh-hant": "我們什麼也沒",
}
# In one record of TLS: what stays unread would reset the connection before the answer is.
BAD = {
    413: "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000000\r\n\r\n",
    414: "GET {path}" + "a" * 9_000 + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
    400: "GET {path} HTTP/1.1\r\nHost: localhost\r\nX: " + "a" * 9_000 + "\r\n\r\n",
}


def said(proxy: Proxy, sent: str) -> tuple[int, dict[str, str], str]:
    """Return status, headers and page of the answer to what no browser sends."""
    plain = socket.create_connection(("localhost", proxy.https), timeout=10)
    with proxy.trust().wrap_socket(plain, server_hostname="localhost") as link:
        link.sendall(sent.encode())
        answer = http.client.HTTPResponse(link)
        answer.begin()
        return answer.status, dict(answer.headers.items()), answer.read().decode()


def ordered(policy: str) -> str:
    return "; ".join(sorted(policy.split("; ")))


def is_closed(headers: dict[str, str]) -> bool:
    """Tell whether an answer has exactly the headers of every page of the portal that decide something."""
    own = {name: headers.get(name) for name in ALWAYS}
    kept = ", ".join(sorted(headers["Cache-Control"].split(", ")))
    return (own, ordered(headers["Content-Security-Policy"]), kept) == (ALWAYS, STRICT, NEVER_KEPT)


@pytest.mark.parametrize("language", UNREAD)
@pytest.mark.parametrize("status", [413, 400])
def test_what_it_refuses_it_refuses_in_the_residents_language(gate: Any, status: int, language: str) -> None:
    before = len(gate.asked)
    told, headers, page = said(gate.proxy, BAD[status].format(path=f"/{language}/status/"))
    assert (told, headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert is_closed(headers)
    assert f'<html lang="{language}"' in page
    assert ('dir="rtl"' in page) == (language == "ar")
    assert UNREAD[language] in page
    assert f'href="tel:{settings.EMERGENCY_PHONE}"' in page
    assert not re.search(r"nginx|<script|<style|style=|data:|\bon\w+=", page)
    assert len(gate.asked) == before


@pytest.mark.parametrize("path", ["/admin/review/", "/xx/", "/../etc/", "/"])
def test_where_no_language_is_known_it_speaks_english(gate: Any, path: str) -> None:
    assert UNREAD["en"] in said(gate.proxy, BAD[413].format(path=path))[2]


def test_of_an_address_that_is_too_long_it_does_not_read_the_language(gate: Any) -> None:
    status, headers, page = said(gate.proxy, BAD[414].format(path="/es/"))
    assert (status, is_closed(headers)) == (414, True)
    assert any(words in page for words in UNREAD.values())


@pytest.mark.parametrize("language", ["en", "ar"])
def test_without_a_web_server_it_says_so_in_the_residents_language(gate: Any, language: str) -> None:
    sent = "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".format(path=f"/{language}/report/{DRAFT}/check/")
    status, headers, page = said(gate.nobody, sent)
    assert (status, is_closed(headers)) == (502, True)
    assert f'<html lang="{language}"' in page
    assert f'href="tel:{settings.EMERGENCY_PHONE}"' in page
    assert "nginx" not in page
    assert ("If you did not see a reference number, your report was not received." in page) == (language == "en")


def test_its_pages_have_their_style_and_are_no_addresses(gate: Any) -> None:
    status, headers, style = said(gate.nobody, "GET /proxy-pages/page.css HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert (status, headers["Content-Type"]) == (200, "text/css")
    assert "url(" not in style
    assert said(gate.proxy, "GET /proxy-pages/en/away.html HTTP/1.1\r\nHost: localhost\r\n\r\n")[0] == 404


def test_there_is_a_page_of_each_kind_in_every_language(gate: Any) -> None:
    found = sorted(str(page.relative_to(gate.proxy.folder / "pages")) for page in gate.proxy.folder.rglob("*.html"))
    codes = [code for code, _name in settings.LANGUAGES]
    assert found == sorted(f"proxy-pages/{code}/{page}.html" for code in codes for page in ("away", "unread"))
