"""Reports on paper. Every paper that leaves the portal is recorded."""

from django.db import transaction

from reports import audit
from reports.audit import By
from reports.models import Report
from reports.paper import sheets
from reports.paper.typeset import pdf


@transaction.atomic
def copy(*, report: Report, by: By) -> bytes:
    """Return the resident's copy in the active language, and record it."""
    paper = pdf(sheets.copy(report))
    audit.record("paper.copy", by=by, subject=f"report:{report.pk}")
    return paper


@transaction.atomic
def official(*, report: Report, by: By) -> bytes:
    """Return the agency's copy of an approved report in the active language, and record it."""
    paper = pdf(sheets.official(report))
    audit.record("paper.official", by=by, subject=f"report:{report.pk}")
    return paper
