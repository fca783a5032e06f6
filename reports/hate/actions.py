"""Escalating a report as possible hate crime, and deciding what it is. No states, and nothing a resident reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reports import audit, codes, permissions, workflow
from reports.alerts.actions import alert
from reports.hate.opening import begin, record, sealed
from reports.hate.queries import Standing, months, standing
from reports.models import AlertKind, HateClassification, HateEscalation, Priority, Report, Sign, Verdict
from reports.processing.actions import ask_for


class Overtaken(Exception):
    """Somebody was faster; `standing` says how the report stands now."""

    def __init__(self, now: Standing) -> None:
        self.standing = now
        super().__init__("Somebody was faster.")


@transaction.atomic
def escalate(
    *, report_id: UUID, signs: Iterable[Sign], characteristics: Iterable[str], by: User, note: str = ""
) -> None:
    """Say that a report may be a hate crime: coordinator and supervisor are told, the time to classify begins.

    Raises Report.DoesNotExist outside the person's reach, Overtaken when it is escalated, or a hate crime, already.
    """
    report = workflow.locked(report_id)
    if not permissions.may_escalate(by, report):
        raise Report.DoesNotExist
    now = standing(report)
    if not now.may_be_escalated:
        raise Overtaken(now)
    escalation, jobs = begin(report, signs=signs, characteristics=characteristics, note=note, by=by)
    ask_for(jobs)
    record(escalation, by=by)


@dataclass(frozen=True)
class Found:
    """What a report was found to be, by which codes of the catalogue's tables, and what that rests on."""

    verdict: Verdict
    basis: Iterable[str]
    offence: str = ""
    biases: Iterable[str] = ()
    characteristics: Iterable[str] = ()
    note: str = ""


@transaction.atomic
def classify(*, report_id: UUID, seen: int, found: Found, by: User) -> None:
    """Find a report to be a hate crime, a hate incident or neither: a version of its own, which settles an escalation.

    `seen` is how far the person saw the report's standing. Only a crime keeps the sign of a possible hate crime; what
    is neither gets back the priority that it had. Raises Report.DoesNotExist or Overtaken.
    """
    report = workflow.locked(report_id)
    if not permissions.may_classify(by, report):
        raise Report.DoesNotExist
    now = standing(report)
    if now.steps != seen:
        raise Overtaken(now)
    row = _new_version(report, found, version=len(now.classifications) + 1, by=by)
    _settle(report, now, found.verdict)
    told = {person for person in (report.claimed_by, now.escalations[-1].by if now.escalations else None) if person}
    ask_for(alert(kind=AlertKind.CLASSIFIED, report=report, by=by, to=told))
    audit.record("hate.classify", by=by, subject=f"report:{report.pk}", verdict=str(found.verdict), version=row.version)


def _new_version(report: Report, found: Found, *, version: int, by: User) -> HateClassification:
    row_id = codes.new_id()
    return HateClassification.objects.create(
        id=row_id,
        report=report,
        version=version,
        verdict=found.verdict,
        offence=found.offence,
        biases=list(found.biases),
        characteristics=list(found.characteristics),
        basis=list(found.basis),
        sealed_note=sealed(report, found.note, row_id),
        by=by,
        at=timezone.now(),
    )


def _settle(report: Report, now: Standing, verdict: Verdict) -> None:
    if now.open:
        HateEscalation.objects.filter(pk=now.open.pk).update(settled_at=timezone.now())
    report.hate_verdict, report.possible_hate = verdict, verdict == Verdict.CRIME
    if verdict == Verdict.NEITHER and now.open and report.priority == Priority.HIGH:
        report.priority = now.open.priority_before
    report.save(update_fields=["hate_verdict", "possible_hate", "priority"])


@transaction.atomic
def count(*, year: int, by: User) -> list[list[Any]]:
    """Return a year's counts as rows of a table, and leave a trace. Numbers only."""
    rows = months(year, by)
    audit.record("hate.count", by=by, subject="hate", year=year)
    return rows
