"""What is held for a look, in groups of what it has in common: where it came from, its story, or its hour."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, Case, Count, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import TruncHour
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.catalogue import live
from reports.models import HeldFor, Report
from reports.review.filters import FILTERS, HOUR, Values
from reports.review.queries import Selection, listed

PAGE = 30
# One press takes no more of a group; what is left is there to be taken with the next one.
MOST = 1_000
SHARES = "shares"


@dataclass(frozen=True)
class Way:
    """One way to group: by which values of a report, and how they stand in an address."""

    key: str
    label: str | Promise
    by: Mapping[str, Any]
    name: Callable[[dict[str, Any]], str]
    # The words for what shares nothing with any other.
    alone: str | Promise = ""


def _or_none(column: str) -> Callable[[dict[str, Any]], str]:
    return lambda row: row[column] or "none"


WAYS = {
    way.key: way
    for way in (
        Way(
            "source",
            _("Where they came from"),
            {"held_from": "held_from"},
            _or_none("held_from"),
            _("Not known where from"),
        ),
        Way("story", _("What they tell"), {"held_like": "held_like"}, _or_none("held_like"), _("No words to compare")),
        Way(
            "time",
            _("When and why"),
            {"held_for": "held_for", "hour": TruncHour("reported_at", tzinfo=UTC)},
            lambda row: f"{row['held_for'] or 'none'}-{row['hour'].strftime(HOUR)}",
        ),
    )
}


@dataclass(frozen=True)
class Group:
    """Some held reports that have something in common. `shares` is how the filter of the queue knows them."""

    shares: str
    number: int
    hate: int
    since: datetime
    until: datetime
    reasons: list[Any] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    alone: str | Promise = ""


@dataclass(frozen=True)
class Groups:
    """A page of groups."""

    rows: list[Group]
    number: int
    has_more: bool


def groups(user: User, selected: Selection, way: Way, page: int) -> Groups:
    """Return a page of the groups that a selection of the held tab falls into, in one statement.

    Those in which residents spoke of hate come first, then the largest; what shares nothing comes last.
    """
    start = (page - 1) * PAGE
    computed = {name: by for name, by in way.by.items() if by != name}
    rows = listed(user, selected).order_by().annotate(**computed).values(*way.by)
    rows = rows.annotate(**FIGURES, is_alone=_is_alone(way))
    found = list(rows.order_by("is_alone", "-has_hate", "-number", *way.by)[start : start + PAGE + 1])
    return Groups([_group(way, row) for row in found[:PAGE]], page, len(found) > PAGE)


FIGURES: dict[str, Any] = {
    "number": Count("pk"),
    "hate": Count("pk", filter=Q(possible_hate=True)),
    "has_hate": Case(When(hate__gt=0, then=Value(1)), default=Value(0)),
    "since": Min("reported_at"),
    "until": Max("reported_at"),
    "reasons": ArrayAgg("held_for", distinct=True, order_by="held_for"),
    "types": ArrayAgg("report_type", distinct=True, order_by="report_type"),
    "areas": ArrayAgg("area__name", distinct=True, order_by="area__name", filter=Q(area__isnull=False)),
}


def _is_alone(way: Way) -> Case:
    empty = [When(**{name: ""}, then=Value(value=True)) for name in way.by if way.alone]
    return Case(*empty, default=Value(value=False), output_field=BooleanField())


def _group(way: Way, row: dict[str, Any]) -> Group:
    name = way.name(row)
    return Group(
        shares=f"{way.key}-{name}",
        reasons=[HeldFor(reason).label for reason in row["reasons"] if reason],
        types=list(dict.fromkeys(live.report_type(pk).name for pk in row["types"])),
        areas=row["areas"] or [],
        alone=way.alone if name == "none" else "",
        **{name: row[name] for name in ("number", "hate", "since", "until")},
    )


def chosen_way(text: str) -> Way:
    """Return the way that an address names, or the first."""
    return WAYS.get(text, next(iter(WAYS.values())))


def shares(text: str) -> Values:
    """Return the group that a form names as the filter reads it, nothing for what is no group."""
    return FILTERS[SHARES].read([text])


def members(user: User, selected: Selection, group: Values, *, until: datetime) -> QuerySet[Report]:
    """Return what the person sees of a group and what was there `until` they looked at it, oldest first."""
    rows = listed(user, selected).filter(FILTERS[SHARES].condition(group, user), reported_at__lte=until)
    return rows.select_related("report_type", "area__bureau", "claimed_by").order_by("reported_at", "id")
