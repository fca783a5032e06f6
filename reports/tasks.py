"""Celery's doors. Messages carry nothing: PostgreSQL knows what is to be done."""

from celery import shared_task

from reports.audit import SYSTEM
from reports.files import replies
from reports.files.actions import sweep
from reports.intake.actions import purge
from reports.processing import actions, clock


@shared_task(name="reports.work", ignore_result=True)
def work() -> None:
    """Do all jobs that are due. Called by a nudge after each commit and by the sweep."""
    actions.work()


@shared_task(name="reports.purge_drafts", ignore_result=True)
def purge_drafts() -> None:
    """Delete drafts whose time is over."""
    purge(by=SYSTEM)


@shared_task(name="reports.answer_clock", ignore_result=True)
def answer_clock() -> None:
    """Remind of open questions, and give back the reports that no answer came to."""
    clock.remind(by=SYSTEM)
    clock.lapse(by=SYSTEM)


@shared_task(name="reports.sweep_files", ignore_result=True)
def sweep_files() -> None:
    """Delete files that wait with replies nobody sent, and stored ones that no row knows."""
    replies.purge(by=SYSTEM)
    sweep(by=SYSTEM)
