"""Legal holds: placed by one supervisor, lifted by two."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reports import audit, permissions, workflow
from reports.models import HoldReason, LegalHold, Report


class Overtaken(Exception):
    """The hold is not as the person saw it: placed, lifted, asked for or turned down meanwhile."""


class SamePerson(Exception):
    """Who asked to lift a hold cannot be the one who lifts it."""


@transaction.atomic
def hold(*, report_id: UUID, reason: HoldReason, by: User) -> None:
    """Keep a report beyond its time. Raises Report.DoesNotExist outside the person's reach, Overtaken if it is held."""
    report = _within(report_id, by)
    if open_hold(report):
        raise Overtaken
    LegalHold.objects.create(report=report, reason=reason, by=by, at=timezone.now())
    audit.record("retention.hold", by=by, subject=f"report:{report.pk}", reason=str(reason))


@transaction.atomic
def ask_lift(*, report_id: UUID, by: User) -> None:
    """Ask for the hold to be lifted; a second person does. Raises Report.DoesNotExist or Overtaken."""
    row = _open(report_id, by)
    if row.asked_at:
        raise Overtaken
    row.asked_by, row.asked_at = by, timezone.now()
    row.save(update_fields=["asked_by", "asked_at"])
    audit.record("retention.ask_lift", by=by, subject=f"report:{report_id}")


@transaction.atomic
def keep(*, report_id: UUID, by: User) -> None:
    """Let the hold stay though somebody asked to lift it. Raises Report.DoesNotExist or Overtaken."""
    row = _open(report_id, by)
    if not row.asked_at:
        raise Overtaken
    row.asked_by, row.asked_at = None, None
    row.save(update_fields=["asked_by", "asked_at"])
    audit.record("retention.keep", by=by, subject=f"report:{report_id}")


@transaction.atomic
def lift(*, report_id: UUID, by: User) -> None:
    """Lift a hold that another person asked to be lifted. Raises Report.DoesNotExist, Overtaken or SamePerson."""
    row = _open(report_id, by)
    if not row.asked_at:
        raise Overtaken
    if row.asked_by_id in {by.pk, None}:
        raise SamePerson
    row.lifted_by, row.lifted_at = by, timezone.now()
    row.save(update_fields=["lifted_by", "lifted_at"])
    audit.record("retention.lift", by=by, subject=f"report:{report_id}", asked=f"user:{row.asked_by_id}")


def open_hold(report: Report) -> LegalHold | None:
    """Return the hold that is in force."""
    return LegalHold.objects.filter(report=report, lifted_at=None).select_related("by", "asked_by").first()


def _within(report_id: UUID, by: User) -> Report:
    report = workflow.locked(report_id)
    if not permissions.may_hold_back(by, report):
        raise Report.DoesNotExist
    return report


def _open(report_id: UUID, by: User) -> LegalHold:
    row = open_hold(_within(report_id, by))
    if row is None:
        raise Overtaken
    return row
