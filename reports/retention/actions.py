"""Deleting what reports hold whose time is over. One report, one small transaction: killed anywhere, it goes on."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from reports import audit, workflow
from reports.audit import By
from reports.files import actions as files
from reports.models import Attachment, Message, Report, Tombstone
from reports.retention.periods import Period, over, period
from reports.retention.remainder import GONE, KEPT, anonymise
from reports.states import State

BATCH = 200
Tell = Callable[[int], object]


@dataclass(frozen=True)
class Line:
    """One line of what a purge would delete."""

    type_name: str
    state: str
    period: Period
    reports: int


def purge(*, by: By, now: datetime | None = None, tell: Tell = lambda number: None) -> int:
    """Delete the words, files, keys and search terms of the reports whose time is over; return of how many.

    What is counted stays, and a tombstone. `tell` hears of each report that was looked at.
    """
    moment, done = now or timezone.now(), 0
    for report_id in _batches(moment):
        done += _purge_one(report_id, moment, by)
        tell(1)
    return done


def to_purge(now: datetime | None = None) -> int:
    """Return how many reports `purge` would delete."""
    return over(now or timezone.now()).count()


def plan(now: datetime | None = None) -> list[Line]:
    """Return what a purge would delete, by kind, how it ended, and rule."""
    found: Counter[tuple[str, str, Period]] = Counter()
    rules = over(now or timezone.now()).values_list("report_type__slug", "report_type__retention_days", "state")
    for slug, days, state, reports in rules.order_by().annotate(reports=Count("pk")):
        found[slug, state, period(days, State(state))] += reports
    return [Line(*key, reports=count) for key, count in sorted(found.items(), key=lambda each: each[0][:2])]


def _batches(now: datetime) -> Iterator[UUID]:
    last: Any = None
    while True:
        rows = over(now).filter(pk__gt=last) if last else over(now)
        ids = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not ids:
            return
        yield from ids
        last = ids[-1]


@transaction.atomic
def _purge_one(report_id: UUID, now: datetime, by: By) -> bool:
    """Delete one report, if its time is still over now that its row is locked: a hold waits for the same lock.

    In this order: the key, the rows, then the columns that are emptied, the tombstone, the event. The stored files go
    when that is committed; what a killed process leaves of them no key opens, and the sweep removes it.
    """
    try:
        report = workflow.locked(report_id)
    except Report.DoesNotExist:
        return False
    if not over(now).filter(pk=report.pk).exists():
        return False
    found = period(report.report_type.retention_days, State(report.state))
    counts = _delete(report)
    report.purged_at = now
    report.save(update_fields=["purged_at", *anonymise(report)])
    Tombstone.objects.create(report=report, at=now, rule=found.rule, days=found.days, **counts)
    audit.record(
        "retention.purge", by=by, subject=f"report:{report.pk}", rule=found.rule.value, days=found.days, **counts
    )
    return True


def _delete(report: Report) -> dict[str, int]:
    attached = Attachment.objects.filter(report=report)
    counts = {"messages": Message.objects.filter(report=report).count(), "files": attached.count()}
    files.forget(attached)
    for model in GONE:
        model._default_manager.filter(report=report).delete()
    for model, emptied in KEPT.items():
        if emptied:
            model._default_manager.filter(report=report).update(**emptied)
    return counts
