"""Putting right how a report is filed. Each correction is a row of its own; the resident's words stay as they are."""

from copy import copy
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reports import audit, workflow
from reports.models import Area, Correction, Report
from reports.permissions import may_correct, sees
from reports.states import Action, State

Of, Reason = Correction.Of, Correction.Reason


class CannotCorrect(Exception):
    """The report is decided, or a colleague works on it; `report` says how it stands."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(f"no correction in state {report.state}")


class Awaited(CannotCorrect):
    """An answer is awaited by an officer for whom the report would not exist any more."""


@transaction.atomic
def correct_area(*, report_id: UUID, area: Area, by: User, reason: str = Reason.PLACE) -> None:
    """Give a report to the area that serves it; nothing happens to one that is there already.

    An officer who has claimed it and for whom it no longer exists gives it back to the queue first. It may leave the
    reach of `by` too. Raises Report.DoesNotExist outside that reach, CannotCorrect, or Awaited.
    """
    report = to_correct(report_id, by)
    if report.area_id == area.pk:
        return
    before = report.area_id
    let_go(report, by, area=area)
    report.area = area
    report.save(update_fields=["area"])
    note(report, Of.AREA, before=before, after=area.pk, reason=reason, by=by)


def to_correct(report_id: UUID, by: User) -> Report:
    """Return a report locked to be put right. Raises Report.DoesNotExist or CannotCorrect."""
    report = workflow.locked(report_id)
    if not sees(by, report):
        raise Report.DoesNotExist
    if not may_correct(by, report):
        raise CannotCorrect(report)
    return report


def let_go(report: Report, by: User, **changes: Any) -> None:
    """Give a locked report back to the queue when it would not exist any more for who has claimed it. Raises Awaited.

    Done before the change, while it still exists for `by`.
    """
    holder = report.claimed_by
    if holder is None or sees(holder, changed(report, **changes)) or report.decided_at:
        return
    if report.state != State.IN_REVIEW:
        raise Awaited(report)
    workflow.move(report, action=Action.RELEASE, by=by)


def changed(report: Report, **changes: Any) -> Report:
    """Return a copy in hand of the report as it would be."""
    as_if = copy(report)
    for name, value in changes.items():
        setattr(as_if, name, value)
    return as_if


def note(report: Report, of: Correction.Of, *, before: Any, after: Any, reason: str, by: User) -> None:
    """Keep what was put right, then the audit event, which names the row and no more."""
    row = Correction.objects.create(
        report=report, of=of, before=before, after=after, reason=Reason(reason), by=by, at=timezone.now()
    )
    audit.record("review.correct", by=by, subject=f"report:{report.pk}", of=of.value, correction=row.pk)
