"""The resident's time to answer: a reminder before it ends, then back to the officer. Each once, whenever it runs."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from reports import workdays, workflow
from reports.alerts.actions import alert
from reports.audit import By
from reports.models import AlertKind, Notice, Report
from reports.notices.actions import announce, reachable
from reports.processing.actions import ask_for
from reports.states import Action, State


def awaited() -> QuerySet[Report]:
    """Return the reports that wait for an answer."""
    return Report.objects.filter(state=State.WAITING, answer_due_at__isnull=False)


def to_remind() -> QuerySet[Report]:
    """Return the reports whose question is old enough for a reminder that was not written yet."""
    days = settings.ANSWER_DAYS - settings.ANSWER_REMINDER_DAYS
    written = Notice.objects.filter(
        report=OuterRef("pk"), kind=Notice.Kind.REMINDER, created_at__gte=OuterRef("state_since")
    )
    return awaited().filter(
        ~Exists(written), reachable(), answer_due_at__lte=workdays.days_after(timezone.now(), days=days)
    )


def to_lapse() -> QuerySet[Report]:
    """Return the reports whose time to answer is over."""
    return awaited().filter(answer_due_at__lt=timezone.now())


def remind(*, by: By) -> int:
    """Write the reminders that are due; return how many. A report whose time is over already gets none."""
    return sum(
        _remind_one(pk, by) for pk in to_remind().filter(answer_due_at__gte=timezone.now()).values_list("pk", flat=True)
    )


@transaction.atomic
def _remind_one(pk: UUID, by: By) -> int:
    report = to_remind().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if report is None:
        return 0
    ask_for(announce(report=report, kind=Notice.Kind.REMINDER, by=by))
    return 1


def lapse(*, by: By) -> int:
    """Give back to their officers the reports that no answer came to in time; return how many."""
    return sum(_lapse_one(pk, by) for pk in to_lapse().values_list("pk", flat=True))


@transaction.atomic
def _lapse_one(pk: UUID, by: By) -> int:
    report = to_lapse().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if report is None:
        return 0
    ask_for(alert(kind=AlertKind.RETURNED, report=report, by=by))
    workflow.move(report, action=Action.LAPSE, by=by)
    return 1
