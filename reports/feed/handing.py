"""From the feed's entries to deliveries: each webhook hears of each change once, in the order of the feed."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from reports.audit import By
from reports.feed import entries
from reports.models import FeedEntry, Job, Webhook, WebhookDelivery
from reports.permissions import fed
from reports.processing.actions import ask_for

# So many deliveries are made in one transaction; the rest follow with the next sweep.
MOST_AT_ONCE = 500
KEPT = timedelta(days=30)
Event = WebhookDelivery.Event


def hand_out(*, by: By) -> int:
    """Number what was committed, and make the deliveries of every webhook that is on; return how many were made."""
    entries.number()
    upto = entries.last_number()
    behind = Webhook.objects.filter(active=True, position__lt=upto).order_by("made_at")
    return sum(_hand_out(pk, upto) for pk in behind.values_list("pk", flat=True))


@transaction.atomic
def _hand_out(webhook_id: UUID, upto: int) -> int:
    hook = Webhook.objects.select_for_update(skip_locked=True).filter(pk=webhook_id, active=True).first()
    if hook is None or hook.position >= upto:
        return 0
    found = list(entries.latest(hook, start=hook.position, end=upto)[:MOST_AT_ONCE])
    made = WebhookDelivery.objects.bulk_create(_deliveries(hook, found))
    ask_for([Job(kind=Job.Kind.WEBHOOK, delivery=each) for each in made])
    hook.position = found[-1].number or upto if len(found) == MOST_AT_ONCE else upto
    hook.save(update_fields=["position"])
    return len(made)


def _deliveries(hook: Webhook, found: list[FeedEntry]) -> list[WebhookDelivery]:
    there = set(fed(hook).filter(pk__in=[entry.report_id for entry in found]).values_list("pk", flat=True))
    now = timezone.now()
    return [
        WebhookDelivery(
            webhook=hook,
            number=entry.number or 0,
            report_id=entry.report_id,
            reference=entry.reference,
            event=Event.AVAILABLE if entry.report_id in there else Event.GONE,
            made_at=now,
        )
        for entry in found
    ]


def purge(*, by: By) -> int:
    """Delete the deliveries of long ago with their jobs; return how many. The feed still has them all."""
    deleted, _each = WebhookDelivery.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    return deleted
