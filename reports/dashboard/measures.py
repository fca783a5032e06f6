"""What is measured: each as the reports that it counts. The figures and the lists behind them start from here.

A first look is the first moment when a report is claimed by an officer, or assigned to one: before that nobody answers
for it. Opening the page alone is no beginning of work, and only the audit log, which is no statistics, knows of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.dashboard.periods import Period
from reports.models import Move, Report
from reports.permissions import visible
from reports.states import Action

Text = str | Promise
TAKEN = (Action.CLAIM, Action.ASSIGN, Action.STEAL)
DECIDING = (Action.APPROVE, Action.REJECT, Action.REFER, Action.JOIN)


@dataclass(frozen=True)
class Measure:
    """One thing that happens to reports. `moves` finds the moment in the history, `column` in the report itself;
    `is_repeated` says that it may happen several times to one report."""

    key: str
    label: Text
    column: str = ""
    moves: Callable[[QuerySet[Move]], QuerySet[Move]] | None = None
    is_repeated: bool = False


def _first_looks(moves: QuerySet[Move]) -> QuerySet[Move]:
    earlier = Move.objects.filter(report=OuterRef("report"), action__in=TAKEN, pk__lt=OuterRef("pk"))
    return moves.filter(~Exists(earlier), action__in=TAKEN)


MEASURES = {
    each.key: each
    for each in (
        Measure("received", _("Received"), column="reported_at"),
        Measure("looked", _("First looked at"), moves=_first_looks),
        Measure("decided", _("Decided"), column="decided_at"),
        Measure(
            "returned",
            _("Sent back with a question"),
            moves=lambda moves: moves.filter(action=Action.ASK),
            is_repeated=True,
        ),
        Measure(
            "lapsed", _("Not answered in time"), moves=lambda moves: moves.filter(action=Action.LAPSE), is_repeated=True
        ),
    )
}


def events(measure: Measure, user: User, period: Period) -> QuerySet[Report] | QuerySet[Move]:
    """Return one row for each time it happened in the period to a report that the person sees.

    What happens to a report several times in a period is counted by the first. The columns, in this order: what,
    report, slug, area, language, reported, moment.
    """
    if measure.moves is None:
        rows = visible(user).filter((f"{measure.column}__gte", period.since))
        return _columns(rows, measure, report="pk", of="", moment=measure.column)
    own = Move.objects.filter(at__gte=period.since, report__in=visible(user).values("pk"))
    moves = measure.moves(own)
    if measure.is_repeated:
        before = Move.objects.filter(report=OuterRef("report"), action=OuterRef("action"), pk__lt=OuterRef("pk"))
        moves = moves.filter(~Exists(before.filter(at__gte=period.since)))
    return _columns(moves.order_by(), measure, report="report_id", of="report__", moment="at")


def _columns(rows: QuerySet, measure: Measure, *, report: str, of: str, moment: str) -> QuerySet:  # type: ignore[type-arg]
    return rows.order_by().values_list(
        Value(measure.key),
        report,
        f"{of}report_type__slug",
        f"{of}area__number",
        f"{of}language",
        f"{of}reported_at",
        moment,
    )


def behind(measure: Measure, user: User, window: tuple[datetime, datetime], unit: Q) -> QuerySet[Report]:
    """Return the reports that a figure counts, each once: to which it happened between two moments."""
    since, until = window
    if measure.moves is None:
        return visible(user).filter(unit, (f"{measure.column}__gte", since), (f"{measure.column}__lt", until))
    happened = measure.moves(Move.objects.filter(at__gte=since, at__lt=until)).filter(report=OuterRef("pk"))
    return visible(user).filter(unit, Exists(happened))


# --- Of which reports ----------------------------------------------------------------
NONE = "none"
UNITS: dict[str, Callable[[str], Q]] = {
    "type": lambda unit: Q(report_type__slug=unit),
    "area": lambda unit: Q(area=None) if unit == NONE else Q(area__number=_number(unit)),
    "language": lambda unit: Q(language=unit),
    "officer": lambda unit: Q(Exists(decisions().filter(report=OuterRef("pk"), by_id=_number(unit)))),
    "": lambda unit: Q(),
}


def decisions() -> QuerySet[Move]:
    """Return the decisions that stand: of a report that was reopened the last one alone."""
    return Move.objects.filter(action__in=DECIDING, at=F("report__decided_at"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
