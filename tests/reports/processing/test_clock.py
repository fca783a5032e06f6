"""The resident's time to answer."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from reports.audit import RESIDENT, SYSTEM
from reports.models import AuditEvent, Notice, Report
from reports.processing import actions as processing
from reports.processing import clock
from reports.review import actions as review
from reports.review import claiming
from reports.status import actions as status
from tests.desk import show
from tests.resident import Receipt, Resident


@pytest.fixture
def asked(queued: Report, olga: User) -> Report:
    """A report with a question that was just asked."""
    claiming.claim(report_id=queued.pk, by=olga)
    review.ask(report_id=queued.pk, text="Which window?", by=olga)
    return Report.objects.get(pk=queued.pk)


def ago(report: Report, days: float) -> None:
    """Let the question have been asked some days ago."""
    passed = timedelta(days=days)
    Report.objects.filter(pk=report.pk).update(
        state_since=report.state_since - passed, answer_due_at=report.answer_due_at - passed
    )


def test_a_question_sets_the_end_of_the_fifteenth_day(asked: Report) -> None:
    due = timezone.localtime(asked.answer_due_at)
    assert due.date() == timezone.localdate() + timedelta(days=15)
    assert (due.hour, due.minute) == (23, 59)


def test_the_resident_reads_the_date(resident: Resident, receipt: Receipt, asked: Report) -> None:
    page = resident.come_back(receipt)
    assert page.context["report"]["answer_due"] == timezone.localdate() + timedelta(days=15)
    assert "Please answer by" in page.text


@pytest.mark.parametrize(("days", "written"), [(0, 0), (9, 0), (10, 1), (14, 1), (16, 0)])
def test_the_reminder_is_written_from_the_tenth_day_on(asked: Report, days: int, written: int) -> None:
    ago(asked, days)
    assert clock.remind(by=SYSTEM) == written


def test_the_reminder_goes_out_once(asked: Report) -> None:
    ago(asked, 11)
    assert [clock.remind(by=SYSTEM) for _each in range(3)] == [1, 0, 0]
    processing.work()
    assert [letter.subject for letter in mail.outbox if "still need" in letter.subject] == [
        f"We still need your answer about your report {asked.reference}"
    ]


def test_a_second_question_is_reminded_of_anew(asked: Report, olga: User) -> None:
    ago(asked, 11)
    clock.remind(by=SYSTEM)
    Notice.objects.update(created_at=timezone.now() - timedelta(days=20))
    status.answer(report=asked, text="The left one.", by=RESIDENT)
    review.ask(report_id=asked.pk, text="And which door?", by=olga)
    ago(Report.objects.get(pk=asked.pk), 11)
    assert clock.remind(by=SYSTEM) == 1


def test_who_left_no_address_gets_no_reminder(asked: Report) -> None:
    Report.objects.update(has_email=False)
    ago(asked, 11)
    assert clock.remind(by=SYSTEM) == 0


def test_an_answer_stops_the_clock(asked: Report) -> None:
    status.answer(report=asked, text="The left one.", by=RESIDENT)
    report = Report.objects.get(pk=asked.pk)
    assert (report.answer_due_at, report.unanswered) == (None, False)
    assert (clock.remind(by=SYSTEM), clock.lapse(by=SYSTEM)) == (0, 0)


def test_without_an_answer_it_goes_back_to_its_officer_once(asked: Report, olga: User, at_desk) -> None:
    ago(asked, 16)
    assert [clock.lapse(by=SYSTEM) for _each in range(2)] == [1, 0]
    report = Report.objects.get(pk=asked.pk)
    assert (report.state, report.claimed_by, report.answer_due_at, report.unanswered) == (
        "in_review", olga, None, True,
    )  # fmt: skip
    assert AuditEvent.objects.get(verb="processing.lapse").actor == "system"
    assert "No answer came" in show(at_desk(olga), report).text


def test_before_its_time_nothing_lapses(asked: Report) -> None:
    ago(asked, 14)
    assert clock.lapse(by=SYSTEM) == 0


def test_the_days_are_the_agencys_to_set(queued: Report, olga: User, settings) -> None:
    settings.ANSWER_DAYS = 3
    claiming.claim(report_id=queued.pk, by=olga)
    review.ask(report_id=queued.pk, text="?", by=olga)
    due = Report.objects.get(pk=queued.pk).answer_due_at
    assert timezone.localdate(due) == timezone.localdate() + timedelta(days=3)


def test_the_next_question_clears_what_is_said_of_the_last(asked: Report, olga: User) -> None:
    ago(asked, 16)
    clock.lapse(by=SYSTEM)
    review.ask(report_id=asked.pk, text="Are you there?", by=olga)
    assert not Report.objects.get(pk=asked.pk).unanswered
