"""What is counted of the portal at work. Numbers only, by the database's own clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, F, Min, Q, When

from reports.auditing.queries import last_check
from reports.models import Attachment, AuditEvent, Draft, Heartbeat, Job, Report
from reports.states import State

# What a kind of job may be in, as it is counted.
WAITING, FAILING, PARKED = "waiting", "failing", "parked"
# Asked for long before it is due; every other kind is due as soon as it is asked for.
DATED = [Job.Kind.EXPIRING]


@dataclass(frozen=True)
class Jobs:
    """The open jobs of one kind, and how many seconds the oldest that is due has waited."""

    waiting: int
    failing: int
    parked: int
    oldest: float


@dataclass(frozen=True)
class Check:
    """The audit log's last check: how many seconds ago, and whether the log was whole."""

    age: float
    whole: bool


def jobs(now: datetime) -> dict[str, Jobs]:
    """Return the open jobs by kind. A failed one counts as failing, not as waiting, until it is done or parked."""
    since = Case(When(kind__in=DATED, then=F("run_after")), default=F("asked_at"))
    due = Q(parked_at=None) & (Q(run_after__lte=now) | ~Q(last_error=""))
    rows = (
        Job.objects.filter(done_at=None)
        .values("kind")
        .annotate(
            waiting=Count("id", filter=Q(parked_at=None, last_error="")),
            failing=Count("id", filter=Q(parked_at=None) & ~Q(last_error="")),
            parked=Count("id", filter=Q(parked_at__isnull=False)),
            since=Min(since, filter=due),
        )
    )
    return {
        row["kind"]: Jobs(row["waiting"], row["failing"], row["parked"], _age(row["since"], now))
        for row in rows.order_by("kind")
    }


def heartbeats(now: datetime) -> dict[str, float]:
    """Return how many seconds ago each part was last seen."""
    return {name: _age(at, now) for name, at in Heartbeat.objects.values_list("name", "at")}


def audit_check(now: datetime) -> Check:
    """Return the last check. Before the first one the log counts as whole, checked when it began."""
    check = last_check()
    if check is None:
        return Check(_age(AuditEvent.objects.aggregate(first=Min("at"))["first"], now), whole=True)
    return Check(_age(check.at, now), whole=check.details.get("found") == "whole")


def counts(now: datetime) -> Mapping[str, int]:
    """Return what else is worth a line in a graph."""
    return {
        "drafts": Draft.objects.count(),
        "reports_received_last_day": Report.objects.filter(reported_at__gt=now - timedelta(days=1)).count(),
        "reports_held": Report.objects.filter(held=True, state__in=[State.RECEIVED, State.QUEUED]).count(),
        "files_unscanned": Attachment.objects.filter(report__isnull=False, scan=Attachment.Scan.UNSCANNED).count(),
    }


def _age(at: datetime | None, now: datetime) -> float:
    return max(0.0, (now - at).total_seconds()) if at else 0.0
