"""Text messages, through a real HTTP gateway of this test's own."""

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.conf import settings as live_settings

from accounts.models import User
from reports.audit import SYSTEM
from reports.documents import opened
from reports.models import AuditEvent, Job, Notice, Report
from reports.notices import gateway
from reports.notices.short import is_one, short
from reports.phones import textable
from reports.processing import actions as processing
from reports.processing import clock, outages
from reports.review import actions as review
from tests.desk import show
from tests.resident import PERSON, STORY, Receipt, Resident

NUMBER = "+12135550142"
WISHED = PERSON | {"texts": "on"}
PHONE_ONLY = {name: value for name, value in WISHED.items() if name != "email"}


class Gateway(ThreadingHTTPServer):
    """Keeps what it is asked, and answers with `status`."""

    daemon_threads = True
    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.asked: list[tuple[dict[str, str], str]] = []


class Asked(BaseHTTPRequestHandler):
    """One request."""

    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.end_headers()

    def do_GET(self) -> None:
        self.server.asked.append(({}, "followed"))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def sms(settings: Any) -> Iterator[Gateway]:
    """A gateway, and a portal that knows it."""
    with Gateway() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.SMS_BACKEND, settings.SMS_FROM, settings.SMS_TOKEN = "json", "+12135550100", "a-token"
        settings.SMS_URL, settings.SMS_NAME = f"http://127.0.0.1:{server.server_port}/messages", "LAPD"
        yield server
        server.shutdown()
        thread.join()


def filed(language: str = "en", **person: str) -> Report:
    """File a report with these answers about the person, and let the jobs be done."""
    report = Resident(language).file("lost-property", person=person).report
    processing.work()
    return report


def said(sms: Gateway) -> list[str]:
    return [json.loads(body)["text"] for _headers, body in sms.asked]


def test_who_wishes_gets_one_message(db: None, sms: Gateway, mailoutbox) -> None:
    report = filed(**PHONE_ONLY)
    [(headers, body)] = sms.asked
    assert json.loads(body) == {
        "from": "+12135550100",
        "to": NUMBER,
        "text": f"LAPD: We have your report {report.reference}. {live_settings.SITE_URL}/en/status/",
    }
    assert headers["Authorization"] == "Bearer a-token"
    assert headers["Idempotency-Key"] == f"notice-{Notice.objects.get().pk}"
    assert mailoutbox == []
    assert AuditEvent.objects.get(verb="notices.send").details == {"kind": "received", "channel": "sms"}


def test_it_goes_beside_the_letter(db: None, sms: Gateway, mailoutbox) -> None:
    filed(**WISHED)
    assert (len(sms.asked), len(mailoutbox)) == (1, 1)
    assert sorted(Notice.objects.values_list("channel", flat=True)) == ["email", "sms"]


def test_without_the_tick_none_goes(db: None, sms: Gateway) -> None:
    assert not filed(**PERSON).wants_texts
    assert filed(**(PERSON | {"contact": "text"})).wants_texts is False
    assert sms.asked == []


def test_without_a_gateway_none_is_offered_or_sent(resident: Resident) -> None:
    draft = resident.answer_all("lost-property", person=WISHED)
    assert 'name="texts"' not in resident.client.get(resident.url("intake:step", draft, "person")).text
    resident.submit(draft)
    assert not Report.objects.get().wants_texts
    assert list(Notice.objects.values_list("channel", flat=True)) == ["email"]


def test_twilio_is_asked_in_its_own_manner(db: None, sms: Gateway, settings) -> None:
    settings.SMS_BACKEND, settings.SMS_USER = "twilio", "AC1"
    filed(**PHONE_ONLY)
    [(headers, body)] = sms.asked
    assert {name: values[0] for name, values in parse_qs(body).items()}.keys() == {"From", "To", "Body"}
    assert parse_qs(body)["To"] == [NUMBER]
    assert headers["Authorization"] == "Basic QUMxOmEtdG9rZW4="  # AC1:a-token
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("status", "error"), [(500, "Refused"), (429, "Refused"), (302, "Refused"), (None, "Unreachable")]
)
def test_a_gateway_that_fails_is_asked_again_and_once_it_takes_it_no_more(
    db: None, sms: Gateway, settings, caplog, status: int | None, error: str
) -> None:
    caplog.set_level(logging.DEBUG)
    url = settings.SMS_URL
    if status:
        sms.status = status
    else:
        settings.SMS_URL = "http://127.0.0.1:1/"
    report = filed(**PHONE_ONLY)
    job = Job.objects.get(kind=Job.Kind.NOTIFY)
    assert (job.done_at, job.last_error, Notice.objects.get().sent_at) == (None, error, None)
    assert report.state == "received" or Report.objects.get().state == "queued"
    sms.status, settings.SMS_URL = 200, url
    before = len(sms.asked)
    for _again in range(2):
        outages._rest_until.clear()
        Job.objects.filter(done_at=None).update(run_after="2020-01-01T00:00Z")
        processing.work()
    assert len(sms.asked) == before + 1
    assert Notice.objects.get().sent_at is not None
    assert [word for word in ("0142", report.reference) if word in caplog.text] == []


def test_its_errors_name_nobody(sms: Gateway) -> None:
    sms.status = 400
    with pytest.raises(gateway.Refused) as refused:
        gateway.send(to=NUMBER, words="words", once="notice-1")
    assert (refused.value.status, str(refused.value)) == (400, "the gateway answered 400")
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("kind", Notice.Kind.values)
def test_it_says_nothing_of_the_report(db: None, sms: Gateway, kind: str) -> None:
    receipt = Resident().file("theft-from-vehicle", person=WISHED)
    text = short(Notice(report=receipt.report, kind=kind, channel="sms"))
    assert receipt.reference in text
    assert is_one(text)
    secrets = [
        receipt.access_code,
        "Ana",
        "0142",
        "vehicle",
        "theft",
        *(word for word in STORY.split() if len(word) > 3),
    ]
    assert [word for word in secrets if word.lower() in text.lower().replace(live_settings.AGENCY_PHONE, "")] == []


def test_a_question_and_its_reminder_go_out(db: None, sms: Gateway, olga: User) -> None:
    report = filed(**(PHONE_ONLY))
    Report.objects.update(area=None, claimed_by=olga, state="in_review")
    from accounts.models import Role

    olga.roles, olga.citywide = [Role.OFFICER], True
    olga.save()
    review.ask(report_id=report.pk, text="Which pocket?", by=olga)
    processing.work()
    assert "Which pocket?" not in said(sms)[-1]
    assert said(sms)[-1].startswith(f"LAPD: There is news about your report {report.reference}.")
    Report.objects.update(answer_due_at=Report.objects.get().state_since, state_since="2026-01-01T00:00Z")
    assert clock.to_remind().count() == 1


def test_a_long_name_leaves_out_the_address_before_a_second_message_begins(db: None, sms: Gateway, settings) -> None:
    report = filed(**PHONE_ONLY)
    notice = Notice(report=report, kind="approved")
    settings.SITE_URL = "https://" + "a" * 120 + ".example.org"
    assert short(notice) == f"LAPD: There is news about your report {report.reference}."
    settings.SITE_URL = "https://r.example.org"
    assert short(notice).endswith("https://r.example.org/en/status/")


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("a" * 160, True),
        ("a" * 161, False),
        ("é ñ ü ¿ ¡ Ñ" + "a" * 149, True),
        ("[" + "a" * 158, True),
        ("[" + "a" * 159, False),
        ("í" + "a" * 69, True),
        ("í" + "a" * 70, False),
        ("한" * 70, True),
        ("한" * 71, False),
        ("😀" * 35, True),
        ("😀" * 36, False),
    ],
)
def test_messages_are_measured_as_networks_do(text: str, one: bool) -> None:
    assert is_one(text) is one


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("(213) 555-0142", NUMBER),
        ("213.555.0142", NUMBER),
        ("٢١٣ ٥٥٥ ٠١٤٢", NUMBER),
        ("+82 10-1234-5678", "+821012345678"),
        ("+52 55 1234 5678", "+525512345678"),
        ("555-0142", None),
        ("(213) 555-0142 ext. 3", None),
        ("911", None),
        ("ask my sister", None),
        ("", None),
    ],
)
def test_a_number_is_written_as_the_world_does(typed: str, number: str | None) -> None:
    assert textable(typed) == number


@pytest.mark.parametrize("phone", ["", "555-0142", "213 555 0142 ext. 3"])
def test_a_number_that_takes_no_messages_is_said_only_to_who_wants_some(
    resident: Resident, sms: Gateway, phone: str
) -> None:
    draft = resident.begin("lost-property")
    page = resident.fill(draft, "person", WISHED | {"phone": phone})
    assert page.context["form"].errors["phone"] == [
        "To get text messages, give a mobile number with its area code, without an extension."
    ]
    assert resident.fill(draft, "person", PERSON | {"phone": phone}).status_code == 302


def test_the_wish_is_shown_and_taken_back_on_the_status_page(
    resident: Resident, sms: Gateway, olga: User, at_desk
) -> None:
    receipt = resident.file("theft-from-vehicle", person=PHONE_ONLY)
    processing.work()
    assert "Text messages about news" in show(at_desk(olga), receipt.report).text
    resident.come_back(receipt)
    resident.client.post(resident.url("status:contact"), {"texts": "no"})
    processing.work()
    assert not receipt.report.wants_texts
    assert len(sms.asked) == 1


def test_it_can_be_wished_for_later_with_the_number(resident: Resident, receipt: Receipt, sms: Gateway) -> None:
    resident.come_back(receipt)
    page = resident.client.post(resident.url("status:contact"), {"texts": "yes"})
    assert list(page.context["form"].errors) == ["phone"]
    resident.client.post(resident.url("status:contact"), {"texts": "yes", "phone": "213 555 0199"})
    processing.work()
    assert receipt.report.wants_texts
    assert opened(receipt.report)["person"]["texts"] is True
    assert [json.loads(body)["to"] for _headers, body in sms.asked] == ["+12135550199"]


def test_the_number_before_is_told_that_it_was_changed(db: None, sms: Gateway) -> None:
    browser = Resident()
    receipt = browser.file("lost-property", person=PHONE_ONLY)
    processing.work()
    browser.come_back(receipt)
    browser.client.post(browser.url("status:contact"), {"phone": "213 555 0199"})
    processing.work()
    sent = [(json.loads(body)["to"], json.loads(body)["text"]) for _headers, body in sms.asked[1:]]
    assert [to for to, _text in sent] == ["+12135550199", NUMBER]
    assert "Not you? Call 877-275-5273." in sent[1][1]


def test_a_number_stands_in_no_plain_column(db: None, sms: Gateway) -> None:
    filed(**PHONE_ONLY)
    for model in (Notice, Job, Report, AuditEvent):
        assert all("5550142" not in str(row) for row in model.objects.values())
    assert AuditEvent.objects.filter(verb="notices.send", actor=SYSTEM.value).exists()
