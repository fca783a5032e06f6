"""Webhooks: made, their secret changed, switched off and on, and what did not arrive sent again."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from reports import audit, vault
from reports.feed import addresses, entries, signing
from reports.feed.delivering import CHANGE_OVER
from reports.models import Area, Job, Webhook, WebhookDelivery
from reports.processing.lanes import Lane
from reports.processing.nudge import nudge


@transaction.atomic
def hook(*, name: str, url: str, areas: Iterable[Area], by: User, **scope: Any) -> tuple[Webhook, str]:
    """Store a webhook, for what happens from now on, and return it with its secret, which nobody can learn later.

    `scope` is citywide, every_type and types. Raises addresses.Forbidden for an address that the settings do not allow.
    """
    addresses.read(url)
    entries.number()
    made = Webhook(name=name, url=url, made_by=by, made_at=timezone.now(), position=entries.last_number(), **scope)
    secret, key = signing.new_secret(), vault.new_data_key(place=made.key_place)
    made.wrapped_key, made.wrapped_by = key.wrapped, key.wrapped_by
    made.secret = vault.seal(secret, key=key, place=made.place)
    made.save(force_insert=True)
    made.areas.set(areas)
    audit.record("feed.hook", by=by, subject=f"webhook:{made.pk}", citywide=made.citywide, every_type=made.every_type)
    return made, secret


@transaction.atomic
def rotate(*, webhook_id: UUID, by: User) -> tuple[Webhook, str]:
    """Give a webhook a new secret and return it; the old one signs, too, for CHANGE_OVER."""
    found = Webhook.objects.select_for_update().get(pk=webhook_id)
    secret = signing.new_secret()
    found.secret_before, found.before_until = found.secret, timezone.now() + CHANGE_OVER
    found.secret = vault.seal(secret, key=found.key(), place=found.place)
    found.save(update_fields=["secret", "secret_before", "before_until"])
    audit.record("feed.rotate", by=by, subject=f"webhook:{found.pk}")
    return found, secret


@transaction.atomic
def switch(*, webhook_id: UUID, on: bool, by: User) -> None:
    """Switch a webhook off, which parks what it was still to be told, or on, for what happens from now on."""
    found = Webhook.objects.select_for_update().get(pk=webhook_id)
    if found.active == on:
        return
    found.active = on
    if on:
        entries.number()
        found.position = entries.last_number()
    else:
        waiting = Job.objects.filter(delivery__webhook=found, done_at=None, parked_at=None)
        waiting.update(parked_at=timezone.now(), last_error="SwitchedOff")
    found.save(update_fields=["active", "position"])
    audit.record("feed.switch", by=by, subject=f"webhook:{found.pk}", on=on)


@transaction.atomic
def replay(*, deliveries: QuerySet[WebhookDelivery], by: User) -> int:
    """Send deliveries once more, from the first try on, whether they arrived or not; return how many.

    Those of a webhook that is off stay as they are.
    """
    rows = deliveries.filter(webhook__active=True).values_list("pk", "webhook")
    found = dict(rows)
    fresh = {"attempts": 0, "done_at": None, "parked_at": None, "leased_until": None, "last_error": ""}
    Job.objects.filter(delivery__in=found).update(run_after=timezone.now(), **fresh)
    WebhookDelivery.objects.filter(pk__in=found).update(delivered_at=None)
    for webhook_id in set(found.values()):
        again = sum(each == webhook_id for each in found.values())
        audit.record("feed.replay", by=by, subject=f"webhook:{webhook_id}", count=again)
    transaction.on_commit(lambda: nudge(lane=Lane.OUTSIDE), robust=True)
    return len(found)


def undelivered(webhook: Webhook) -> QuerySet[WebhookDelivery]:
    """Return what was given up."""
    return webhook.deliveries.filter(job__parked_at__isnull=False)
