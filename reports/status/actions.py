"""The resident's return: reference and access code, an answer to a question."""

from django.db import transaction
from django.utils import timezone

from reports import audit, codes, vault, workflow
from reports.audit import By
from reports.documents import new_message, opened
from reports.models import DocumentVersion, Notice, Report
from reports.notices.actions import announce
from reports.processing.actions import ask_for
from reports.proofs import fits
from reports.sections import SECTIONS
from reports.sections.base import Document as Part
from reports.states import FINAL, Action
from reports.translating.passages import wanted

LONGEST_ANSWER = 5000


def tried(*, reference: str, access_code: str) -> tuple[str, str]:
    """Return under which name wrong codes for this reference are counted, and the code as it is understood."""
    return "status:" + codes.understand_reference(reference), codes.understand(access_code)


def find(*, reference: str, access_code: str, by: By) -> Report | None:
    """Return the report when both fit, else None; a wrong code and an unknown reference look alike."""
    report = Report.objects.filter(reference=codes.understand_reference(reference)).first()
    return report if fits(report.access_code_hash if report else "", codes.understand(access_code)) else None


class NotOpen(Exception):
    """The report is decided: nothing can be added any more."""


def _open(report: Report) -> Report:
    """Return the report locked. Raises NotOpen."""
    found = workflow.locked(report.pk)
    if found.state in FINAL:
        raise NotOpen
    return found


@transaction.atomic
def add(*, report: Report, text: str, by: By) -> None:
    """Keep what the resident adds, whether or not a question is open. Raises NotOpen."""
    report = _open(report)
    _say(report, text)
    audit.record("status.add", by=by, subject=f"report:{report.pk}")


@transaction.atomic
def contact(*, report: Report, by: By, email: str = "", phone: str = "") -> None:
    """Correct how to reach the person: a new version of the sealed document; the one before is kept sealed.

    What is empty stays as it was. Search terms are made anew, a letter to the address that is now in force follows.
    Raises NotOpen.
    """
    report = _open(report)
    parts = opened(report)
    corrected = {name: value for name, value in (("email", email), ("phone", phone)) if value}
    _replace(report, parts | {"person": parts.get("person", {}) | corrected})
    report.has_email = bool(parts.get("person", {}).get("email") or email)
    report.contact_corrected_at = timezone.now()
    report.save(update_fields=["has_email", "contact_corrected_at"])
    ask_for(announce(report=report, kind=Notice.Kind.CONTACT, by=by))
    audit.record("status.contact", by=by, subject=f"report:{report.pk}", version=report.document.version)


def _replace(report: Report, parts: dict[str, Part]) -> None:
    """Put a new version in the document's place."""
    document, key = report.document, report.sealing_key.unwrap()
    before = DocumentVersion(report=report, version=document.version, replaced_at=timezone.now())
    whole = vault.open_sealed(document.sealed, key=key, place=report.place("document"))
    before.sealed = vault.seal(whole, key=key, place=before.place)
    before.save(force_insert=True)
    document.version += 1
    document.sealed = vault.seal(whole | {"sections": parts}, key=key, place=report.place("document"))
    document.terms = vault.keyed({term for step, part in parts.items() for term in SECTIONS[step].terms(part)})
    document.save(update_fields=["version", "sealed", "terms"])


@transaction.atomic
def withdraw(*, report: Report, by: By) -> None:
    """Take the report back. It is kept, and its history says so. Raises workflow.CannotMove when it is decided."""
    report = workflow.locked(report.pk)
    ask_for(announce(report=report, kind=Notice.Kind.WITHDRAWN, by=by))
    workflow.move(report, action=Action.WITHDRAW, by=by)


@transaction.atomic
def answer(*, report: Report, text: str, by: By) -> None:
    """Keep the resident's answer and give the report back to its officer.

    Raises workflow.CannotMove when no question is open any more.
    """
    report = workflow.locked(report.pk)
    _say(report, text)
    workflow.move(report, action=Action.ANSWER, by=by)


def _say(report: Report, text: str) -> None:
    """Keep the resident's words, and have them translated where an officer may not understand them."""
    message = new_message(report, text=text, from_agency=False, at=timezone.now())
    message.save(force_insert=True)
    ask_for(wanted(report=report, text=text, message=message))
