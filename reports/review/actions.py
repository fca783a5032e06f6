"""What officers decide. Each step locks the report, moves it, and tells the resident after the commit."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from reports import audit, workflow
from reports.alerts.actions import see
from reports.documents import new_message
from reports.models import Report
from reports.notices.actions import AFTER, announce
from reports.paper import sheets
from reports.paper.typeset import pdf
from reports.processing.actions import ask_for
from reports.review.claiming import claim, release  # noqa: F401 (they moved; callers follow)
from reports.states import Action, RejectReason
from reports.translating.passages import wanted


class NumberTaken(Exception):
    """Another report already has this agency number."""


def look(*, report: Report, by: User) -> None:
    """Leave a trace that somebody opens the report's page, and clear the sign that the resident wrote.

    Only the look of who holds the report clears it, or anybody's while nobody does. What comes in while the page is
    being made keeps its sign. `report` itself goes on saying what was new. What told the person of it counts as seen.
    """
    see(report=report, by=by)
    if report.news and report.claimed_by_id in {None, by.pk}:
        _read_news(report, by)
    else:
        audit.record("review.look", by=by, subject=f"report:{report.pk}")


@transaction.atomic
def _read_news(report: Report, by: User) -> None:
    as_shown = Report.objects.filter(pk=report.pk, news=report.news, news_at=report.news_at)
    as_shown.update(news="", news_at=None)
    audit.record("review.look", by=by, subject=f"report:{report.pk}", read=report.news)


def reveal(*, report: Report, reason: str, by: User) -> None:
    """Leave a trace that somebody read the personal data, and why."""
    audit.record("review.reveal", by=by, subject=f"report:{report.pk}", reason=reason)


@transaction.atomic
def paper(*, report: Report, revealed: bool, by: User) -> bytes:
    """Return the report as a PDF, and leave a trace that tells whether it shows personal data."""
    made = pdf(sheets.desk(report, revealed=revealed))
    audit.record("review.paper", by=by, subject=f"report:{report.pk}", revealed=revealed)
    return made


def approve(*, report_id: UUID, dr_number: str, by: User) -> None:
    """Approve with the agency's own number. Raises NumberTaken when another report has it."""
    try:
        with transaction.atomic():
            _decide(report_id, Action.APPROVE, by, dr_number=dr_number)
    except IntegrityError as error:
        if "one_report_per_dr_number" not in str(error):
            raise
        raise NumberTaken from None


@transaction.atomic
def ask(*, report_id: UUID, text: str, by: User, question: str = "") -> None:
    """Ask the resident for more and wait for the answer: by a ready question, by words of one's own, or by both."""
    _decide(report_id, Action.ASK, by, text=text, question=question)


@transaction.atomic
def reject(*, report_id: UUID, reason: RejectReason, text: str, by: User) -> None:
    """Close without approval for a reason the resident reads, with words of the officer's own if any."""
    _decide(report_id, Action.REJECT, by, text=text, reject_reason=reason)


@transaction.atomic
def reopen(*, report_id: UUID, by: User) -> None:
    """Take a decided report up again; its old decision stands in the history."""
    workflow.move(workflow.locked(report_id), action=Action.REOPEN, by=by, dr_number="", reject_reason="")


def _decide(report_id: UUID, action: Action, by: User, text: str = "", question: str = "", **fields: Any) -> None:
    report = workflow.locked(report_id)
    jobs = announce(report=report, kind=AFTER[action], by=by)
    if text.strip() or question:
        message = new_message(report, text=text, from_agency=True, by=by, at=timezone.now(), question=question)
        message.save(force_insert=True)
        jobs += wanted(report=report, text=text, message=message)
    ask_for(jobs)
    workflow.move(report, action=action, by=by, **fields)
