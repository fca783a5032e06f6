"""The only writer of a report's state: the table of transitions, the history row, the audit event."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reports import audit, permissions, states, workdays
from reports.audit import Actor, By
from reports.models import Move, Report
from reports.states import Action, State

EVENTS = {
    Action.QUEUE: "processing.enqueue",
    Action.CLAIM: "review.claim",
    Action.RELEASE: "review.release",
    Action.APPROVE: "review.approve",
    Action.ASK: "review.ask",
    Action.ANSWER: "status.answer",
    Action.LAPSE: "processing.lapse",
    Action.REJECT: "review.reject",
    Action.REFER: "review.refer",
    Action.JOIN: "review.join",
    Action.WITHDRAW: "status.withdraw",
    Action.REOPEN: "review.reopen",
}


class CannotMove(Exception):
    """The step is not possible; `state` and `claimed_by` say how the report stands now."""

    def __init__(self, report: Report, action: Action) -> None:
        self.report, self.action = report, action
        super().__init__(f"{action} is not possible in state {report.state}")


class NotAllowed(CannotMove):
    """The person may not take this step."""


def locked(report_id: UUID) -> Report:
    """Return the report with its row locked until the transaction ends.

    Whoever claimed it is asked for afterwards: a row joined to a lock that had to wait is as old as the wait.
    """
    return Report.objects.select_for_update(of=("self",)).select_related("report_type").get(pk=report_id)


@transaction.atomic
def move(report: Report, *, action: Action, by: By, now: datetime | None = None, **fields: object) -> None:
    """Take one step with a locked report: set `fields` too, save, write history, then the audit event.

    Raises CannotMove when the table has no such step from here, NotAllowed when `by` may not take it.
    """
    source, target = State(report.state), states.target(action, State(report.state))
    if target is None:
        raise CannotMove(report, action)
    if not _allowed(by, action, report):
        raise NotAllowed(report, action)
    report.state, report.state_since = target, now or timezone.now()
    report.decided_at = report.state_since if target in states.FINAL else None
    report.claimed_by_id = _claimant(report, action, by)
    _set_clock(report, action)
    for name, value in fields.items():
        setattr(report, name, value)
    written = ["state", "state_since", "decided_at", "claimed_by", "answer_due_at", "unanswered"]
    report.save(update_fields=[*written, *fields])
    person = None if isinstance(by, Actor) else by
    Move.objects.create(report=report, action=action, source=source, target=target, by=person, at=report.state_since)
    audit.record(EVENTS[action], by=by, subject=f"report:{report.pk}", source=source.value, target=target.value)


def _allowed(by: By, action: Action, report: Report) -> bool:
    if isinstance(by, Actor):
        return action in (states.BY_RESIDENT if by is audit.RESIDENT else states.BY_SYSTEM)
    return permissions.may(by, action, report)


def _set_clock(report: Report, action: Action) -> None:
    """Start the resident's time to answer with a question, stop it with any other step; remember that it ran out."""
    asked = action == Action.ASK
    report.answer_due_at = workdays.days_after(report.state_since, days=settings.ANSWER_DAYS) if asked else None
    report.unanswered = action == Action.LAPSE


def _claimant(report: Report, action: Action, by: By) -> int | None:
    """A claim and a reopening give the report to the person, a release to nobody; other steps leave it."""
    if action in {Action.CLAIM, Action.REOPEN} and not isinstance(by, Actor):
        return by.pk
    return None if action == Action.RELEASE else report.claimed_by_id
