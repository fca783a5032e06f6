"""What was decided on a report, as officers see it, and what was joined with it."""

from typing import Any

from django import template

from accounts.models import User
from reports import ready
from reports.catalogue import live
from reports.models import Along, Consent, Referral, Report
from reports.permissions import visible
from reports.review import wording
from reports.review.naming import name_all
from reports.states import State

register = template.Library()


@register.filter
def reject_words(key: str) -> str:
    """Return the reason why a report was rejected."""
    return live.reject_reason(key)


@register.simple_tag
def outcome(report: Report, user: User) -> dict[str, Any]:
    """Return where a report went and what stands with it: only reports that exist for the person are named."""
    known = visible(user)
    kept = known.filter(pk=report.duplicate_of_id).first() if report.duplicate_of_id else None
    others = list(known.filter(duplicate_of=report).order_by("reported_at"))
    name_all([*filter(None, [kept]), *others])
    return {
        "referral": _referral(report) if report.state == State.REFERRED else None,
        "kept": kept,
        "others": others,
    }


def _referral(report: Report) -> dict[str, Any] | None:
    row: Referral | None = report.referrals.select_related("partner", "station").last()
    if row is None:
        return None
    return {
        "row": row,
        "name": ready.place_name(row),
        "contact": ready.contact_of(row),
        "along": [wording.ALONG[Along(each)] for each in row.along],
        "consent": Consent(row.consent).label if row.consent else "",
    }
