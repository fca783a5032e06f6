"""The resident's return: reference and access code, an answer to a question."""

from django.db import transaction
from django.utils import timezone

from reports import codes, workflow
from reports.audit import By
from reports.documents import new_message
from reports.models import Report
from reports.proofs import fits
from reports.states import Action

LONGEST_ANSWER = 5000


def tried(*, reference: str, access_code: str) -> tuple[str, str]:
    """Return under which name wrong codes for this reference are counted, and the code as it is understood."""
    return "status:" + codes.understand_reference(reference), codes.understand(access_code)


def find(*, reference: str, access_code: str, by: By) -> Report | None:
    """Return the report when both fit, else None; a wrong code and an unknown reference look alike."""
    report = Report.objects.filter(reference=codes.understand_reference(reference)).first()
    return report if fits(report.access_code_hash if report else "", codes.understand(access_code)) else None


@transaction.atomic
def answer(*, report: Report, text: str, by: By) -> None:
    """Keep the resident's answer and give the report back to its officer.

    Raises workflow.CannotMove when no question is open any more.
    """
    report = workflow.locked(report.pk)
    new_message(report, text=text, from_agency=False, at=timezone.now()).save(force_insert=True)
    workflow.move(report, action=Action.ANSWER, by=by)
