"""Published weeks by e-mail: a row for each subscriber first, sent once."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from reports import audit
from reports.audit import By
from reports.counts.publishing import may_subscribe
from reports.models import CountLetter, CountSubscription

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8


def send_letters(*, by: By, now: datetime | None = None) -> int:
    """Send what is due; return how many went out. One that fails is tried again later, twice as late each time."""
    now, sent = now or timezone.now(), 0
    for pk in CountLetter.objects.filter(done_at=None, try_after__lte=now).order_by("id").values_list("pk", flat=True):
        try:
            sent += _send(pk, by, now)
        except Exception as error:  # noqa: BLE001 (whatever a mail server does, the others get theirs)
            _put_off(pk, type(error).__name__, now)
    return sent


@transaction.atomic
def _send(pk: int, by: By, now: datetime) -> bool:
    """Send one letter unless it was sent before; nothing goes to who unsubscribed or may not see counts any more."""
    rows = CountLetter.objects.select_for_update(of=("self",), skip_locked=True).select_related("week", "user")
    letter = rows.filter(pk=pk, done_at=None).first()
    if letter is None:
        return False
    subscription = CountSubscription.objects.filter(user=letter.user).first()
    is_wanted = bool(subscription and letter.user.email and may_subscribe(letter.user))
    if subscription and is_wanted:
        message(letter, subscription).send()
        audit_ending = letter.week.ending.isoformat()
        CountLetter.objects.filter(pk=pk).update(done_at=now)
        audit.record("counts.send", by=by, subject=f"user:{letter.user_id}", ending=audit_ending)
    else:
        CountLetter.objects.filter(pk=pk).update(done_at=now)
    return is_wanted


def message(letter: CountLetter, subscription: CountSubscription) -> EmailMessage:
    """Return the e-mail with the files that the person chose."""
    facts = {
        "ending": letter.week.ending,
        "agency_name": settings.AGENCY_NAME,
        "url": settings.SITE_URL + reverse("counts:week", args=[letter.week.ending]),
        "own": settings.SITE_URL + reverse("counts:subscribe"),
    }
    subject = render_to_string("reports/counts/letter.subject.txt", facts).strip()
    made = EmailMessage(subject, render_to_string("reports/counts/letter.txt", facts), to=[letter.user.email])
    kinds = {".pdf": (subscription.pdf, "application/pdf"), ".xlsx": (subscription.xlsx, XLSX)}
    for file in letter.week.files.all():
        is_wanted, content_type = kinds.get(file.name[file.name.rfind(".") :], (False, ""))
        if is_wanted:
            made.attach(file.name, bytes(file.content), content_type)
    return made


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _put_off(pk: int, error: str, now: datetime) -> None:
    letter = CountLetter.objects.get(pk=pk)
    letter.attempts += 1
    letter.try_after = now + timedelta(minutes=2**letter.attempts)
    letter.done_at = now if letter.attempts >= MOST_ATTEMPTS else None
    letter.save(update_fields=["attempts", "try_after", "done_at"])
    logger.warning("letter %s of counts failed: %s (attempt %s)", pk, error, letter.attempts)
