"""Letting into the queue what was held for a look."""

from uuid import UUID

from django.db import transaction

from accounts.models import User
from reports import audit, permissions, workflow
from reports.alerts.actions import alert
from reports.models import Alert, AlertKind, HateEscalation, Priority, Report
from reports.notices.held import let_go
from reports.processing.actions import ask_for
from reports.reasons import LetInReason


class NotHeld(Exception):
    """Somebody was faster, or it was never held; `report` is how it stands now."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__("The report is not held.")


@transaction.atomic
def let_in(*, report_id: UUID, reason: LetInReason, by: User) -> None:
    """Put a report that was held among all others; why it was held stays, what it shared with others goes.

    Whom an urgent report concerns is told of it now: while it was held, one of many rang for all of them.
    The letter that waited meanwhile goes to the resident.
    Raises Report.DoesNotExist outside the person's reach, NotHeld.
    """
    report = workflow.locked(report_id)
    if not permissions.sees(by, report):
        raise Report.DoesNotExist
    if not permissions.may_let_in(by, report):
        raise NotHeld(report)
    let_go(report)
    report.held, report.held_from, report.held_like = False, "", ""
    report.save(update_fields=["held", "held_from", "held_like"])
    if report.priority == Priority.HIGH and not Alert.objects.filter(report=report).exists():
        ask_for(alert(kind=_kind(report), report=report, by=by))
    audit.record("review.let_in", by=by, subject=f"report:{report.pk}", reason=LetInReason(reason).value)


def _kind(report: Report) -> AlertKind:
    is_escalated = HateEscalation.objects.filter(report=report, settled_at=None).exists()
    return AlertKind.ESCALATED if is_escalated else AlertKind.PRIORITY
