"""What the row of a report says in a list, made once: a list has many, and a template is slow to ask a report again."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from accounts.models import User
from reports.models import Priority, Report
from reports.permissions import may
from reports.review import flags, wording
from reports.review.ages import ago, ahead
from reports.states import FINAL, Action, State

ANY = UUID(int=0)


@dataclass(frozen=True)
class Due:
    """A report's age against its target; of a decided one since when it is."""

    age: str
    words: str
    is_late: bool = False


def is_overdue(report: Report) -> bool:
    """Tell whether an open report has passed the moment by which it should have been read."""
    return report.state not in FINAL and report.due_at < timezone.now()


def due(report: Report) -> Due:
    """Return both in words."""
    if report.decided_at and report.state in FINAL:
        day = date_format(timezone.localtime(report.decided_at), "DATE_FORMAT")
        return Due(_("%(age)s ago") % {"age": ago(report.decided_at)}, day)
    if is_overdue(report):
        return Due(ago(report.reported_at), _("Overdue by %(age)s") % {"age": ago(report.due_at)}, is_late=True)
    return Due(ago(report.reported_at), _("due in %(time)s") % {"time": ahead(report.due_at)})


def row(report: Report, *, reader: User) -> dict[str, Any]:
    """Return what a row shows, each under its name: a template finds the keys of a dictionary at once."""
    may_claim, at = may(reader, Action.CLAIM, report), due(report)
    urgent = report.priority == Priority.HIGH
    return {
        "pk": report.pk,
        "reference": report.reference,
        "classes": ("late" if at.is_late else "") + (" urgent" if urgent else ""),
        "choose": _("Choose %(reference)s") % {"reference": report.reference},
        "url": address("review:show", report.pk),
        "kind": report.report_type.name,
        "area": report.area.name if report.area else "",
        "bureau": report.area.bureau.code if report.area else "",
        "due": at,
        "language": language(report.language),
        "flags": flags.of_report(report),
        "state": report.state,
        "state_words": wording.STATES[State(report.state)],
        "since": _since(report),
        "claim_url": address("review:claim", report.pk) if may_claim else "",
        "claimant": _claimant(report),
        "is_mine": report.claimed_by_id == reader.pk,
    }


def _since(report: Report) -> str:
    """Return how long a state goes on, or until when, where that matters."""
    if report.answer_due_at:
        return _("answer due in %(time)s") % {"time": ahead(report.answer_due_at)}
    return _("for %(age)s") % {"age": ago(report.state_since)} if report.state == State.IN_REVIEW else ""


def _claimant(report: Report) -> str:
    person = report.claimed_by
    return person.get_full_name() or person.get_username() if person else ""


@cache
def language(code: str) -> str | Promise:
    """Return a language's English name, or its code where Django knows none."""
    try:
        return str(get_language_info(code)["name"])
    except KeyError:
        return code


def address(name: str, pk: UUID) -> str:
    """Return the address of a page of one report."""
    return _pattern(name).replace(str(ANY), str(pk))


@cache
def _pattern(name: str) -> str:
    """Return the address of no report: made once, as every row has two."""
    return reverse(name, args=[ANY])
