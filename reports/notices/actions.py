"""Letters to residents: rows first, sent once, in the report's language, without content of the report."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from reports import audit
from reports.audit import By
from reports.documents import opened
from reports.models import Job, Notice, Report
from reports.states import Action

# Which step of an officer is followed by which letter.
AFTER = {
    Action.ASK: Notice.Kind.QUESTION,
    Action.APPROVE: Notice.Kind.APPROVED,
    Action.REJECT: Notice.Kind.REJECTED,
}


def announce(*, report: Report, kind: Notice.Kind, by: By) -> list[Job]:
    """Store the notice and return its job (unsaved); nothing for a resident who left no e-mail."""
    if not report.has_email:
        return []
    return [Job(kind=Job.Kind.NOTIFY, report=report, notice=Notice.objects.create(report=report, kind=kind))]


def send(*, notice_id: int, by: By) -> None:
    """Send one letter unless it was sent before. Call inside a transaction, which keeps a second sender out."""
    notice = (
        Notice.objects.select_for_update(of=("self",))
        .select_related("report__sealing_key", "report__document")
        .get(pk=notice_id)
    )
    if notice.sent_at:
        return
    address = opened(notice.report).get("person", {}).get("email")
    if address:
        letter(notice, address).send()
    notice.sent_at = timezone.now()
    notice.save(update_fields=["sent_at"])
    audit.record("notices.send", by=by, subject=f"report:{notice.report_id}", kind=notice.kind)


def letter(notice: Notice, address: str) -> EmailMessage:
    """Return the letter in the report's language."""
    with translation.override(notice.report.language):
        facts = {
            "reference": notice.report.reference,
            "agency_name": settings.AGENCY_NAME,
            "url": settings.SITE_URL + reverse("status:find"),
        }
        subject = render_to_string(f"reports/notices/{notice.kind}.subject.txt", facts).strip()
        return EmailMessage(subject, render_to_string(f"reports/notices/{notice.kind}.txt", facts), to=[address])
