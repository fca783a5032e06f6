"""What staff say of a report, in one call each."""

from typing import Any

from accounts.models import User
from reports.hate import actions
from reports.hate.queries import Standing, standing
from reports.models import Report, Verdict

SIGNS = {"signs": ["threat", "weapon"], "characteristics": ["religion"]}
CRIME = {
    "verdict": Verdict.CRIME,
    "offence": "13C",
    "biases": ["21"],
    "characteristics": ["religion"],
    "basis": ["words", "suspect"],
}
INCIDENT = CRIME | {"verdict": Verdict.INCIDENT, "offence": ""}
NEITHER = {"verdict": Verdict.NEITHER, "basis": ["no_bias"]}


def escalate(report: Report, by: User, **more: Any) -> Report:
    """Escalate a report, and return it as it is now."""
    actions.escalate(report_id=report.pk, by=by, **{**SIGNS, **more})
    return fresh(report)


def classify(report: Report, by: User, **found: Any) -> Report:
    """Classify a report as it stands, and return it as it is now."""
    seen = found.pop("seen", None) or stands(report).steps
    actions.classify(report_id=report.pk, seen=seen, found=actions.Found(**found), by=by)
    return fresh(report)


def fresh(report: Report) -> Report:
    """Return the report as the database has it."""
    return Report.objects.select_related("report_type").get(pk=report.pk)


def stands(report: Report) -> Standing:
    """Return how the report stands now."""
    return standing(fresh(report))
