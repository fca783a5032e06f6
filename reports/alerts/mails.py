"""The e-mails to staff: reference and link, nothing else of a report. Sent once."""

from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from reports.alerts.kinds import KINDS
from reports.alerts.queries import in_reach
from reports.models import Alert, AlertKind, AlertMail, Job

# More of one kind are counted, not named.
MOST_NAMED = 30


def mail(job: Job) -> None:
    """Send one e-mail unless it was sent before: what is still in the person's reach, and in a digest still unseen.

    What else waits to go to the person at once goes along, so that many reports given to somebody at the same moment
    are one e-mail. Call inside a transaction, which keeps a second sender out. Without anything left to say none goes.
    """
    rows = AlertMail.objects.select_for_update(of=("self",)).select_related("user")
    row = rows.filter(job=job).first()
    if row is None or row.sent_at or not (row.user.is_active and row.user.email):
        return
    along = [row.pk] if row.day else [row.pk, *_waiting(row)]
    alerts = [alert for alert in in_reach(row.user).filter(mail__in=along) if row.day is None or alert.seen_at is None]
    if alerts:
        letter(row, alerts).send()
        AlertMail.objects.filter(pk__in=along).update(sent_at=timezone.now())


def _waiting(row: AlertMail) -> list[int]:
    """Return, locked, what else is to go to the person at once and no other worker is sending."""
    others = AlertMail.objects.filter(user=row.user, day=None, sent_at=None, job__done_at=None).exclude(pk=row.pk)
    return list(others.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True))


def letter(row: AlertMail, alerts: list[Alert]) -> EmailMessage:
    """Return the e-mail, in English as all of the staff side."""
    facts = {
        "day": row.day,
        "number": len(alerts),
        "groups": groups(alerts),
        "agency_name": settings.AGENCY_NAME,
        "site": settings.SITE_URL,
        "list": reverse("alerts:show"),
        "choices": reverse("alerts:choose"),
    }
    with translation.override("en"):
        subject = " ".join(render_to_string("reports/alerts/mail.subject.txt", facts).split())
        return EmailMessage(subject, render_to_string("reports/alerts/mail.txt", facts), to=[row.user.email])


def groups(alerts: list[Alert]) -> list[dict[str, object]]:
    """Return the alerts by kind, the most urgent kinds first, a report once in each."""
    order = list(KINDS)
    found = []
    for kind, of_kind in groupby(
        sorted(alerts, key=lambda one: order.index(AlertKind(one.kind))), lambda one: one.kind
    ):
        reports = list({one.report_id: one.report for one in of_kind}.values())
        found.append(
            {"label": AlertKind(kind).label, "reports": reports[:MOST_NAMED], "more": len(reports[MOST_NAMED:])}
        )
    return found
