"""The resident's return: reference and access code, an answer to a question, an addition, a correction."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from reports import audit, codes, found_by, vault, workflow
from reports.alerts.actions import alert
from reports.audit import By
from reports.documents import keep_message, opened, words_of
from reports.files import replies
from reports.files.replies import Reply
from reports.models import AlertKind, DocumentVersion, Message, News, Notice, Report
from reports.notices.actions import announce, announce_moved
from reports.processing.actions import ask_for
from reports.proofs import fits, may_fit, nobodys_mark
from reports.sections import SECTIONS
from reports.sections.base import Document as Part
from reports.sections.screening import YES
from reports.states import FINAL, Action
from reports.translating.passages import wanted

LONGEST_ANSWER = 5000


def tried(*, reference: str, access_code: str) -> tuple[str, str]:
    """Return under which name wrong codes for this reference are counted, and the code as it is understood."""
    return "status:" + codes.understand_reference(reference), codes.understand(access_code)


def find(*, reference: str, access_code: str, by: By) -> Report | None:
    """Return the report when both fit, else None; a wrong code and an unknown reference look alike."""
    number, letters = codes.understand_reference(reference), codes.understand(access_code)
    nobodys = (nobodys_mark(number), "")
    # No more than this of a report before its code is proved, so that to find one takes as long as to find none.
    proof = Report.objects.filter(reference=number).values_list("access_mark", "access_code_hash").first()
    marked, stored = proof or nobodys
    is_right = may_fit(marked, name=number, letters=letters) and fits(stored, letters)
    return Report.objects.filter(reference=number).first() if is_right else None


class NotOpen(Exception):
    """The report is decided: nothing can be added any more."""


def _open(report: Report) -> Report:
    """Return the report locked. Raises NotOpen."""
    found = workflow.locked(report.pk)
    if found.state in FINAL:
        raise NotOpen
    return found


@transaction.atomic
def add(*, report: Report, text: str, by: By, reply: Reply | None = None) -> None:
    """Keep what the resident adds with the files that wait for it, whether or not a question is open.

    What was sent already is not added again. Raises NotOpen, or limits.Refused when the files became too many.
    """
    report = workflow.locked(report.pk)
    if _is_sent(report, text, reply):
        return
    if report.state in FINAL:
        raise NotOpen
    message = _say(report, text, reply, by)
    report.news, report.news_at = News.ADDED, message.at
    report.save(update_fields=["news", "news_at"])
    audit.record("status.add", by=by, subject=f"report:{report.pk}")


def _is_sent(report: Report, text: str, reply: Reply | None) -> bool:
    """Tell a second press of the button, or a lost answer of ours: the same words under the same id, nothing new."""
    sent = Message.objects.filter(pk=reply.id, report=report).first() if reply else None
    if sent is None or reply is None or reply.files().exists():
        return False
    return words_of(sent, reply.key()) == text


def _say(report: Report, text: str, reply: Reply | None, by: By) -> Message:
    """Store the words for the locked report with the files that wait for them, have them translated if need be, and
    tell the officer who holds the report.
    """
    message = keep_message(report, text=text, from_agency=False, pk=_free(reply), at=timezone.now())
    jobs = wanted(report=report, text=text, message=message)
    jobs += alert(kind=AlertKind.ANSWERED, report=report, by=by)
    ask_for(jobs + (replies.hand_over(reply=reply, message=message, by=by) if reply else []))
    return message


def _free(reply: Reply | None) -> UUID | None:
    """Return the reply's own id for its message; other words under an id that is taken get a new one."""
    return None if reply is None or Message.objects.filter(pk=reply.id).exists() else reply.id


@transaction.atomic
def contact(*, report: Report, by: By, email: str = "", phone: str = "", texts: str = "") -> None:
    """Correct how to reach the person: a new version of the sealed document; the one before is kept sealed.

    What is empty stays as it was; `texts` is YES or NO to text messages. Search terms are made anew. A notice goes to
    the address that is now in force, and another one to that which no longer is. Raises NotOpen.
    """
    report = _open(report)
    parts, version = opened(report), report.document.version
    before = parts.get("person", {})
    corrected = {name: value for name, value in (("email", email), ("phone", phone)) if value}
    after = before | corrected | ({"texts": texts == YES} if texts else {})
    _replace(report, parts | {"person": after})
    columns = SECTIONS["person"].columns(after)
    report.has_email, report.wants_texts = columns["has_email"], columns["wants_texts"]
    report.contact_corrected_at = timezone.now()
    report.save(update_fields=["has_email", "wants_texts", "contact_corrected_at"])
    jobs = announce(report=report, kind=Notice.Kind.CONTACT, by=by)
    ask_for(jobs + announce_moved(report=report, version=version, before=before, after=after, by=by))
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
    document.save(update_fields=["version", "sealed"])
    found_by.renew(report)


@transaction.atomic
def withdraw(*, report: Report, by: By) -> None:
    """Take the report back. It is kept, and its history says so. Raises workflow.CannotMove when it is decided."""
    report = workflow.locked(report.pk)
    ask_for(announce(report=report, kind=Notice.Kind.WITHDRAWN, by=by))
    workflow.move(report, action=Action.WITHDRAW, by=by)


@transaction.atomic
def answer(*, report: Report, text: str, by: By, reply: Reply | None = None) -> None:
    """Keep the resident's answer with the files that wait for it, and give the report back to its officer.

    What was sent already is not answered again. Raises workflow.CannotMove when no question is open any more, or
    limits.Refused when the files became too many.
    """
    report = workflow.locked(report.pk)
    if _is_sent(report, text, reply):
        return
    message = _say(report, text, reply, by)
    workflow.move(report, action=Action.ANSWER, by=by, news=News.ANSWERED, news_at=message.at)
