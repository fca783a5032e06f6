"""Letters and text messages to residents: rows first, sent once, in the report's language, without its content."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from reports import audit, vault
from reports.audit import By
from reports.documents import opened, opened_version
from reports.models import Job, Notice, Report
from reports.notices import gateway
from reports.notices.held import stays_back
from reports.notices.short import short
from reports.phones import textable
from reports.ready import place_name
from reports.sections.base import Document
from reports.states import Action

Kind, Channel = Notice.Kind, Notice.Channel
# Which step of an officer is followed by which letter.
AFTER = {
    Action.ASK: Kind.QUESTION,
    Action.APPROVE: Kind.APPROVED,
    Action.REJECT: Kind.REJECTED,
    Action.REFER: Kind.REFERRED,
    Action.JOIN: Kind.JOINED,
    Action.WITHDRAW: Kind.TAKEN_BACK,
    Action.REOPEN: Kind.REOPENED,
}


def letter(notice: Notice, address: str) -> EmailMessage:
    """Return the letter in the report's language."""
    subject, body = worded(notice, notice.report.language)
    return EmailMessage(subject, body, to=[address], headers={"Message-ID": message_id(notice)})


def message_id(notice: Notice) -> str:
    """Return the same id however often a letter is sent: a worker may die between sending it and saying so."""
    digest = hmac.digest(vault.derived_key("message-id"), str(notice.pk).encode(), sha256).hex()[:32]
    return f"<{digest}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"


def worded(notice: Notice, language: str) -> tuple[str, str]:
    """Return a letter's subject and body in a language."""
    with translation.override(language):
        facts = {
            "reference": notice.report.reference,
            "agency_name": settings.AGENCY_NAME,
            "agency_phone": settings.AGENCY_PHONE,
            "url": settings.SITE_URL + reverse("status:find"),
            "place": _place(notice),
        }
        subject = render_to_string(f"reports/notices/{notice.kind}.subject.txt", facts).strip()
        return subject, render_to_string(f"reports/notices/{notice.kind}.txt", facts)


def _place(notice: Notice) -> str:
    """Return where a report went, or "" where the name would tell whoever reads the letter what was reported."""
    went = notice.report.referrals.last() if notice.kind == Kind.REFERRED else None
    return place_name(went) if went and (went.partner is None or went.partner.named_in_letters) else ""


def by_mail(notice: Notice, address: str) -> None:
    """Send a notice as a letter."""
    letter(notice, address).send()


def by_phone(notice: Notice, number: str) -> None:
    """Send a notice as a text message. Raises gateway.Refused or gateway.Unreachable."""
    gateway.send(to=number, words=short(notice), once=f"notice-{notice.pk}")


@dataclass(frozen=True)
class Way:
    """How a notice goes: to what of the person's part of the document, and by whom it is carried."""

    address: Callable[[Document], str | None]
    deliver: Callable[[Notice, str], None]


WAYS = {
    Channel.EMAIL: Way(lambda person: person.get("email"), by_mail),
    Channel.SMS: Way(lambda person: textable(person.get("phone", "")) if person.get("texts") else None, by_phone),
}


def reachable() -> Q:
    """Return the condition of reports whose residents can be written to."""
    return Q(has_email=True) | Q(wants_texts=True) if gateway.is_on() else Q(has_email=True)


def announce(*, report: Report, kind: Notice.Kind, by: By) -> list[Job]:
    """Store the notices and return their jobs (unsaved): none for a resident who left no way to be told."""
    wished = {Channel.EMAIL: report.has_email, Channel.SMS: report.wants_texts and gateway.is_on()}
    return [_job(report, kind, channel) for channel, is_wished in wished.items() if is_wished]


def announce_moved(*, report: Report, version: int, before: Document, after: Document, by: By) -> list[Job]:
    """Store what goes to an address or number that is no longer in force, and return the jobs (unsaved).

    `before` and `after` are the person's parts of the document, `version` is that of `before`.
    """
    jobs = []
    for channel in (Channel.EMAIL, Channel.SMS) if gateway.is_on() else (Channel.EMAIL,):
        old, new = (str(WAYS[channel].address(part) or "").lower() for part in (before, after))
        # Who only wants no more text messages has not moved.
        if old and new != old and (channel == Channel.EMAIL or after.get("texts")):
            jobs.append(_job(report, Kind.MOVED, channel, version))
    return jobs


def _job(report: Report, kind: Notice.Kind, channel: Notice.Channel, version: int | None = None) -> Job:
    notice = Notice.objects.create(report=report, kind=kind, channel=channel, version=version)
    return Job(kind=Job.Kind.NOTIFY, report=report, notice=notice)


def send(*, notice_id: int, by: By) -> None:
    """Send one notice unless it was sent before, or has to wait until its report is no longer held for a look.

    Call inside a transaction, which keeps a second sender out.
    """
    notice = (
        # What refers to it may be stored meanwhile.
        Notice.objects.select_for_update(of=("self",), no_key=True)
        .select_related("report__sealing_key", "report__document")
        .get(pk=notice_id)
    )
    if notice.sent_at:
        return
    report, way = notice.report, WAYS[Channel(notice.channel)]
    parts = opened(report) if notice.version is None else opened_version(report, notice.version)
    if address := way.address(parts.get("person", {})):
        if stays_back(notice, address):
            return
        way.deliver(notice, address)
    notice.sent_at = timezone.now()
    notice.save(update_fields=["sent_at"])
    by_what = {} if notice.channel == Channel.EMAIL else {"channel": notice.channel}
    audit.record("notices.send", by=by, subject=f"report:{notice.report_id}", kind=notice.kind, **by_what)
