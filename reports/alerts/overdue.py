"""The word that a report passed the moment by which it should have been read: once for each such moment."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from reports.alerts.actions import alert
from reports.audit import By
from reports.models import AlertKind, Passing, Report
from reports.processing.actions import ask_for
from reports.states import FINAL

# What is longer overdue stands in the queue's tab; nobody is woken for it, after a long standstill or an import.
NEWS_FOR = timedelta(days=14)


def passed() -> QuerySet[Report]:
    """Return the open reports that became overdue and that nobody was told of."""
    now = timezone.now()
    told = Passing.objects.filter(report=OuterRef("pk"), kind=AlertKind.OVERDUE, due_at=OuterRef("due_at"))
    recent = Report.objects.filter(due_at__lt=now, due_at__gte=now - NEWS_FOR).exclude(state__in=sorted(FINAL))
    return recent.filter(~Exists(told))


def tell(*, by: By) -> int:
    """Tell whom it concerns of each report that became overdue; return of how many."""
    return sum(_tell_of(report, by) for report in passed().select_related("report_type", "area"))


@transaction.atomic
def _tell_of(report: Report, by: By) -> int:
    _row, first = Passing.objects.get_or_create(report=report, kind=AlertKind.OVERDUE, due_at=report.due_at)
    if first:
        ask_for(alert(kind=AlertKind.OVERDUE, report=report, by=by))
    return int(first)
