"""The resident's return: reference and access code, an answer to a question."""

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from django.db import transaction
from django.utils import timezone

from reports import codes, workflow
from reports.audit import By
from reports.documents import new_message
from reports.intake.actions import HASHER
from reports.models import Report
from reports.states import Action

# Verified where there is no such reference, so that both answers take the same time.
NOBODYS = HASHER.hash("nobody's code")
LONGEST_ANSWER = 5000


def find(*, reference: str, access_code: str, by: By) -> Report | None:
    """Return the report when both fit, else None; a wrong code and an unknown reference look alike."""
    report = Report.objects.filter(reference=codes.understand_reference(reference)).first()
    fits = _fits(HASHER, report.access_code_hash if report else NOBODYS, codes.understand(access_code))
    return report if fits else None


def _fits(hasher: PasswordHasher, stored: str, letters: str) -> bool:
    try:
        return hasher.verify(stored, letters)
    except (Argon2Error, InvalidHashError):
        return False


@transaction.atomic
def answer(*, report: Report, text: str, by: By) -> None:
    """Keep the resident's answer and give the report back to its officer.

    Raises workflow.CannotMove when no question is open any more.
    """
    report = workflow.locked(report.pk)
    new_message(report, text=text, from_agency=False, at=timezone.now()).save(force_insert=True)
    workflow.move(report, action=Action.ANSWER, by=by)
