"""What the report page shows of escalation and classification."""

from datetime import datetime
from typing import Any

from django import template

from reports import permissions, workdays
from reports.hate import queries
from reports.models import CodeTable, Ground, Report, Sign

register = template.Library()


@register.simple_tag(takes_context=True)
def hate(context: dict[str, Any], report: Report) -> dict[str, Any]:
    """Return how a report stands, and what this person may say of it."""
    user, now = context["request"].user, queries.standing(report)
    return {
        "standing": now,
        "may_escalate": now.may_be_escalated and permissions.may_escalate(user, report),
        "may_classify": permissions.may_classify(user, report),
    }


@register.filter
def sign_words(signs: list[str]) -> list[str]:
    """Return signs in words."""
    return [str(Sign(sign).label) for sign in signs]


@register.filter
def basis_words(basis: list[str]) -> list[str]:
    """Return what a classification rests on, in words."""
    return [str(Ground(one).label) for one in basis]


@register.filter
def characteristic_words(codes: list[str]) -> list[str]:
    """Return protected characteristics by their names."""
    return queries.names(CodeTable.CHARACTERISTIC, codes)


@register.filter
def bias_words(codes: list[str]) -> list[str]:
    """Return biases with their codes."""
    return queries.names(CodeTable.BIAS, codes)


@register.filter
def offence_words(code: str) -> str:
    """Return an offence with its code."""
    return queries.names(CodeTable.OFFENCE, [code])[0]


@register.filter
def note_of(standing: queries.Standing, row: Any) -> str:
    """Return the note of an escalation or a classification, "" where there is none."""
    return standing.notes.get(row.pk, "")


@register.filter
def workdays_left(due_at: datetime) -> int:
    """Return how many working days are left until a moment; negative when it is over."""
    return workdays.left(due_at)
