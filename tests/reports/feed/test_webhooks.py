"""Webhooks against a server that really listens: signed, tried again, sent once more, and never led elsewhere."""

import hmac
import json
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from reports import vault
from reports.audit import SYSTEM
from reports.feed import addresses, handing, sending, signing, webhooks
from reports.keys.actions import rotate as rotate_keys
from reports.models import Area, AuditEvent, Job, Report, Webhook, WebhookDelivery
from reports.processing import actions as processing
from tests.reports.feed.test_pull import move, reopen
from tests.resident import PERSON

Kind = Job.Kind


class Listener:
    """The other side: keeps what it is sent and answers as `answers` says, else 204."""

    def __init__(self) -> None:
        self.got: list[tuple[bytes, dict[str, str]]] = []
        self.answers: list[int] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.port = self.server.server_port
        self.url = f"http://localhost:{self.port}/hook?for=cors"

    def handler(listener: "Listener") -> type[BaseHTTPRequestHandler]:  # noqa: N805 (`self` is the request's)
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.got.append((body, {"path": self.path, **self.headers}))
                status = listener.answers.pop(0) if listener.answers else 204
                self.send_response(status)
                if status in {301, 302, 307}:
                    self.send_header("Location", f"http://localhost:{listener.port}/elsewhere")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        return Handler

    def told(self) -> list[dict[str, str]]:
        return [json.loads(body) for body, _headers in self.got]


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    settings.WEBHOOK_HOSTS, settings.WEBHOOK_PLAIN_HTTP = ["localhost"], True
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
    found = Listener()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def hook(listener: Listener, report: Report, ada: User) -> tuple[Webhook, str]:
    """A webhook for Central that has heard nothing yet; the report was approved before it."""
    areas = Area.objects.filter(number=1)
    return webhooks.hook(name="rms", url=listener.url, areas=areas, citywide=False, every_type=True, by=ada)


def change(report: Report, language: str = "es") -> None:
    Report.objects.filter(pk=report.pk).update(language=language)


def go_on() -> None:
    """Do what beat and the workers do, whatever was put off."""
    handing.hand_out(by=SYSTEM)
    Job.objects.filter(kind=Kind.WEBHOOK, parked_at=None).update(run_after=timezone.now() - timedelta(seconds=1))
    processing.work()


def test_it_tells_which_report_to_pull_and_nothing_of_it(
    listener: Listener, hook: tuple[Webhook, str], report: Report, citywide: User
) -> None:
    go_on()
    assert listener.got == []
    change(report)
    go_on()
    go_on()
    (told,) = listener.told()
    assert set(told) == {"id", "event", "report", "reference", "at"}
    assert (told["event"], told["report"], told["reference"]) == (
        "report.available",
        str(report.pk),
        report.reference,
    )
    assert PERSON["name"] not in listener.got[0][0].decode()
    move(report, citywide, 5)
    go_on()
    assert listener.told()[-1]["event"] == "report.gone"
    assert listener.got[0][1]["path"] == "/hook?for=cors"
    delivery = WebhookDelivery.objects.get(pk=told["id"])
    assert (delivery.answer, bool(delivery.delivered_at), delivery.job.done_at is None) == (204, True, False)


def is_signed(listener: Listener, secret: str, at: int = -1) -> bool:
    """Check the signature as docs/feed.md tells the other side to."""
    body, headers = listener.got[at]
    parts = [part.split("=", 1) for part in headers["Portal-Signature"].split(",")]
    moment = next(value for name, value in parts if name == "t")
    wanted = hmac.new(secret.encode(), moment.encode() + b"." + body, sha256).hexdigest()
    fresh = abs(int(moment) - timezone.now().timestamp()) < 300
    return fresh and any(hmac.compare_digest(value, wanted) for name, value in parts if name == "v1")


def test_it_is_signed_and_the_old_secret_goes_on_for_a_while(
    listener: Listener, hook: tuple[Webhook, str], report: Report, ada: User
) -> None:
    webhook, old = hook
    change(report)
    go_on()
    assert is_signed(listener, old)
    assert not is_signed(listener, "whsec_of_another")
    _webhook, new = webhooks.rotate(webhook_id=webhook.pk, by=ada)
    change(report, "ko")
    go_on()
    assert (is_signed(listener, old), is_signed(listener, new)) == (True, True)
    Webhook.objects.update(before_until=timezone.now())
    change(report, "fa")
    go_on()
    assert (is_signed(listener, old), is_signed(listener, new)) == (False, True)
    assert old.encode() not in bytes(Webhook.objects.get().secret_before or b"")


def test_a_known_signature() -> None:
    """Worked out with `printf '1700000000.{"id":"1"}' | openssl dgst -sha256 -hmac whsec_test`."""
    made = signing.header(b'{"id":"1"}', by=["whsec_test"], at=1_700_000_000)
    assert made == "t=1700000000,v1=11bf4466ea17c3df3fd743af0b435368e16b7a05eb8eced85e8c4670767bdec5"


def test_a_failure_is_tried_again_ever_later_and_at_last_given_up(
    listener: Listener, hook: tuple[Webhook, str], report: Report, ada: User
) -> None:
    listener.answers = [500] * 13
    change(report)
    pauses = []
    for _try in range(13):
        handing.hand_out(by=SYSTEM)
        before = timezone.now()
        processing.work()
        job = Job.objects.get(kind=Kind.WEBHOOK)
        pauses.append(round((job.run_after - before).total_seconds()))
        assert job.delivery.answer == 500
        assert (job.last_error, job.delivery.delivered_at) == ("Refused", None)
        Job.objects.filter(pk=job.pk).update(run_after=before)
    assert pauses[:4] == [30, 60, 120, 240]
    assert pauses[-1] > 24 * 3600
    assert len(listener.got) == 13
    go_on()
    assert len(listener.got) == 13
    assert webhooks.undelivered(hook[0]).count() == 1

    assert webhooks.replay(deliveries=webhooks.undelivered(hook[0]), by=ada) == 1
    processing.work()
    assert WebhookDelivery.objects.get().delivered_at
    assert listener.told()[0] == listener.told()[-1]
    assert AuditEvent.objects.filter(verb="feed.replay", details__count=1).count() == 1


def test_who_is_away_is_tried_again(listener: Listener, hook: tuple[Webhook, str], report: Report) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    Webhook.objects.update(url=f"http://localhost:{port}/")
    change(report)
    go_on()
    job = Job.objects.get(kind=Kind.WEBHOOK)
    assert (job.last_error, job.delivery.answer, bool(job.delivery.tried_at)) == ("Unanswered", None, True)
    assert job.run_after > timezone.now()


def test_a_redirect_is_not_followed(listener: Listener, hook: tuple[Webhook, str], report: Report) -> None:
    listener.answers = [307]
    change(report)
    go_on()
    assert len(listener.got) == 1
    assert WebhookDelivery.objects.get().answer == 307
    assert WebhookDelivery.objects.get().delivered_at is None


def test_who_answers_without_end_is_hung_up_on(listener: Listener, monkeypatch: Any) -> None:
    """A server that trickles headers for ever."""
    monkeypatch.setattr(sending, "SECONDS", 0.2)

    def trickle() -> None:
        link, _address = server.accept()
        with link:
            try:
                link.sendall(b"HTTP/1.1 200 OK\r\n")
                while True:
                    link.sendall(b"X: y\r\n")
                    over.wait(0.02)
            except OSError:
                return

    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=trickle, daemon=True).start()
        with pytest.raises(sending.Unanswered):
            sending.post(f"http://localhost:{server.getsockname()[1]}/", b"{}", {})


def test_switched_off_it_hears_nothing_and_does_not_hear_of_it_later(
    listener: Listener, hook: tuple[Webhook, str], report: Report, ada: User
) -> None:
    change(report)
    handing.hand_out(by=SYSTEM)
    webhooks.switch(webhook_id=hook[0].pk, on=False, by=ada)
    change(report, "ko")
    go_on()
    webhooks.switch(webhook_id=hook[0].pk, on=True, by=ada)
    go_on()
    assert listener.got == []
    change(report, "fa")
    go_on()
    assert len(listener.got) == 1
    assert AuditEvent.objects.filter(verb="feed.switch").count() == 2


def test_a_changed_key_of_the_vault_keeps_the_secrets(
    listener: Listener, hook: tuple[Webhook, str], report: Report, settings: Any
) -> None:
    ring = json.loads(settings.KEYRING)
    fresh = json.loads(vault.new_keyring())["encryption"]
    ring["encryption"]["keys"] |= fresh["keys"]
    ring["encryption"]["primary"] = fresh["primary"]
    settings.KEYRING = json.dumps(ring)
    vault.forget_keyring()
    rotate_keys(by=SYSTEM)
    assert Webhook.objects.get().wrapped_by == fresh["primary"]
    change(report)
    go_on()
    assert is_signed(listener, hook[1])


def test_old_deliveries_are_deleted_with_their_jobs(hook: tuple[Webhook, str], report: Report, citywide: User) -> None:
    reopen(report, citywide)
    handing.hand_out(by=SYSTEM)
    WebhookDelivery.objects.update(made_at=timezone.now() - timedelta(days=31))
    handing.purge(by=SYSTEM)
    assert not WebhookDelivery.objects.exists()
    assert not Job.objects.filter(kind=Kind.WEBHOOK).exists()


# --- Where it may lead ------------------------------------------------------------
URLS = [
    ("https://rms.example.gov/hook", ""),
    ("https://RMS.example.gov:8443/hook?x=1", ""),
    ("http://rms.example.gov/hook", "not_https"),
    ("https://other.example.gov/", "host"),
    ("https://rms.example.gov.evil.example/", "host"),
    ("https://evil.example/rms.example.gov", "host"),
    ("https://rms.example.gov@evil.example/", "unreadable"),
    ("https://user:pass@rms.example.gov/", "unreadable"),
    ("https://rms.example.gov/#x", "unreadable"),
    ("ftp://rms.example.gov/", "unreadable"),
    ("file:///etc/passwd", "unreadable"),
    ("https://rms.example.gov:99999/", "unreadable"),
    ("https://[::1", "unreadable"),
    ("https://rms.example.gov/a b", "unreadable"),
    ("https://rms.example.gov/\r\nX: y", "unreadable"),
    ("https:///hook", "unreadable"),
    ("", "unreadable"),
]


@pytest.mark.parametrize(("url", "why"), URLS)
def test_only_hosts_of_the_settings_are_told(settings: Any, url: str, why: str) -> None:
    settings.WEBHOOK_HOSTS = ["rms.example.gov"]
    try:
        addresses.read(url)
        found = ""
    except addresses.Forbidden as forbidden:
        found = forbidden.why
    assert found == why


ADDRESSES = {
    "93.184.216.34": True,
    "2606:2800:220:1::1": True,
    "127.0.0.1": False,
    "0.0.0.0": False,  # noqa: S104 (refused)
    "10.1.2.3": False,
    "172.16.0.1": False,
    "192.168.0.1": False,
    "100.64.0.1": False,
    "169.254.169.254": False,
    "224.0.0.1": False,
    "255.255.255.255": False,
    "::": False,
    "::1": False,
    "fe80::1": False,
    "fd00::1": False,
    "ff02::1": False,
    "::ffff:127.0.0.1": False,
    "::ffff:93.184.216.34": True,
    "2002:7f00:1::": False,
    "64:ff9b::7f00:1": False,
    "64:ff9b::5db8:d822": True,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_inner_network_is_asked(settings: Any, address: str) -> None:
    settings.WEBHOOK_NETWORKS = ()
    assert addresses.is_allowed(address) is ADDRESSES[address]


def test_a_network_of_the_settings_is_asked_and_no_other(settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = (ip_network("10.20.0.0/16"),)
    assert [addresses.is_allowed(each) for each in ("10.20.3.4", "::ffff:10.20.3.4", "10.21.3.4")] == [
        True,
        True,
        False,
    ]


def test_a_name_that_leads_inside_is_refused_before_anything_is_sent(
    listener: Listener, hook: tuple[Webhook, str], report: Report, settings: Any
) -> None:
    settings.WEBHOOK_NETWORKS = ()
    change(report)
    go_on()
    job = Job.objects.get(kind=Kind.WEBHOOK)
    assert (listener.got, job.last_error) == ([], "Forbidden")


def test_the_name_is_looked_up_once(listener: Listener, monkeypatch: Any) -> None:
    """A second answer of the name's server would lead elsewhere: it is never asked for."""
    looked_up: list[Callable[..., Any]] = []
    real = socket.getaddrinfo

    def rebinding(host: str, *args: Any, **kwargs: Any) -> Any:
        if host == "localhost":
            looked_up.append(host)
            assert len(looked_up) == 1
            host = "127.0.0.1"
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert sending.post(listener.url, b"{}", {}) == 204
    assert listener.got[0][1]["Host"] == f"localhost:{listener.port}"


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: Any) -> None:
    """Leave no kind of job alone because of another test."""
    from reports.processing import outages

    monkeypatch.setattr(outages, "_rest_until", {})
