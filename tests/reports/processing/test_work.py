"""The queue of record: every job once, whatever happens to a worker."""

import errno
from collections.abc import Iterator
from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from socket import gaierror

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from reports.files.scanner import Away, NoVerdict
from reports.models import AuditEvent, Job, Move, Notice, Report
from reports.notices.gateway import Refused, Unreachable
from reports.processing import actions, outages
from reports.translating.machine import ServiceDown, ServiceNonsense
from reports.vault import CannotOpen
from tests.desk import another, at_once
from tests.resident import Receipt, Resident


def job(kind: str = "enqueue") -> Job:
    return Job.objects.get(kind=kind)


def break_letters() -> None:
    """Let every letter fail by itself: the address does not open any more."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_document SET sealed = sealed || '\\x00'::bytea")


def due_again() -> None:
    Job.objects.filter(done_at=None).update(run_after=timezone.now() - timedelta(seconds=1))


def test_it_puts_a_received_report_into_the_queue_once(receipt: Receipt) -> None:
    assert actions.work() == 2
    assert receipt.report.state == "queued"
    assert job().done_at is not None
    assert actions.work() == 0
    assert list(Move.objects.values_list("action", "source", "target", "by")) == [("queue", "received", "queued", None)]
    assert AuditEvent.objects.filter(verb="processing.enqueue", actor="system").count() == 1


def test_a_report_that_is_further_on_stays_where_it_is(receipt: Receipt) -> None:
    Report.objects.update(state="in_review")
    actions.work()
    assert receipt.report.state == "in_review"
    assert job().done_at is not None
    assert not Move.objects.exists()


def test_a_job_for_later_waits(receipt: Receipt) -> None:
    Job.objects.update(run_after=timezone.now() + timedelta(seconds=5))
    assert actions.work() == 0
    assert receipt.report.state == "received"


def test_what_needs_nobody_else_comes_first_then_the_older(receipt: Receipt) -> None:
    now = timezone.now()
    Job.objects.filter(kind="enqueue").update(run_after=now - timedelta(seconds=1))
    Job.objects.filter(kind="notify").update(run_after=now - timedelta(seconds=2))
    older = Job.objects.create(kind="scan", report=receipt.report, run_after=now - timedelta(seconds=3))
    assert [actions.claim().kind, actions.claim(), actions.claim().kind] == ["enqueue", older, "notify"]
    assert actions.claim() is None


def test_a_failure_is_put_off_longer_each_time_and_parked_at_last(receipt: Receipt) -> None:
    break_letters()
    pauses = []
    for _attempt in range(8):
        due_again()
        before = timezone.now()
        actions.work()
        pauses.append(round((job("notify").run_after - before).total_seconds()))
        assert (job("notify").parked_at is not None) == (len(pauses) == 8)
        assert job("notify").leased_until is None
    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256]
    due_again()
    assert actions.work() == 0
    assert (job("notify").attempts, job("notify").done_at) == (8, None)


def test_a_failure_of_one_job_holds_up_no_other(receipt: Receipt) -> None:
    break_letters()
    assert actions.work() == 1
    assert receipt.report.state == "queued"


def test_only_the_class_of_an_error_is_kept(receipt: Receipt, caplog) -> None:
    break_letters()
    actions.work()
    assert job("notify").last_error == "CannotOpen"
    [line] = [record.getMessage() for record in caplog.records if record.name == "reports.processing.actions"]
    assert line == f"job {job('notify').pk} of kind notify failed: CannotOpen (attempt 1)"


def test_a_failed_effect_leaves_nothing_behind(receipt: Receipt) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_auditevent ADD CONSTRAINT closed CHECK (verb <> 'processing.enqueue')")
    actions.work()
    assert receipt.report.state == "received"
    assert not Move.objects.exists()
    assert job().last_error == "IntegrityError"


def test_a_leased_job_is_left_to_its_worker(receipt: Receipt) -> None:
    Job.objects.update(leased_until=timezone.now() + timedelta(seconds=30))
    assert actions.work() == 0
    assert receipt.report.state == "received"


def test_a_lease_that_ran_out_is_taken_again(receipt: Receipt) -> None:
    Job.objects.update(leased_until=timezone.now() - timedelta(microseconds=1), attempts=1)
    assert actions.work() == 2
    assert (receipt.report.state, job().attempts) == ("queued", 2)


def test_who_lost_a_lease_does_nothing_more(receipt: Receipt) -> None:
    late = actions.claim()
    Job.objects.update(leased_until=timezone.now() + timedelta(seconds=30))
    assert not actions.carry_out(late)
    assert receipt.report.state == "received"
    assert Job.objects.filter(done_at=None, attempts=1).count() == 1


def test_who_lost_a_lease_puts_nothing_off(receipt: Receipt) -> None:
    break_letters()
    Job.objects.filter(kind="enqueue").delete()
    late = actions.claim()
    taken = timezone.now() + timedelta(seconds=30)
    Job.objects.update(leased_until=taken)
    actions._put_off(late, CannotOpen())
    assert (job("notify").leased_until, job("notify").last_error) == (taken, "")


def test_jobs_vanish_with_what_asked_for_them(receipt: Receipt) -> None:
    before = Job.objects.count()
    with transaction.atomic():
        actions.ask_for([Job(kind=Job.Kind.ENQUEUE, report=receipt.report)])
        transaction.set_rollback(True)
    assert Job.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_each_job_once() -> None:
    pattern = Resident().file("hate-incident").report
    reports = [pattern, *(another(pattern) for _each in range(11))]
    Job.objects.bulk_create(Job(kind="enqueue", report=report) for report in reports[1:])
    done = at_once(actions.work, actions.work)
    assert sum(done) == 12
    assert Report.objects.filter(state="queued").count() == 12
    assert Move.objects.count() == AuditEvent.objects.filter(verb="processing.enqueue").count() == 12
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}
    assert not Notice.objects.exists()


# --- A worker that dies, a service that is away, a clock that is set ------------------
def test_a_job_that_kills_its_workers_is_parked_and_seen(receipt: Receipt, caplog) -> None:
    Job.objects.filter(kind="enqueue").delete()
    for _death in range(8):
        assert actions.claim()
        Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert actions.claim() is None
    assert (job("notify").attempts, job("notify").last_error) == (8, "WorkerDied")
    assert job("notify").parked_at
    assert caplog.messages == [f"job {job('notify').pk} of kind notify is parked: its workers did not survive it"]


OUTAGES: dict[Exception, bool] = {
    ConnectionRefusedError(): True,
    TimeoutError(): True,
    gaierror(): True,
    OSError(errno.ENOSPC, "full"): True,
    FileNotFoundError(errno.ENOENT, "gone"): False,
    OperationalError(): True,
    Away(): True,
    NoVerdict(): False,
    Unreachable(): True,
    Refused(503): True,
    Refused(429): True,
    Refused(400): False,
    ServiceDown(): True,
    ServiceNonsense(): False,
    SMTPServerDisconnected(): True,
    SMTPConnectError(421, b""): True,
    SMTPAuthenticationError(535, b""): True,
    SMTPSenderRefused(550, b"", "us"): True,
    SMTPRecipientsRefused({"a": (450, b"")}): True,
    SMTPRecipientsRefused({"a": (550, b"")}): False,
    SMTPDataError(451, b""): True,
    SMTPDataError(554, b""): False,
    CannotOpen(): False,
}


@pytest.mark.parametrize("error", OUTAGES, ids=repr)
def test_what_is_an_outage(error: Exception) -> None:
    assert outages.is_outage(error) == OUTAGES[error]


@pytest.fixture
def away(monkeypatch) -> Iterator[list[int]]:
    """Take the mail server away; whom it would have been asked for is noted."""
    asked: list[int] = []

    def refuse(asked_for: Job) -> None:
        asked.append(asked_for.pk)
        raise ConnectionRefusedError

    monkeypatch.setitem(actions.EFFECTS, Job.Kind.NOTIFY, refuse)
    return asked


def test_an_outage_is_no_attempt_and_nothing_is_given_up(receipt: Receipt, away: list[int]) -> None:
    for _time in range(20):
        outages._rest_until.clear()
        due_again()
        actions.work()
    found = job("notify")
    assert (found.attempts, found.parked_at, found.last_error) == (0, None, "ConnectionRefusedError")
    assert found.run_after - timezone.now() <= timedelta(seconds=15)
    assert len(away) == 20
    assert receipt.report.state == "queued"


def test_a_service_that_is_away_is_left_alone_for_a_while(receipt: Receipt, away: list[int]) -> None:
    for _each in range(4):
        Job.objects.create(kind="notify", report=receipt.report)
    assert actions.work() == 1
    assert len(away) == 1
    Job.objects.create(kind="enqueue", report=receipt.report)
    assert actions.work() == 1


def test_an_outage_of_days_ends_like_any_failure(receipt: Receipt, away: list[int]) -> None:
    Job.objects.filter(kind="notify").update(asked_at=timezone.now() - timedelta(days=4), attempts=7)
    actions.work()
    assert job("notify").parked_at


def test_a_lease_from_before_the_clock_went_back_holds_nothing(receipt: Receipt) -> None:
    Job.objects.update(leased_until=timezone.now() + timedelta(hours=1))
    assert actions.work() == 2


def test_a_job_asked_for_by_a_clock_that_was_ahead_is_done(receipt: Receipt) -> None:
    Job.objects.update(run_after=timezone.now() + timedelta(hours=1))
    assert actions.work() == 2


def test_a_letter_with_a_date_waits_for_it(receipt: Receipt) -> None:
    Job.objects.update(kind="expiring", run_after=timezone.now() + timedelta(hours=1))
    assert actions.work() == 0


def test_every_kind_of_job_has_its_turn_and_its_effect() -> None:
    assert sorted([Job.Kind.ENQUEUE, *actions.OUTWARD, *actions.PATIENT]) == sorted(Job.Kind) == sorted(actions.EFFECTS)
