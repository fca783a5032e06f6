"""Beginning an escalation, by a person or by the resident's own answers to the screening."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from reports import audit, codes, vault, workdays
from reports.alerts.actions import alert
from reports.alerts.recipients import people
from reports.audit import By
from reports.documents import opened
from reports.models import AlertKind, HateEscalation, Job, Priority, Report, Sign
from reports.models.hate import note_place

# What a "yes" to a screening question of these keys is a sign of. Other keys say nothing.
SIGNS_OF_ANSWERS = {
    "threat": Sign.THREAT,
    "contact-or-injury": Sign.CONTACT,
    "damage": Sign.DAMAGE,
    "weapon": Sign.WEAPON,
    "stalking": Sign.STALKING,
}
YES = "yes"


def begin(
    report: Report,
    *,
    signs: Iterable[Sign],
    by: By,
    characteristics: Iterable[str] = (),
    note: str = "",
    now: datetime | None = None,
) -> tuple[HateEscalation, list[Job]]:
    """Escalate a locked report that is not escalated yet: the row with its clock, priority, what staff are told.

    Returns the jobs (unsaved, for `ask_for`), too. `record` comes last, after all else of the transaction.
    """
    now, row_id = now or timezone.now(), codes.new_id()
    escalation = HateEscalation.objects.create(
        id=row_id,
        report=report,
        signs=[Sign(sign).value for sign in signs],
        characteristics=list(characteristics),
        sealed_note=sealed(report, note, row_id),
        by=by if isinstance(by, User) else None,
        at=now,
        due_at=workdays.after(now, days=settings.CLASSIFICATION_DAYS),
        priority_before=report.priority,
    )
    report.possible_hate, report.priority = True, Priority.HIGH
    report.save(update_fields=["possible_hate", "priority"])
    return escalation, alert(kind=AlertKind.ESCALATED, report=report, by=by)


def told_of(report: Report, *, by: By) -> set[int]:
    """Return the ids of those who are told of an escalation of the report, as it stands."""
    return {person.pk for person in people(AlertKind.ESCALATED, report, by)}


def tell_others(report: Report, *, told: set[int], by: By) -> list[Job]:
    """Tell of an open escalation whom it concerns only now, as the report came to their area.

    `told` are those it concerned before. Returns the jobs (unsaved, for `ask_for`).
    """
    if not HateEscalation.objects.filter(report=report, settled_at=None).exists():
        return []
    others = [person for person in people(AlertKind.ESCALATED, report, by) if person.pk not in told]
    return alert(kind=AlertKind.ESCALATED, report=report, by=by, to=others)


def record(escalation: HateEscalation, *, by: By) -> None:
    """Append the audit event of an escalation."""
    due = timezone.localdate(escalation.due_at).isoformat()
    signs = dict.fromkeys(escalation.signs, True)
    audit.record("hate.escalate", by=by, subject=f"report:{escalation.report_id}", due=due, **signs)


def sealed(report: Report, note: str, row_id: UUID) -> bytes | None:
    """Return a note sealed with the report's key for its row, or None where nothing was written."""
    if not note.strip():
        return None
    return vault.seal(note, key=report.sealing_key.unwrap(), place=note_place(row_id))


def signs_of(report: Report) -> list[Sign]:
    """Return what the resident's answers to the screening are signs of. Raises vault.CannotOpen."""
    answers = opened(report).get("screening", {})
    return [sign for key, sign in SIGNS_OF_ANSWERS.items() if answers.get(key) == YES]
