"""The sign that a resident answered or added something."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from reports.audit import RESIDENT
from reports.models import AuditEvent, Report
from reports.review import actions as review
from reports.review import claiming
from reports.status import actions as status
from tests.desk import show


@pytest.fixture
def asked(queued: Report, olga: User) -> Report:
    """A report of Olga's with an open question."""
    claiming.claim(report_id=queued.pk, by=olga)
    review.ask(report_id=queued.pk, text="Which window?", by=olga)
    return queued


def now(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def ago(report: Report, **passed: int) -> None:
    Report.objects.filter(pk=report.pk).update(news_at=timezone.now() - timedelta(**passed))


def test_an_answer_is_seen_in_the_queue_and_on_the_report(asked: Report, olga: User, at_desk) -> None:
    status.answer(report=asked, text="The left one.", by=RESIDENT)
    ago(asked, hours=2)
    client = at_desk(olga)
    for page in (client.get("/admin/review/?tab=mine"), show(client, asked)):
        assert "Answered" in page.text
        assert "2\xa0hours ago" in page.text


def test_an_addition_is_seen_while_nobody_holds_the_report(queued: Report, olga: User, at_desk) -> None:
    client = at_desk(olga)
    assert "Added something" not in client.get("/admin/review/").text
    status.add(report=queued, text="A red jacket.", by=RESIDENT)
    assert "Added something" in client.get("/admin/review/").text
    show(client, queued)
    assert "Added something" not in client.get("/admin/review/").text


def test_the_look_of_its_officer_clears_it_and_says_so(asked: Report, olga: User, at_desk) -> None:
    status.answer(report=asked, text="The left one.", by=RESIDENT)
    assert "Answered" in show(at_desk(olga), asked).text
    assert (now(asked).news, now(asked).news_at) == ("", None)
    assert [event.details for event in AuditEvent.objects.filter(verb="review.look")] == [{"read": "answered"}]
    show(at_desk(olga), asked)
    assert AuditEvent.objects.filter(verb="review.look").last().details == {}


def test_somebody_elses_look_leaves_it(asked: Report, sue: User, at_desk) -> None:
    status.answer(report=asked, text="The left one.", by=RESIDENT)
    assert "Answered" in show(at_desk(sue), asked).text
    assert now(asked).news == "answered"


def test_what_comes_in_while_the_officer_looks_keeps_its_sign(asked: Report, olga: User) -> None:
    status.answer(report=asked, text="The left one.", by=RESIDENT)
    as_loaded = now(asked)
    status.add(report=asked, text="And the door.", by=RESIDENT)
    review.look(report=as_loaded, by=olga)
    assert now(asked).news == "added"


def test_the_last_word_counts(asked: Report) -> None:
    status.add(report=asked, text="First.", by=RESIDENT)
    status.answer(report=asked, text="The left one.", by=RESIDENT)
    assert now(asked).news == "answered"


def test_a_withdrawal_or_correction_is_no_word(queued: Report) -> None:
    status.contact(report=queued, email="new@example.org", by=RESIDENT)
    status.withdraw(report=queued, by=RESIDENT)
    assert now(queued).news == ""
