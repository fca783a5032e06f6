"""When a report's time is over: by its kind, or sooner by how it ended. What is open or held is kept."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from reports.models import HateEscalation, LegalHold, Report, ReportType, Rule
from reports.states import FINAL, State


@dataclass(frozen=True)
class Period:
    """How many days after its decision a report is deleted, and which rule says so."""

    days: int
    rule: Rule


def shortest() -> dict[State, int]:
    """Return the days after which what ended in a state is deleted, even where its kind would be kept for longer."""
    return {
        State.WITHDRAWN: settings.RETENTION_WITHDRAWN_DAYS,
        State.DUPLICATE: settings.RETENTION_DUPLICATE_DAYS,
        State.REJECTED: settings.RETENTION_REJECTED_DAYS,
    }


def period(type_days: int, state: State) -> Period:
    """Return the period of reports of a kind that is kept for `type_days`, once they ended in a state."""
    days = shortest().get(state, type_days)
    return Period(days, Rule.STATE) if days < type_days else Period(type_days, Rule.TYPE)


def ends(report: Report) -> datetime | None:
    """Return when a report's time is over; None while it is open."""
    if report.decided_at is None:
        return None
    found = period(report.report_type.retention_days, State(report.state))
    return report.decided_at + timedelta(days=found.days)


def groups() -> Iterator[tuple[Period, State, list[int]]]:
    """Yield which types have which period in which state."""
    types: defaultdict[int, list[int]] = defaultdict(list)
    for pk, days in ReportType.objects.order_by("pk").values_list("pk", "retention_days"):
        types[days].append(pk)
    for days, ids in sorted(types.items()):
        for state in sorted(FINAL):
            yield period(days, State(state)), State(state), ids


def over(now: datetime) -> QuerySet[Report]:
    """Return the reports whose time is over: decided, on no hold, with no hate crime left to classify."""
    condition = Q(pk__in=[])
    for found, state, ids in groups():
        condition |= Q(state=state, report_type__in=ids, decided_at__lte=now - timedelta(days=found.days))
    return unheld().filter(condition, purged_at=None, state__in=sorted(FINAL))


def unheld() -> QuerySet[Report]:
    """Return the reports that nothing keeps from being deleted."""
    held = LegalHold.objects.filter(report=OuterRef("pk"), lifted_at=None)
    unclassified = HateEscalation.objects.filter(report=OuterRef("pk"), settled_at=None)
    return Report.objects.filter(~Exists(held), ~Exists(unclassified))
