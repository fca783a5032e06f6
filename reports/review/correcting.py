"""Putting right how a report is filed. Each correction is a row of its own; the resident's words stay as they are."""

from collections.abc import Iterable, Mapping
from copy import copy
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reports import audit, workdays, workflow
from reports.documents import opened
from reports.hate.opening import tell_others, told_of
from reports.models import Area, CodedFact, Correction, Priority, Report, ReportType
from reports.permissions import may_correct, sees
from reports.processing.actions import ask_for
from reports.review.fitting import facts_of, fit
from reports.states import Action, State

Of, Reason, Kind = Correction.Of, Correction.Reason, CodedFact.Kind


class CannotCorrect(Exception):
    """The report is decided, or a colleague works on it; `report` says how it stands."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(f"no correction in state {report.state}")


class Awaited(CannotCorrect):
    """An answer is awaited by an officer for whom the report would not exist any more."""


@transaction.atomic
def correct_area(*, report_id: UUID, area: Area, by: User, reason: str = Reason.PLACE) -> None:
    """Give a report to the area that serves it; nothing happens to one that is there already.

    An officer who has claimed it and for whom it no longer exists gives it back to the queue first. It may leave the
    reach of `by` too. Who is to classify a possible hate crime there is told. Raises Report.DoesNotExist outside
    that reach, CannotCorrect, or Awaited.
    """
    report = _to_correct(report_id, by)
    if report.area_id == area.pk:
        return
    before, told = report.area_id, told_of(report, by=by)
    _let_go(report, by, area=area)
    report.area = area
    report.save(update_fields=["area"])
    ask_for(tell_others(report, told=told, by=by))
    _keep(report, Of.AREA, before=before, after=area.pk, reason=reason, by=by)


@transaction.atomic
def correct_type(*, report_id: UUID, report_type: ReportType, by: User, reason: str) -> None:
    """File a report as another kind: target day, priority and counted codes follow; the sealed document stays as it is.

    Codes that an officer put right before stay. Raises as `correct_area` does.
    """
    report = _to_correct(report_id, by)
    before = report.report_type
    if before.pk == report_type.pk:
        return
    _let_go(report, by, report_type=report_type)
    report.report_type = report_type
    report.due_at = workdays.after(report.reported_at, days=report_type.review_target_days)
    if report.priority == usual_priority(before):
        report.priority = usual_priority(report_type)
    report.save(update_fields=["report_type", "due_at", "priority"])
    _count_anew(report)
    _keep(report, Of.TYPE, before=before.pk, after=report_type.pk, reason=reason, by=by)


def usual_priority(report_type: ReportType) -> Priority:
    """Return the priority that reports of a kind come in with."""
    return Priority.HIGH if report_type.is_hate else Priority.NORMAL


def _count_anew(report: Report) -> None:
    """Make the counted codes from the answers that fit, but for those that an officer put right."""
    corrected = set(report.corrections.filter(of__in=Kind.values).values_list("of", flat=True))
    fresh = facts_of(fit(opened(report), report.report_type).fitting)
    counted = report.facts.filter(kind=Kind.OFFENCE).exists()
    if counted and report.report_type.offence:
        fresh.append(CodedFact(kind=Kind.OFFENCE, code=report.report_type.offence.code))
    report.facts.exclude(kind__in=corrected).delete()
    _add(report, (fact for fact in fresh if fact.kind not in corrected))


def _add(report: Report, facts: Iterable[CodedFact]) -> None:
    rows = list(facts)
    for row in rows:
        row.report = report
    CodedFact.objects.bulk_create(rows)


@transaction.atomic
def correct_offence(*, report_id: UUID, code: str, by: User, reason: str) -> None:
    """Count a report under an offence code, "" for none. Raises as `correct_area` does."""
    report = _to_correct(report_id, by)
    _replace(report, Of.OFFENCE, [{"code": code}] if code else [], reason=reason, by=by)


@transaction.atomic
def correct_bias(*, report_id: UUID, codes: list[str], by: User, reason: str) -> None:
    """Count a report under these bias codes. Raises as `correct_area` does."""
    report = _to_correct(report_id, by)
    _replace(report, Of.BIAS, [{"code": code} for code in sorted(set(codes))], reason=reason, by=by)


@transaction.atomic
def correct_property(*, report_id: UUID, rows: list[Mapping[str, Any]], by: User, reason: str) -> None:
    """Count these things, each with code, loss, quantity and value. Raises as `correct_area` does."""
    report = _to_correct(report_id, by)
    _replace(report, Of.PROPERTY, rows, reason=reason, by=by)


def _replace(report: Report, of: Correction.Of, rows: list[Mapping[str, Any]], *, reason: str, by: User) -> None:
    """Put rows in the place of all counted codes of a kind; nothing happens where they are the same."""
    kind = Kind(of.value)
    before = counted(report, kind)
    fresh = [CodedFact(kind=kind, **row) for row in rows]
    after = sorted(map(told, fresh), key=str)
    if before == after:
        return
    report.facts.filter(kind=kind).delete()
    _add(report, fresh)
    words = [_in_short(of, each) for each in (before, after)]
    _keep(report, of, before=words[0], after=words[1], reason=reason, by=by)


def _in_short(of: Correction.Of, rows: list[dict[str, Any]]) -> Any:
    """Return counted codes as a correction keeps them: one code, several, or things with all that is known of them."""
    codes = [row["code"] for row in rows]
    return {Of.OFFENCE: codes[0] if codes else "", Of.BIAS: codes, Of.PROPERTY: rows}[of]


def counted(report: Report, kind: CodedFact.Kind) -> list[dict[str, Any]]:
    """Return the counted codes of a kind as JSON can hold them, in a fixed order."""
    return sorted((told(fact) for fact in report.facts.all() if fact.kind == kind), key=str)


def told(fact: CodedFact) -> dict[str, Any]:
    """Return one counted code as JSON can hold it."""
    value = None if fact.value is None else f"{Decimal(fact.value):.2f}"
    return {"code": fact.code, "loss": fact.loss, "quantity": fact.quantity, "value": value}


@transaction.atomic
def correct_premise(*, report_id: UUID, code: str, by: User, reason: str) -> None:
    """Count a report under a kind of place, "" for none. Raises as `correct_area` does."""
    _set(_to_correct(report_id, by), Of.PREMISE, "premise", code, reason=reason, by=by)


@transaction.atomic
def correct_priority(*, report_id: UUID, priority: int, by: User, reason: str) -> None:
    """Let a report be read sooner or later. Raises as `correct_area` does."""
    _set(_to_correct(report_id, by), Of.PRIORITY, "priority", Priority(priority).value, reason=reason, by=by)


def _set(report: Report, of: Correction.Of, column: str, value: Any, *, reason: str, by: User) -> None:
    before = getattr(report, column)
    if before == value:
        return
    setattr(report, column, value)
    report.save(update_fields=[column])
    _keep(report, of, before=before, after=value, reason=reason, by=by)


def _to_correct(report_id: UUID, by: User) -> Report:
    """Return a report locked to be put right. Raises Report.DoesNotExist or CannotCorrect."""
    report = workflow.locked(report_id)
    if not sees(by, report):
        raise Report.DoesNotExist
    if not may_correct(by, report):
        raise CannotCorrect(report)
    return report


def _let_go(report: Report, by: User, **changes: Any) -> None:
    """Give a locked report back to the queue when it would not exist any more for who has claimed it. Raises Awaited.

    Done before the change, while it still exists for `by`.
    """
    holder = report.claimed_by
    if holder is None or sees(holder, changed(report, **changes)) or report.decided_at:
        return
    if report.state != State.IN_REVIEW:
        raise Awaited(report)
    workflow.move(report, action=Action.RELEASE, by=by)


def changed(report: Report, **changes: Any) -> Report:
    """Return a copy in hand of the report as it would be."""
    as_if = copy(report)
    for name, value in changes.items():
        setattr(as_if, name, value)
    return as_if


def _keep(report: Report, of: Correction.Of, *, before: Any, after: Any, reason: str, by: User) -> None:
    """Keep what was put right, then the audit event, which names the row and no more."""
    row = Correction.objects.create(
        report=report, of=of, before=before, after=after, reason=Reason(reason), by=by, at=timezone.now()
    )
    audit.record("review.correct", by=by, subject=f"report:{report.pk}", of=of.value, correction=row.pk)
