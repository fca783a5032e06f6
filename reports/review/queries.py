"""The queue: what is open, in which order, page by page."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.models import Report
from reports.permissions import visible
from reports.states import FINAL, State

PAGE = 30
ORDER = ("priority", "reported_at", "id")


@dataclass(frozen=True)
class Tab:
    """One view of the queue: which reports, under which name."""

    key: str
    label: str | Promise
    condition: Q


def tabs(user: User) -> list[Tab]:
    """Return the tabs in order; the first is where a shift begins."""
    still_open = ~Q(state__in=sorted(FINAL))
    return [
        Tab("unclaimed", _("Unclaimed"), Q(state=State.QUEUED)),
        Tab("mine", _("Mine"), Q(state=State.IN_REVIEW, claimed_by=user)),
        Tab("waiting", _("Waiting for resident"), Q(state=State.WAITING)),
        Tab("overdue", _("Overdue"), still_open & Q(due_at__lt=timezone.now())),
        Tab("open", _("All open"), still_open),
        Tab("decided", _("Decided"), Q(state__in=sorted(FINAL))),
    ]


def counts(user: User, among: list[Tab]) -> dict[str, int]:
    """Return how many reports each tab of open reports holds, in one statement."""
    numbers = {tab.key: Count("pk", filter=tab.condition) for tab in among if tab.key != "decided"}
    return visible(user).exclude(state__in=sorted(FINAL)).aggregate(**numbers)


def page(user: User, tab: Tab, after: str = "") -> tuple[list[Report], str]:
    """Return one page of a tab and the cursor of the next, "" at the end."""
    rows = visible(user).filter(tab.condition).select_related("report_type", "area__bureau", "claimed_by")
    found = list(_from(rows, after).order_by(*ORDER)[: PAGE + 1])
    return found[:PAGE], cursor(found[PAGE - 1]) if len(found) > PAGE else ""


def cursor(report: Report) -> str:
    """Return the place of a report in the queue's order as a short text for an address."""
    place = [report.priority, report.reported_at.isoformat(), str(report.pk)]
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def _from(rows: QuerySet[Report], after: str) -> QuerySet[Report]:
    """Continue behind a cursor; one that is not ours starts from the beginning."""
    if not after:
        return rows
    try:
        priority, reported_at, pk = _place(after)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return rows
    behind: Any = Q(priority__gt=priority)
    behind |= Q(priority=priority, reported_at__gt=reported_at)
    behind |= Q(priority=priority, reported_at=reported_at, pk__gt=pk)
    return rows.filter(Q(priority__gte=priority) & behind)


def _place(text: str) -> tuple[int, datetime, UUID]:
    priority, reported, pk = json.loads(base64.urlsafe_b64decode(text.encode()))
    reported_at = datetime.fromisoformat(reported)
    if reported_at.tzinfo is None:
        raise ValueError
    return int(priority), reported_at, UUID(pk)
