"""What the administrators' pages show of the feed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.feed.columns import COLUMNS, PERSONAL
from reports.models import FeedScope, FeedToken, ReportType, Webhook, WebhookDelivery

PAGE = 30


def tokens() -> QuerySet[FeedToken]:
    """Return all tokens, the newest first, with all that a list shows of them."""
    counted = Count("receipts__report", distinct=True)
    return FeedToken.objects.prefetch_related("areas").select_related("made_by").annotate(acknowledged=counted)


def webhooks() -> QuerySet[Webhook]:
    """Return all webhooks, the newest first, with how many deliveries wait and were given up."""
    rows = Webhook.objects.prefetch_related("areas").select_related("made_by")
    waiting = Q(deliveries__job__done_at=None, deliveries__job__parked_at=None, deliveries__isnull=False)
    return rows.annotate(
        waiting=Count("deliveries", filter=waiting),
        given_up=Count("deliveries", filter=Q(deliveries__job__parked_at__isnull=False)),
        delivered=Max("deliveries__delivered_at"),
    )


@dataclass(frozen=True)
class Scope:
    """A scope in words."""

    places: str | Promise
    kinds: str | Promise


def scope(row: FeedScope, names: dict[str, str]) -> Scope:
    """Return which reports a token or webhook covers; `names` are the report types' by short name."""
    areas = ", ".join(sorted(area.name for area in row.areas.all()))
    kinds = ", ".join(sorted(names.get(slug, slug) for slug in row.types))
    return Scope(_("Whole city") if row.citywide else areas, _("Every report type") if row.every_type else kinds)


def type_names() -> dict[str, str]:
    """Return the names of all report types by short name."""
    return dict(ReportType.objects.order_by("version").values_list("slug", "name"))


@dataclass(frozen=True)
class Shown:
    """A token as the list shows it."""

    row: FeedToken
    scope: Scope
    # How many columns it may see, and which of them are personal.
    columns: int
    personal: list[str | Promise]


def shown(row: FeedToken, names: dict[str, str]) -> Shown:
    """Return a token with its scope in words."""
    known = [key for key in row.columns if key in COLUMNS]
    personal = [column.label for column in PERSONAL if column.key in known]
    return Shown(row, scope(row, names), len(known), personal)


STANDS = {"delivered": _("delivered"), "parked": _("given up"), "waiting": _("waits")}


@dataclass(frozen=True)
class Delivery:
    """A delivery as the list shows it."""

    row: WebhookDelivery
    stand: str
    words: str | Promise
    attempts: int
    next_try: datetime | None


def deliveries(webhook: Webhook, number: str) -> Page[Delivery]:
    """Return one page of a webhook's deliveries, the newest first."""
    rows = webhook.deliveries.select_related("job").order_by("-number")
    page: Any = Paginator(rows, PAGE).get_page(number)
    page.object_list = [_delivery(row) for row in page.object_list]
    return page  # type: ignore[no-any-return]


def _delivery(row: WebhookDelivery) -> Delivery:
    job = row.job
    stand = "delivered" if job.done_at else "parked" if job.parked_at else "waiting"
    return Delivery(row, stand, STANDS[stand], job.attempts, job.run_after if stand == "waiting" else None)
