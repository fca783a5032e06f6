"""The only writer of a report's state: the table of transitions, the history row, the audit event."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reports import audit, permissions, states, workdays
from reports.audit import Actor, By
from reports.models import Move, Report
from reports.states import Action, State

NOTHING: Mapping[str, str] = MappingProxyType({})
EVENTS = {
    Action.QUEUE: "processing.enqueue",
    Action.CLAIM: "review.claim",
    Action.RELEASE: "review.release",
    Action.ASSIGN: "review.assign",
    Action.STEAL: "review.steal",
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
# A step of the resident's that an officer may take as the resident asked.
EVENTS_BY_STAFF = {Action.WITHDRAW: "review.withdraw"}


class CannotMove(Exception):
    """The step is not possible; `state` and `claimed_by` say how the report stands now."""

    def __init__(self, report: Report, action: Action) -> None:
        self.report, self.action = report, action
        super().__init__(f"{action} is not possible in state {report.state}")


class NotAllowed(CannotMove):
    """The person may not take this step."""


class OutOfReach(CannotMove):
    """The report does not exist for the colleague who should get it, or they decide on none."""


def locked(report_id: UUID) -> Report:
    """Return the report with its row locked until the transaction ends. Raises Report.DoesNotExist for a purged one.

    Whoever claimed it is asked for afterwards: a row joined to a lock that had to wait is as old as the wait.
    """
    return (
        Report.objects.select_for_update(of=("self",)).select_related("report_type").get(pk=report_id, purged_at=None)
    )


@transaction.atomic
def move(
    report: Report,
    *,
    action: Action,
    by: By,
    now: datetime | None = None,
    to: User | None = None,
    reason: str = "",
    details: Mapping[str, str] = NOTHING,
    **fields: object,
) -> None:
    """Take one step with a locked report: set `fields` too, save, write history, then the audit event.

    An assignment is `to` somebody. A `reason` is a token out of a list and stands in the history and in the log, where
    `details` stand beside it. Raises CannotMove when the table has no such step from here, NotAllowed when `by` may not
    take it, OutOfReach when the report may not be given `to` that person.
    """
    source, before = State(report.state), report.claimed_by_id
    target = _target(report, action, by, to)
    report.claimed_by_id = _claimant(report, action, by, to)
    moment = now or timezone.now()
    if target != source:
        _enter(report, action, target, moment)
    for name, value in fields.items():
        setattr(report, name, value)
    written = ["state", "state_since", "decided_at", "claimed_by", "answer_due_at", "unanswered"]
    report.save(update_fields=[*written, *fields])
    person = None if isinstance(by, Actor) else by
    step = {"action": action, "source": source, "target": target, "to": to, "reason": reason}
    Move.objects.create(report=report, by=person, at=moment, **step)
    told = {"source": source.value, "target": target.value, **_hands(report, action, before, reason), **details}
    audit.record(event(action, by), by=by, subject=f"report:{report.pk}", **told)


def event(action: Action, by: By) -> str:
    """Return the verb under which the log knows a step that `by` took."""
    return EVENTS[action] if isinstance(by, Actor) else EVENTS_BY_STAFF.get(action, EVENTS[action])


def _target(report: Report, action: Action, by: By, to: User | None) -> State:
    """Return where the step leads; raise what stands in its way."""
    target = states.target(action, State(report.state))
    if target is None:
        raise CannotMove(report, action)
    if not _allowed(by, action, report):
        raise NotAllowed(report, action)
    if action == Action.ASSIGN and (to is None or not permissions.may_hold(to, report)):
        raise OutOfReach(report, action)
    return target


def _allowed(by: By, action: Action, report: Report) -> bool:
    if isinstance(by, Actor):
        return action in (states.BY_RESIDENT if by is audit.RESIDENT else states.BY_SYSTEM)
    return permissions.may(by, action, report)


def _enter(report: Report, action: Action, target: State, now: datetime) -> None:
    """Let the report stand in its new state from now on, with that state's clocks."""
    report.state, report.state_since = target, now
    report.decided_at = now if target in states.FINAL else None
    _set_clock(report, action)


def _set_clock(report: Report, action: Action) -> None:
    """Start the resident's time to answer with a question, stop it with any other step; remember that it ran out."""
    asked = action == Action.ASK
    report.answer_due_at = workdays.days_after(report.state_since, days=settings.ANSWER_DAYS) if asked else None
    report.unanswered = action == Action.LAPSE


def _claimant(report: Report, action: Action, by: By, to: User | None) -> int | None:
    """Some steps give the report to the person, an assignment to another, a release to nobody; the rest leave it."""
    if action in {Action.CLAIM, Action.REOPEN, Action.STEAL} and not isinstance(by, Actor):
        return by.pk
    if action == Action.ASSIGN and to is not None:
        return to.pk
    return None if action == Action.RELEASE else report.claimed_by_id


def _hands(report: Report, action: Action, before: int | None, reason: str) -> dict[str, str]:
    """Return what the log tells besides the states: from whom to whom the report went, and why."""
    told = {"reason": reason} if reason else {}
    if action in {Action.ASSIGN, Action.STEAL}:
        told |= {"to": f"user:{report.claimed_by_id}"} | ({"before": f"user:{before}"} if before else {})
    return told
