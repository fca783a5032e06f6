"""The same step with many reports: each one by itself, so that what one refuses holds up no other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from reports import workflow
from reports.export import actions as exporting
from reports.export.wanted import Wanted
from reports.models import Area, Export, Report
from reports.permissions import visible
from reports.reasons import LetInReason
from reports.review import actions, claiming
from reports.review.correcting import CannotCorrect, correct_area
from reports.review.joining import CannotJoin, locked_pair
from reports.review.letting_in import NotHeld
from reports.review.letting_in import let_in as let_one_in

# A page of the queue, chosen whole, thrice.
MOST = 90
REFUSALS = (workflow.CannotMove, CannotCorrect, CannotJoin, NotHeld, Report.DoesNotExist)


@dataclass(frozen=True)
class Outcome:
    """What came of one report: nothing more to say, or what stood in the way."""

    report: Report
    refusal: Exception | None = None


def chosen(ids: Iterable[str], *, by: User) -> QuerySet[Report]:
    """Return the reports that were chosen, as far as they exist for the person; what is no id is nothing."""
    rows = visible(by).filter(pk__in=[pk for text in list(ids)[:MOST] if (pk := _id(text))])
    return rows.select_related("report_type", "area__bureau", "claimed_by").order_by("priority", "reported_at", "id")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def assign(*, reports: Iterable[Report], to: User, by: User) -> list[Outcome]:
    """Give all of them to a colleague."""
    return _each(reports, lambda report_id: claiming.assign(report_id=report_id, to=to, by=by))


def area(*, reports: Iterable[Report], area: Area, by: User) -> list[Outcome]:
    """Give all of them to another area."""
    return _each(reports, lambda report_id: correct_area(report_id=report_id, area=area, by=by))


def let_in(*, reports: Iterable[Report], reason: LetInReason, by: User) -> list[Outcome]:
    """Put all of them, which were held for a look, into the queue."""
    return _each(reports, lambda report_id: let_one_in(report_id=report_id, reason=reason, by=by))


def reject(*, reports: Iterable[Report], reason: str, by: User) -> list[Outcome]:
    """Close all of them for one reason that the residents read. Unclaimed ones are claimed for it."""

    @transaction.atomic
    def step(report_id: UUID) -> None:
        claiming.take_up(report_id=report_id, by=by)
        actions.reject(report_id=report_id, reason=reason, text="", by=by)

    return _each(reports, step)


def join(*, reports: Iterable[Report], kept: Report, by: User) -> list[Outcome]:
    """Join all of them with one that stays. Unclaimed ones are claimed for it."""

    @transaction.atomic
    def step(report_id: UUID) -> None:
        # In an order that all who join have in common, so that nobody waits for each other.
        locked_pair(report_id, kept.pk)
        claiming.take_up(report_id=report_id, by=by)
        actions.join(report_id=report_id, kept_id=kept.pk, by=by)

    return _each(reports, step)


def export(
    *, reports: Iterable[Report], kind: Export.Format, keys: Iterable[str], personal: bool, reason: str, by: User
) -> list[Outcome]:
    """Export all of them as one file, made at once where it is small. Raises CannotExport."""
    chosen_ones = list(reports)
    wanted = Wanted.of(report.pk for report in chosen_ones)
    made = exporting.ask(wanted=wanted, keys=keys, kind=kind, personal=personal, with_bom=False, reason=reason, by=by)
    if exporting.is_small(made, by=by):
        exporting.make_now(made, by=by)
    return [Outcome(report) for report in chosen_ones]


def _each(reports: Iterable[Report], step: Callable[[UUID], None]) -> list[Outcome]:
    outcomes = []
    for report in reports:
        try:
            step(report.pk)
        except REFUSALS as refusal:
            outcomes.append(Outcome(report, refusal))
        else:
            outcomes.append(Outcome(report))
    return outcomes
