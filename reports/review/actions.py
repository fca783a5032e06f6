"""What officers decide. Each step locks the report, moves it, and tells the resident after the commit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from reports import audit, workdays, workflow
from reports.alerts.actions import see
from reports.documents import keep_message
from reports.models import CodedFact, Job, Referral, Report
from reports.notices.actions import AFTER, announce
from reports.paper import sheets
from reports.paper.typeset import pdf
from reports.processing.actions import ask_for
from reports.ready import Facts, facts_of, filled
from reports.review.joining import CannotJoin, locked_pair, why_not
from reports.states import Action
from reports.translating.passages import wanted


class NumberTaken(Exception):
    """Another report already has this agency number."""


def look(*, report: Report, by: User) -> None:
    """Leave a trace that somebody opens the report's page, and clear the sign that the resident wrote.

    Only the look of who holds the report clears it, or anybody's while nobody does. What comes in while the page is
    being made keeps its sign. `report` itself goes on saying what was new. What told the person of it counts as seen.
    """
    see(report=report, by=by)
    if report.news and report.claimed_by_id in {None, by.pk}:
        _read_news(report, by)
    else:
        audit.record("review.look", by=by, subject=f"report:{report.pk}")


@transaction.atomic
def _read_news(report: Report, by: User) -> None:
    as_shown = Report.objects.filter(pk=report.pk, news=report.news, news_at=report.news_at)
    as_shown.update(news="", news_at=None)
    audit.record("review.look", by=by, subject=f"report:{report.pk}", read=report.news)


def reveal(*, report: Report, reason: str, by: User) -> None:
    """Leave a trace that somebody read the personal data, and why."""
    audit.record("review.reveal", by=by, subject=f"report:{report.pk}", reason=reason)


@transaction.atomic
def paper(*, report: Report, revealed: bool, by: User) -> bytes:
    """Return the report as a PDF, and leave a trace that tells whether it shows personal data."""
    made = pdf(sheets.desk(report, revealed=revealed))
    audit.record("review.paper", by=by, subject=f"report:{report.pk}", revealed=revealed)
    return made


@transaction.atomic
def handover(*, report: Report, referral: Referral, by: User) -> bytes:
    """Return the paper that goes with a referral as a PDF, and leave a trace that tells what stands on it."""
    made = pdf(sheets.handover(report, referral))
    audit.record("review.handover", by=by, subject=f"report:{report.pk}", along=",".join(referral.along))
    return made


def approve(
    *, report_id: UUID, dr_number: str, by: User, offence: str | None = None, text: str = "", question: str = ""
) -> None:
    """Approve with the agency's own number, and count it under an offence: the type's unless one is given, "" for none.

    Raises NumberTaken when another report has the number.
    """
    try:
        with transaction.atomic():
            report = workflow.locked(report_id)
            _count_under(report, offence)
            said = Said(text, question, {"dr_number": dr_number})
            _decide(report, Action.APPROVE, by, said, dr_number=dr_number)
    except IntegrityError as error:
        if "one_report_per_dr_number" not in str(error):
            raise
        raise NumberTaken from None


@transaction.atomic
def ask(*, report_id: UUID, text: str, by: User, question: str = "") -> None:
    """Ask the resident for more and wait for the answer: by a template, by words of one's own, or by both."""
    until = timezone.localdate(workdays.days_after(timezone.now(), days=settings.ANSWER_DAYS))
    _decide(workflow.locked(report_id), Action.ASK, by, Said(text, question, {"answer_by": until}))


@transaction.atomic
def reject(*, report_id: UUID, reason: str, text: str, by: User, question: str = "") -> None:
    """Close without approval for a reason the resident reads (a key of RejectReason), with more words if any."""
    report, said = workflow.locked(report_id), Said(text, question)
    _decide(report, Action.REJECT, by, said, step={"reason": reason}, reject_reason=reason)


@transaction.atomic
def refer(*, report_id: UUID, referral: Referral, by: User, text: str = "", question: str = "") -> None:
    """Pass the report on: `referral` (unsaved) says to whom, what goes along and by which consent, and is kept.

    The database refuses personal data (all of Along but FACTS) without a consent.
    """
    report = workflow.locked(report_id)
    referral.report, referral.by, referral.at = report, by, timezone.now()
    referral.save(force_insert=True)
    to = f"partner:{referral.partner_id}" if referral.partner_id else f"station:{referral.station_id}"
    details = {"to": to, "along": ",".join(referral.along), "consent": referral.consent}
    _decide(report, Action.REFER, by, Said(text, question, facts_of(referral)), step={"details": details})


@transaction.atomic
def join(*, report_id: UUID, kept_id: UUID, by: User, text: str = "", question: str = "") -> None:
    """Join the report with one that was made before and stays. Raises CannotJoin."""
    report, kept = locked_pair(report_id, kept_id)
    if why := why_not(report=report, kept=kept, by=by):
        raise CannotJoin(why)
    details = {"kept": f"report:{kept.pk}"}
    _decide(report, Action.JOIN, by, Said(text, question), step={"details": details}, duplicate_of=kept)


@transaction.atomic
def withdraw(*, report_id: UUID, reason: str, by: User, text: str = "", question: str = "") -> None:
    """Take the report back as the resident asked an officer to, for a reason (a key of WithdrawReason)."""
    _decide(workflow.locked(report_id), Action.WITHDRAW, by, Said(text, question), step={"reason": reason})


@transaction.atomic
def reopen(*, report_id: UUID, reason: str, by: User, text: str = "", question: str = "") -> None:
    """Take a decided report up again (reason: a key of ReopenReason); its old decision stands in the history.

    The agency's number stays with the report: nobody else may get it, and a second approval begins with it.
    """
    cleared = {"reject_reason": "", "duplicate_of": None}
    _decide(workflow.locked(report_id), Action.REOPEN, by, Said(text, question), step={"reason": reason}, **cleared)


@dataclass(frozen=True)
class Said:
    """What goes to the resident with a step: a template by its key, words of the officer's own, both or nothing."""

    text: str = ""
    question: str = ""
    facts: Facts = field(default_factory=dict)


def _decide(
    report: Report, action: Action, by: User, said: Said, step: Mapping[str, Any] = workflow.NOTHING, **fields: Any
) -> None:
    """Take a step with a locked report: words and letters first, then the move with its audit event."""
    jobs = announce(report=report, kind=AFTER[action], by=by)
    ask_for(jobs + _say(report, said, by))
    workflow.move(report, action=action, by=by, **step, **fields)


def _say(report: Report, said: Said, by: User) -> list[Job]:
    """Store a message, if there is anything to say; return the jobs (unsaved) that have it translated."""
    if not (said.text.strip() or said.question):
        return []
    ready = filled(said.question, report=report, facts=said.facts) if said.question else None
    now = timezone.now()
    message = keep_message(report, text=said.text, from_agency=True, by=by, at=now, question=said.question, ready=ready)
    return wanted(report=report, text=said.text, message=message)


def _count_under(report: Report, offence: str | None) -> None:
    """Let the report be counted under one offence, or none."""
    of_type = report.report_type.offence.code if report.report_type.offence else ""
    report.facts.filter(kind=CodedFact.Kind.OFFENCE).delete()
    if code := of_type if offence is None else offence:
        report.facts.create(kind=CodedFact.Kind.OFFENCE, code=code)
