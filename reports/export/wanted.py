"""Which reports an export is about: filters of the queue, days of decision, or reports by their ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from reports.models import Report
from reports.permissions import visible
from reports.review.filters import FILTERS, Values


@dataclass(frozen=True)
class Wanted:
    """What was asked for. It says nothing of who may see it: that is asked anew whenever reports are read."""

    filters: Mapping[str, Values] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    # Chosen one by one; None: not so chosen.
    reports: tuple[str, ...] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as a row keeps it."""
        days = {name: day.isoformat() for name in ("first", "last") if (day := getattr(self, name))}
        named = {} if self.reports is None else {"reports": list(self.reports)}
        return {"filters": {key: list(values) for key, values in self.filters.items()}, **days, **named}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Wanted":
        """Return what a row keeps; a filter that there is no more finds nothing rather than everything."""
        filters = {key: tuple(values) for key, values in kept.get("filters", {}).items()}
        days = {name: date.fromisoformat(kept[name]) for name in ("first", "last") if name in kept}
        return cls(filters, **days, reports=tuple(kept["reports"]) if "reports" in kept else None)

    @classmethod
    def of(cls, reports: Iterable[UUID]) -> "Wanted":
        """Return that these reports are wanted."""
        return cls(reports=tuple(map(str, reports)))

    def condition(self, user: User) -> Q:
        """Return it as a condition of the database; `user` is whom "mine" means."""
        asked = Q()
        for key, values in self.filters.items():
            asked &= FILTERS[key].condition(values, user) if key in FILTERS else Q(pk__in=[])
        if self.first:
            asked &= Q(decided_at__gte=_midnight(self.first))
        if self.last:
            asked &= Q(decided_at__lt=_midnight(self.last + timedelta(days=1)))
        return asked & Q(pk__in=self.reports) if self.reports is not None else asked


def reports_of(wanted: Wanted, user: User) -> QuerySet[Report]:
    """Return the reports that are wanted, as far as they exist for the person."""
    return visible(user).filter(wanted.condition(user))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())
