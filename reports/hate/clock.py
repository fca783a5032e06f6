"""The word that the time to classify a possible hate crime is over: once for each escalation."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from reports.alerts.actions import alert
from reports.audit import By
from reports.models import AlertKind, HateEscalation, Passing
from reports.processing.actions import ask_for

KIND = AlertKind.UNCLASSIFIED


def passed() -> QuerySet[HateEscalation]:
    """Return the open escalations whose time is over and of which nobody was told."""
    told = Passing.objects.filter(report=OuterRef("report"), kind=KIND, due_at=OuterRef("due_at"))
    late = HateEscalation.objects.filter(settled_at=None, due_at__lt=timezone.now())
    return late.filter(~Exists(told)).select_related("report__report_type", "report__area")


def tell(*, by: By) -> int:
    """Tell coordinators and supervisors of each; return of how many."""
    return sum(_tell_of(escalation, by) for escalation in passed())


@transaction.atomic
def _tell_of(escalation: HateEscalation, by: By) -> int:
    _row, first = Passing.objects.get_or_create(report=escalation.report, kind=KIND, due_at=escalation.due_at)
    if first:
        ask_for(alert(kind=KIND, report=escalation.report, by=by))
    return int(first)
