"""What a webhook's job does: say which report to pull, signed. What it says holds nothing of the report."""

import json
import time
from datetime import timedelta

from django.utils import timezone

from reports import vault
from reports.feed import sending, signing
from reports.models import Job, Webhook, WebhookDelivery

# So long the secret before a new one signs, too.
CHANGE_OVER = timedelta(days=7)


class SwitchedOff(Exception):
    """The webhook is off: nothing is sent."""


def deliver(job: Job) -> None:
    """Send the job's delivery. Raises sending.NotDelivered, addresses.Forbidden or SwitchedOff."""
    delivery = WebhookDelivery.objects.select_related("webhook").get(job=job)
    if not delivery.webhook.active:
        raise SwitchedOff
    body = told(delivery)
    answer = sending.post(delivery.webhook.url, body, headers(delivery, body, at=int(time.time())))
    now = timezone.now()
    WebhookDelivery.objects.filter(pk=delivery.pk).update(answer=answer, tried_at=now, delivered_at=now)


def note_failure(job: Job, error: Exception) -> None:
    """Keep when it was last tried and what the other side answered, for the admin."""
    answer = error.answer if isinstance(error, sending.NotDelivered) else None
    WebhookDelivery.objects.filter(job=job).update(answer=answer, tried_at=timezone.now())


def told(delivery: WebhookDelivery) -> bytes:
    """Return the body: ids, the reference, what happened, when. The same at every try."""
    body = {
        "id": str(delivery.pk),
        "event": delivery.event,
        "report": str(delivery.report_id),
        "reference": delivery.reference,
        "at": delivery.made_at.isoformat().replace("+00:00", "Z"),
    }
    return json.dumps(body, separators=(",", ":")).encode()


def headers(delivery: WebhookDelivery, body: bytes, *, at: int) -> dict[str, str]:
    """Return the headers of one try; `at` is its time in seconds since 1970."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "community-reports-feed/1",
        "Portal-Delivery": str(delivery.pk),
        signing.HEADER: signing.header(body, by=secrets_of(delivery.webhook), at=at),
    }


def secrets_of(webhook: Webhook) -> list[str]:
    """Return the secrets that sign now: the present one, and for a while the one before."""
    key = webhook.key()
    sealed = [webhook.secret]
    if webhook.secret_before is not None and webhook.before_until and webhook.before_until > timezone.now():
        sealed.append(webhook.secret_before)
    return [str(vault.open_sealed(each, key=key, place=webhook.place)) for each in sealed]
