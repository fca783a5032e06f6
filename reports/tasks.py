"""Celery's doors. Messages carry nothing: PostgreSQL knows what is to be done."""

from celery import shared_task

from reports.alerts import actions as alerts
from reports.alerts import digest, overdue
from reports.audit import SYSTEM
from reports.auditing.actions import keep_watch
from reports.auditing.actions import purge as purge_log
from reports.auditing.watching import at_start
from reports.counts import checking, letters, publishing, rollup
from reports.export import actions as exports
from reports.export import running
from reports.feed import handing
from reports.files import replies
from reports.files.actions import sweep
from reports.hate import clock as hate
from reports.intake.actions import purge
from reports.processing import actions, clock
from reports.processing.lanes import Lane
from reports.retention import actions as retention
from reports.statistics import publishing as public
from reports.vitals import heartbeat
from reports.workshop.actions import launch


@shared_task(name="reports.work", ignore_result=True)
def work(lane: str = "") -> None:
    """Do the jobs of a lane that are due, without one all. Called by a nudge after each commit and by the sweep."""
    actions.work(Lane(lane) if lane else None)


@shared_task(name="reports.sign_of_life", ignore_result=True)
def sign_of_life() -> None:
    """Write down that the schedule, the broker and a worker are at work together."""
    heartbeat.sign(heartbeat.WORKER)


@shared_task(name="reports.purge_drafts", ignore_result=True)
def purge_drafts() -> None:
    """Delete drafts whose time is over."""
    purge(by=SYSTEM)


@shared_task(name="reports.purge", ignore_result=True)
def purge_reports() -> None:
    """Delete what the time of decided reports is over for, and the oldest events of the log."""
    retention.purge(by=SYSTEM)
    purge_log(by=SYSTEM)


@shared_task(name="reports.answer_clock", ignore_result=True)
def answer_clock() -> None:
    """Remind of open questions, and give back the reports that no answer came to."""
    clock.remind(by=SYSTEM)
    clock.lapse(by=SYSTEM)


@shared_task(name="reports.launch_types", ignore_result=True)
def launch_types() -> None:
    """Let the versions of report types go live whose date has come."""
    launch(by=SYSTEM)


@shared_task(name="reports.sweep_files", ignore_result=True)
def sweep_files() -> None:
    """Delete files that wait with replies nobody sent, and stored ones that no row knows."""
    replies.purge(by=SYSTEM)
    sweep(by=SYSTEM)


@shared_task(name="reports.alerts_overdue", ignore_result=True)
def alerts_overdue() -> None:
    """Tell staff of the reports that became overdue."""
    overdue.tell(by=SYSTEM)


@shared_task(name="reports.alerts_digest", ignore_result=True)
def alerts_digest() -> None:
    """Once a day, mail to staff what they want to hear of once a day."""
    digest.digest(by=SYSTEM)


@shared_task(name="reports.alerts_purge", ignore_result=True)
def alerts_purge() -> None:
    """Delete what staff were told long ago."""
    alerts.purge(by=SYSTEM)


@shared_task(name="reports.keep_watch", ignore_result=True)
def watch_log() -> None:
    """Check what is new in the audit log and print its head outside the database."""
    keep_watch(by=SYSTEM)


@shared_task(name="reports.watch_settings", ignore_result=True)
def watch_settings() -> None:
    """Write into the log which settings of the workers were changed."""
    at_start("worker")


@shared_task(name="reports.refresh_counts", ignore_result=True)
def refresh_counts() -> None:
    """Count anew the days on which something changed. Until then they are counted as they are read."""
    rollup.refresh()


@shared_task(name="reports.hate_clock", ignore_result=True)
def hate_clock() -> None:
    """Tell staff of possible hate crimes that were not classified in time."""
    hate.tell(by=SYSTEM)


@shared_task(name="reports.check_counts", ignore_result=True)
def check_counts() -> None:
    """Compare the rollup of counts with the reports, and tell where it is wrong."""
    checking.check(by=SYSTEM)


@shared_task(name="reports.make_exports", ignore_result=True)
def make_exports() -> None:
    """Give the next export its turn. Called by a nudge after each commit, after each turn and by the sweep."""
    running.work()


@shared_task(name="reports.expire_exports", ignore_result=True)
def expire_exports() -> None:
    """Delete the files of exports whose time is over."""
    exports.expire(by=SYSTEM)


@shared_task(name="reports.publish_counts", ignore_result=True)
def publish_counts() -> None:
    """Publish the weeks that are due, to staff and to everybody, and send the letters that are."""
    publishing.publish(by=SYSTEM)
    letters.send_letters(by=SYSTEM)
    public.publish(by=SYSTEM)


@shared_task(name="reports.hand_out", ignore_result=True)
def hand_out() -> None:
    """Make the deliveries of webhooks out of what changed."""
    handing.hand_out(by=SYSTEM)


@shared_task(name="reports.purge_deliveries", ignore_result=True)
def purge_deliveries() -> None:
    """Delete the deliveries of long ago."""
    handing.purge(by=SYSTEM)
