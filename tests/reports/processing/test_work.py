"""The queue of record: every job once, whatever happens to a worker."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from reports.models import AuditEvent, Job, Move, Notice, Report
from reports.processing import actions
from tests.desk import another, at_once
from tests.resident import Receipt, Resident


def job(kind: str = "enqueue") -> Job:
    return Job.objects.get(kind=kind)


def break_letters() -> None:
    """Let every letter fail, as with a mail server that is down: the address does not open any more."""
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


def test_older_jobs_come_first(receipt: Receipt) -> None:
    now = timezone.now()
    Job.objects.filter(kind="enqueue").update(run_after=now - timedelta(seconds=1))
    Job.objects.filter(kind="notify").update(run_after=now - timedelta(seconds=2))
    assert [actions.claim().kind, actions.claim().kind] == ["notify", "enqueue"]
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
    actions._put_off(late, "CannotOpen")
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
