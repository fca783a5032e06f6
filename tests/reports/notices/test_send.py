"""Letters to residents."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from reports.audit import SYSTEM
from reports.models import AuditEvent, Job, Notice, Report
from reports.notices.actions import announce, send
from reports.processing import actions as processing
from reports.review import actions as review
from reports.review import claiming
from tests.desk import DR_NUMBER
from tests.resident import ANSWERS, STORY, Receipt, Resident

SECRETS = [
    *(word for word in STORY.split() if len(word) > 3),
    "Flores",
    "0142",
    "6th",
    "Toyota",
    "7ABC123",
    "Fairphone",
    "SN-0042-XY",
    "heft",
    "vehicle",
    "robo",
    "Which window",
    DR_NUMBER,
    "olga",
]


def write(report: Report, kind: str) -> Notice:
    return Notice.objects.create(report=report, kind=kind)


@pytest.mark.parametrize("kind", Notice.Kind.values)
def test_a_letter_names_the_reference_and_nothing_of_the_report(receipt: Receipt, mailoutbox, kind: str) -> None:
    send(notice_id=write(receipt.report, kind).pk, by=SYSTEM)
    [letter] = mailoutbox
    assert letter.to == ["ana@example.org"]
    assert receipt.reference in letter.body
    assert f"{settings.SITE_URL}/en/status/" in letter.body
    assert [word for word in SECRETS if word in letter.subject + letter.body] == []
    assert receipt.access_code not in letter.body
    assert receipt.access_code.replace("-", "") not in letter.body
    assert "\n" not in letter.subject


@pytest.mark.parametrize("kind", Notice.Kind.values)
def test_a_letter_is_in_the_language_of_the_report(db: None, mailoutbox, kind: str) -> None:
    reports = [Resident(language).file("lost-property").report for language in ("en", "es")]
    for report in reports:
        send(notice_id=write(report, kind).pk, by=SYSTEM)
    english, spanish = mailoutbox
    assert f"{settings.SITE_URL}/es/status/" in spanish.body
    assert english.subject != spanish.subject
    lines = {line for line in english.body.splitlines() if line.strip() and settings.AGENCY_NAME not in line}
    assert lines.isdisjoint(spanish.body.splitlines())


def test_a_decision_is_written_about(receipt: Receipt, olga: User, mailoutbox) -> None:
    processing.work()
    claiming.claim(report_id=receipt.report.pk, by=olga)
    review.approve(report_id=receipt.report.pk, dr_number=DR_NUMBER, by=olga)
    processing.work()
    assert list(Notice.objects.order_by("id").values_list("kind", flat=True)) == ["received", "approved"]
    assert len({letter.subject for letter in mailoutbox}) == 2
    assert [word for word in SECRETS for letter in mailoutbox if word in letter.body] == []


def test_it_is_sent_once(receipt: Receipt, mailoutbox) -> None:
    processing.work()
    notice = Notice.objects.get()
    sent_at = notice.sent_at
    assert sent_at is not None
    send(notice_id=notice.pk, by=SYSTEM)
    Job.objects.update(done_at=None, leased_until=None, run_after=timezone.now() - timedelta(seconds=1))
    processing.work()
    assert len(mailoutbox) == 1
    assert Notice.objects.get().sent_at == sent_at
    event = AuditEvent.objects.get(verb="notices.send")
    assert (event.actor, event.subject, event.details) == (
        "system",
        f"report:{receipt.report.pk}",
        {"kind": "received"},
    )


def test_a_letter_that_is_sent_again_has_the_same_id(receipt: Receipt, mailoutbox) -> None:
    """A worker may die between sending and saying so; a mail program shows such a letter once."""
    processing.work()
    Notice.objects.update(sent_at=None)
    send(notice_id=Notice.objects.get().pk, by=SYSTEM)
    one, other = (letter.message()["Message-ID"] for letter in mailoutbox)
    assert one == other
    assert one.endswith("@localhost>")


def test_no_letter_without_an_address(db: None, mailoutbox) -> None:
    report = Resident().file("lost-property", person=PHONE_ONLY).report
    assert announce(report=report, kind=Notice.Kind.RECEIVED, by=SYSTEM) == []
    processing.work()
    assert mailoutbox == []
    assert not Notice.objects.exists()


PHONE_ONLY = {key: value for key, value in ANSWERS["lost-property"]["person"].items() if key != "email"}


def test_the_address_stands_in_no_plain_column(receipt: Receipt) -> None:
    for model in (Notice, Job, Report, AuditEvent):
        assert all("example.org" not in str(row) for row in model.objects.values())
