"""Who works on a report: taking it, giving it back, giving it to a colleague, taking it over."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from reports import workflow
from reports.alerts.actions import alert
from reports.models import AlertKind, Report
from reports.notices.held import let_go
from reports.processing.actions import ask_for
from reports.states import Action, State, StealReason


@transaction.atomic
def claim(*, report_id: UUID, by: User) -> None:
    """Take a queued report to read it. Raises workflow.CannotMove when somebody was faster."""
    _take(workflow.locked(report_id), by)


def _take(report: Report, by: User) -> None:
    """Claim a locked report. Of one that was held for a look, the letter that waited goes to its resident."""
    let_go(report)
    workflow.move(report, action=Action.CLAIM, by=by)


@transaction.atomic
def take_up(*, report_id: UUID, by: User) -> None:
    """Claim a report that nobody has, as a decision needs somebody who took it; any other is left as it is.

    A letter that waited goes on waiting: that of the decision follows at once.
    """
    report = workflow.locked(report_id)
    if report.state == State.QUEUED:
        workflow.move(report, action=Action.CLAIM, by=by)


@transaction.atomic
def claim_next(*, among: QuerySet[Report], by: User) -> UUID | None:
    """Take the first queued report of an ordered list, or return None when it holds none.

    One that a colleague is taking at this moment is passed over, so that two who ask at once get two.
    """
    report = among.select_for_update(of=("self",), skip_locked=True).select_related("report_type").first()
    if report is None:
        return None
    _take(report, by)
    return report.pk


@transaction.atomic
def release(*, report_id: UUID, by: User) -> None:
    """Give a claimed report back to the queue."""
    workflow.move(workflow.locked(report_id), action=Action.RELEASE, by=by)


@transaction.atomic
def assign(*, report_id: UUID, to: User, by: User) -> None:
    """Give a report to a colleague, whether somebody has it or not; one that is theirs already stays so.

    Raises workflow.CannotMove when it is decided, workflow.OutOfReach when it does not exist for the colleague.
    """
    report = workflow.locked(report_id)
    if report.claimed_by_id != to.pk:
        ask_for(alert(kind=AlertKind.ASSIGNED, report=report, by=by, to=[to]))
        let_go(report)
        workflow.move(report, action=Action.ASSIGN, by=by, to=to)


@transaction.atomic
def steal(*, report_id: UUID, reason: StealReason, by: User) -> None:
    """Take a report over from the colleague who has it. Raises workflow.CannotMove when nobody has it any more."""
    report = workflow.locked(report_id)
    if report.claimed_by:
        ask_for(alert(kind=AlertKind.STOLEN, report=report, by=by, to=[report.claimed_by]))
    workflow.move(report, action=Action.STEAL, by=by, reason=StealReason(reason).value)
