"""What stays of a report and what goes, table by table. A table of reports that is not here fails a test.

Drafts have a period of their own (`intake.actions.DRAFT_LIFE`), notices to staff theirs (ALERT_DAYS).
"""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from reports import codes
from reports.models import (
    Alert,
    Attachment,
    CodedFact,
    Correction,
    Document,
    DocumentVersion,
    ExportLine,
    FeedReceipt,
    HateClassification,
    HateEscalation,
    Job,
    LegalHold,
    Message,
    Move,
    Note,
    Notice,
    Passage,
    Passing,
    Referral,
    Report,
    ReportKey,
    Tombstone,
    Translation,
)

# The key goes first: from then on nothing sealed opens, whatever becomes of the rest. Then rows that others lean on.
GONE: tuple[type[Model], ...] = (
    ReportKey,
    Job,
    Notice,
    Alert,
    Passing,
    Passage,
    Message,
    Note,
    DocumentVersion,
    Document,
)
# With their files, by `files.actions.forget`; and what goes with a row above.
GONE_OTHERWISE: frozenset[type[Model]] = frozenset({Attachment, Translation})
# Counted, or said of the report as a number, a code or a date: the columns named here are emptied.
KEPT: dict[type[Model], dict[str, Any]] = {
    CodedFact: {},
    Move: {},
    Referral: {},
    Correction: {},
    # Which exports held it, so that "only what was not exported yet" goes on telling.
    ExportLine: {},
    # Under which number another system has it: that is where to ask, now that nothing is here.
    FeedReceipt: {},
    HateEscalation: {"sealed_note": None},
    HateClassification: {"sealed_note": None},
    LegalHold: {},
    Tombstone: {},
}
FRESH = {field.name: field.get_default() for field in Report._meta.concrete_fields}
EMPTIED = (
    "has_email",
    "wants_texts",
    "contact_corrected_at",
    "news",
    "news_at",
    "held_for",
    "held_from",
    "held_like",
    "answer_due_at",
)


def anonymise(report: Report) -> list[str]:
    """Leave of the row what is counted; return the names of the columns that changed.

    The day on which it happened stays, the hour does not. The access code's hash stays, so that its holder can still
    be told how it ended; what the code was made from does not.
    """
    for name in EMPTIED:
        setattr(report, name, FRESH[name])
    for name in ("occurred_from", "occurred_until"):
        setattr(report, name, _noon(getattr(report, name)))
    report.draft_id = codes.new_id()
    return [*EMPTIED, "occurred_from", "occurred_until", "draft_id"]


def _noon(moment: datetime | None) -> datetime | None:
    """Return the middle of the moment's day in the agency's time zone: it counts on the same day as before."""
    return moment and timezone.localtime(moment).replace(hour=12, minute=0, second=0, microsecond=0)
