"""Celery's doors. Messages carry nothing: PostgreSQL knows what is to be done."""

from celery import shared_task

from reports.processing import actions


@shared_task(name="reports.work", ignore_result=True)
def work() -> None:
    """Do all jobs that are due. Called by a nudge after each commit and by the sweep."""
    actions.work()
