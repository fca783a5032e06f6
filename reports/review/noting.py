"""Notes: what the staff say among themselves about a report. They leave for no letter, page, paper or export."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from accounts.models import User
from reports import audit, workflow
from reports.alerts.actions import alert
from reports.documents import new_note, words_of_note
from reports.models import AlertKind, Note, Report
from reports.permissions import holders, may_hold, sees
from reports.processing.actions import ask_for

LONGEST_NOTE = 5000


@transaction.atomic
def note(*, report_id: UUID, text: str, by: User, mentioned: Iterable[User] = (), pk: UUID | None = None) -> None:
    """Keep a note, and tell the colleagues it mentions, as far as the report exists for them.

    `pk` is the form's own id for it: a second press of the button adds nothing. Raises Report.DoesNotExist.
    """
    report = workflow.locked(report_id)
    if not sees(by, report):
        raise Report.DoesNotExist
    if pk and Note.objects.filter(pk=pk).exists():
        return
    told = [person for person in mentioned if may_hold(person, report)]
    row = new_note(report, text=text, pk=pk, by=by, at=timezone.now())
    row.save(force_insert=True)
    row.mentioned.set(told)
    ask_for(alert(kind=AlertKind.MENTIONED, report=report, by=by, to=told))
    audit.record("review.note", by=by, subject=f"report:{report.pk}", mentioned=len(told))


def colleagues(report: Report, *, by: User) -> list[User]:
    """Return those who may be mentioned: all others for whom the report exists."""
    return list(holders([report]).exclude(pk=by.pk))


def people(report: Report, ids: Iterable[int]) -> list[User]:
    """Return those of `ids` and those who may be mentioned, in one statement; `may_be_mentioned` tells them apart."""
    within = Q(pk__in=holders([report]).values("pk"))
    told = Case(When(within, then=Value(True)), default=Value(False))
    return list(User.objects.filter(Q(pk__in=set(ids)) | within).annotate(may_be_mentioned=told))


@dataclass(frozen=True)
class Shown:
    """A note with its words, and the ids of those it mentions."""

    row: Note
    text: str
    mentioned: list[int] = field(default_factory=list)


def of_report(report: Report) -> list[Shown]:
    """Return the report's notes, oldest first, in one statement."""
    key = report.sealing_key.unwrap()
    told = ArrayAgg("mentioned", filter=Q(mentioned__isnull=False), order_by="mentioned")
    rows = Note.objects.filter(report=report).annotate(told=told).order_by("at", "id")
    return [Shown(row, words_of_note(row, key), row.told or []) for row in rows]
