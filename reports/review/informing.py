"""Writing to the resident without asking anything, before and after the decision."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reports import audit, workflow
from reports.documents import keep_message
from reports.models import Message, Notice, Report
from reports.notices.actions import announce
from reports.permissions import may_write, sees
from reports.processing.actions import ask_for
from reports.ready import filled
from reports.translating.passages import wanted


class CannotWrite(Exception):
    """A colleague works on the report."""


@transaction.atomic
def inform(*, report_id: UUID, text: str, by: User, question: str = "", pk: UUID | None = None) -> None:
    """Keep a message to the resident, have it translated if need be, and tell them that there is news.

    `question` is the key of a message template, whose words stand ready in every language. `pk` is the form's own id
    for the message: a second press of the button sends nothing. Raises Report.DoesNotExist outside the reach of `by`,
    CannotWrite.
    """
    report = workflow.locked(report_id)
    if not sees(by, report):
        raise Report.DoesNotExist
    if not may_write(by, report):
        raise CannotWrite
    if pk and Message.objects.filter(pk=pk).exists():
        return
    ready = filled(question, report=report, facts={}) if question else None
    message = keep_message(
        report, text=text, question=question, ready=ready, from_agency=True, pk=pk, by=by, at=timezone.now()
    )
    jobs = announce(report=report, kind=Notice.Kind.MESSAGE, by=by)
    ask_for(jobs + wanted(report=report, text=text, message=message))
    audit.record("review.inform", by=by, subject=f"report:{report.pk}")
