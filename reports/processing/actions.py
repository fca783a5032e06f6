"""The jobs of a report: remembered by PostgreSQL, hurried by Celery, each effect once."""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from reports import audit, workflow
from reports.alerts.actions import alert
from reports.alerts.mails import mail
from reports.feed import delivering
from reports.files.actions import scan
from reports.hate.opening import begin, record, signs_of
from reports.models import AlertKind, HateEscalation, Job, Priority, Report
from reports.notices.actions import send
from reports.notices.drafts import send_draft_letter
from reports.processing import outages
from reports.processing.lanes import KINDS, Lane, lanes_of
from reports.processing.nudge import nudge
from reports.processing.placing import place
from reports.states import Action, State
from reports.translating.drafting import draft
from reports.vitals import heartbeat

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
TURN_SECONDS = 3.0
MOST_ATTEMPTS = 8
LONGEST_PAUSE = timedelta(seconds=2**MOST_ATTEMPTS)
# A webhook's other side may be away for a day: 13 tries, half a minute and then twice as late each time.
OWN_ATTEMPTS = {Job.Kind.WEBHOOK: 13}
OWN_PAUSES = {Job.Kind.WEBHOOK: 15}
# Due on a day that was chosen, or after long pauses; any other job is due at once or after a failure's short pause.
DATED = [Job.Kind.EXPIRING, Job.Kind.WEBHOOK]
# Nothing of ours waits for them, so one that is slow or away holds up no report.
PATIENT = [Job.Kind.TRANSLATE, Job.Kind.WEBHOOK]
OUTWARD = [Job.Kind.NOTIFY, Job.Kind.SAVED, Job.Kind.EXPIRING, Job.Kind.SCAN, Job.Kind.ALERT]
# In which order due jobs are taken: what only needs the database, then what asks others, then what may take long.
TURNS = [Q(kind=Job.Kind.ENQUEUE), Q(kind__in=OUTWARD), Q(kind__in=PATIENT)]


def ask_for(jobs: Iterable[Job]) -> None:
    """Store jobs in the running transaction; a nudge to the workers of their lanes follows its commit."""
    for lane in lanes_of(Job.objects.bulk_create(jobs)):
        transaction.on_commit(lambda lane=lane: nudge(lane=lane), robust=True)  # type: ignore[misc]


def work(lane: Lane | None = None) -> int:
    """Do every job that is due and not leased by another worker, of one lane or of all; return how many were done.

    A lane into which jobs come as fast as they are done ends after its turn and asks for the next one: the other lanes,
    exports and upkeep may wait for this very process.
    """
    done, end = 0, time.monotonic() + TURN_SECONDS
    while (job := claim(lane)) is not None:
        done += carry_out(job)
        heartbeat.sign(heartbeat.WORKER)
        if lane and time.monotonic() >= end:
            nudge(lane=lane)
            break
    return done


@transaction.atomic
def claim(lane: Lane | None = None) -> Job | None:
    """Lease the next due job to this worker, or return None. A lease that ran out may be taken again.

    Whatever the lane, a report that is not yet before the officers goes first.

    One that was taken as often as allowed and never came back killed its workers: it is parked instead.
    """
    now = database_time()
    open_jobs = Job.objects.select_for_update(skip_locked=True).filter(
        _free(now), _due(now), done_at=None, parked_at=None
    )
    rested = open_jobs.exclude(kind__in=outages.resting()).order_by("run_after", "id")
    turns = TURNS if lane is None else [TURNS[0], Q(kind__in=KINDS[lane])]
    while job := next(filter(None, (rested.filter(turn).first() for turn in turns)), None):
        if job.attempts < most_attempts(job):
            job.leased_until, job.attempts = now + LEASE, job.attempts + 1
            job.save(update_fields=["leased_until", "attempts"])
            return job
        logger.error("job %s of kind %s is parked: its workers did not survive it", job.pk, job.kind)
        job.leased_until, job.parked_at, job.last_error = None, now, "WorkerDied"
        job.save(update_fields=["leased_until", "parked_at", "last_error"])
    return None


def database_time() -> datetime:
    """Return the database's time: one clock for all workers, whatever theirs say."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


def _free(now: datetime) -> Q:
    """Nobody holds it: no lease, one that ran out, or one from before the clock was set back."""
    return Q(leased_until=None) | Q(leased_until__lt=now) | Q(leased_until__gt=now + LEASE)


def _due(now: datetime) -> Q:
    """Its time has come, or is so far away that the clock was set back since; a date may well be far away."""
    return Q(run_after__lte=now) | Q(~Q(kind__in=DATED), run_after__gt=now + LONGEST_PAUSE)


def carry_out(job: Job) -> bool:
    """Do a leased job: its effect and its "done" in one transaction. A failure is put off, at last parked."""
    try:
        with transaction.atomic():
            held = Job.objects.select_for_update().filter(pk=job.pk, leased_until=job.leased_until, done_at=None)
            if held.first() is None:
                return False
            EFFECTS[Job.Kind(job.kind)](job)
            held.update(done_at=timezone.now())
    except Exception as error:  # noqa: BLE001 (whatever an effect does, the job is put off and seen)
        _put_off(job, error)
        return False
    return True


def _put_off(job: Job, error: Exception) -> None:
    """Try again later. Only the error's class is kept: its text could quote a resident.

    What failed by itself is tried twice as late each time, at last parked. What failed because a service is away is no
    attempt: its kind rests, and all of it goes on soon after the service is back, however long that takes.
    """
    name, now = type(error).__name__, database_time()
    logger.warning("job %s of kind %s failed: %s (attempt %s)", job.pk, job.kind, name, job.attempts)
    if outages.is_outage(error) and now - job.asked_at < outages.LONGEST:
        outages.rest(job.kind)
        changes: dict[str, Any] = {"attempts": job.attempts - 1, "run_after": now + outages.PAUSE}
    else:
        parked_at = now if job.attempts >= most_attempts(job) else F("parked_at")
        changes = {"run_after": now + pause(job), "parked_at": parked_at}
    held = Job.objects.filter(pk=job.pk, leased_until=job.leased_until)
    held.update(leased_until=None, last_error=name, **changes)
    if job.kind == Job.Kind.WEBHOOK:
        delivering.note_failure(job, error)


def most_attempts(job: Job) -> int:
    """Return after how many failures of its own a job is given up."""
    return OWN_ATTEMPTS.get(Job.Kind(job.kind), MOST_ATTEMPTS)


def pause(job: Job) -> timedelta:
    """Return how long to wait after a failure: twice as long each time."""
    return timedelta(seconds=OWN_PAUSES.get(Job.Kind(job.kind), 1) * 2**job.attempts)


def enqueue(job: Job) -> None:
    """Put a received report into the officers' queue, in its area. One that is already further on stays where it is.

    One of high priority is told to whom it concerns there. One whose resident spoke of what may be a hate crime is
    escalated by these answers.
    """
    if job.report_id is None:
        return
    report = workflow.locked(job.report_id)
    if report.state == State.RECEIVED:
        placed = place(report)
        report.area = placed.get("area", report.area)
        escalation, jobs = _escalated(report)
        if report.priority == Priority.HIGH:
            jobs += alert(kind=AlertKind.PRIORITY, report=report, by=audit.SYSTEM)
        ask_for(jobs)
        workflow.move(report, action=Action.QUEUE, by=audit.SYSTEM, **placed)
        if escalation:
            record(escalation, by=audit.SYSTEM)


def _escalated(report: Report) -> tuple[HateEscalation | None, list[Job]]:
    if not report.possible_hate:
        return None, []
    return begin(report, signs=signs_of(report), by=audit.SYSTEM)


def notify(job: Job) -> None:
    """Send the job's letter."""
    if job.notice_id:
        send(notice_id=job.notice_id, by=audit.SYSTEM)


def write_about_draft(job: Job) -> None:
    """Send a letter about a draft that is still there."""
    if job.draft_id:
        send_draft_letter(draft_id=job.draft_id, kind=job.kind)


EFFECTS: dict[Job.Kind, Callable[[Job], None]] = {
    Job.Kind.ENQUEUE: enqueue,
    Job.Kind.NOTIFY: notify,
    Job.Kind.SAVED: write_about_draft,
    Job.Kind.EXPIRING: write_about_draft,
    Job.Kind.SCAN: scan,
    Job.Kind.TRANSLATE: draft,
    Job.Kind.ALERT: mail,
    Job.Kind.WEBHOOK: delivering.deliver,
}
