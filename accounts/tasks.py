"""Celery's doors of the accounts. Messages carry nothing."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore

from accounts import actions, letters
from reports.audit import SYSTEM


@shared_task(name="accounts.send_letters", ignore_result=True)
def send_letters() -> None:
    """Send the letters to staff that are due. Called by a nudge after each and by the schedule."""
    letters.send_all()


@shared_task(name="accounts.disable_unused", ignore_result=True)
def disable_unused() -> None:
    """Switch off accounts that were unused for too long, and clear sessions that are over."""
    actions.disable_unused(by=SYSTEM)
    SessionStore.clear_expired()
