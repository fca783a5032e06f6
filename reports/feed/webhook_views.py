"""The administrators' pages of webhooks: made, looked after, what did not arrive sent once more."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from reports.feed import queries, webhooks
from reports.feed.forms import WebhookForm
from reports.feed.views import page
from reports.models import Webhook
from reports.pages import takes_forms
from reports.staff import fresh_login, staff_page


def with_webhook(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a webhook that there is."""

    @wraps(view)
    def wrapped(request: HttpRequest, webhook_id: UUID, **kwargs: Any) -> HttpResponse:
        found = queries.webhooks().filter(pk=webhook_id).first()
        if found is None:
            raise Http404
        return view(request, found, **kwargs)

    return wrapped


@staff_page("feed")
@require_http_methods(["GET", "POST"])
@fresh_login
def hook(request: HttpRequest) -> HttpResponse:
    """Make a webhook, and show its secret this once."""
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made, secret = webhooks.hook(url=form.cleaned_data["url"], by=request.user, **form.scope())
        return told(request, made, secret)
    return page(request, "reports/feed/hook.html", title=_("New webhook"), form=form)


def told(request: HttpRequest, webhook: Webhook, secret: str) -> HttpResponse:
    """Show a secret as the answer to the form, so that it is kept nowhere."""
    title = _("The secret of the webhook")
    return page(request, "reports/feed/made.html", title=title, name=webhook.name, secret=secret, webhook=webhook)


@staff_page("feed")
@require_GET
@with_webhook
def deliveries(request: HttpRequest, webhook: Webhook) -> HttpResponse:
    """Show what a webhook was told and is still to be told."""
    return page(
        request,
        "reports/feed/deliveries.html",
        title=webhook.name,
        webhook=webhook,
        scope=queries.scope(webhook, queries.type_names()),
        rows=queries.deliveries(webhook, request.GET.get("page", "")),
    )


@staff_page("feed")
@takes_forms(else_to="feed:deliveries", keep="webhook_id")
@fresh_login
@with_webhook
def rotate(request: HttpRequest, webhook: Webhook) -> HttpResponse:
    """Give it a new secret, and show it this once."""
    changed, secret = webhooks.rotate(webhook_id=webhook.pk, by=request.user)
    return told(request, changed, secret)


@staff_page("feed")
@takes_forms(else_to="feed:deliveries", keep="webhook_id")
@with_webhook
def switch(request: HttpRequest, webhook: Webhook) -> HttpResponse:
    """Switch it off or on."""
    webhooks.switch(webhook_id=webhook.pk, on=request.POST.get("on") == "yes", by=request.user)
    messages.success(request, _("Saved."))
    return redirect("feed:deliveries", webhook.pk)


@staff_page("feed")
@takes_forms(else_to="feed:deliveries", keep="webhook_id")
@with_webhook
def replay(request: HttpRequest, webhook: Webhook) -> HttpResponse:
    """Send one delivery once more, or all that were given up."""
    chosen = webhooks.undelivered(webhook)
    if "delivery" in request.POST:
        chosen = webhook.deliveries.filter(pk__in=_ids(request.POST["delivery"]))
    number = webhooks.replay(deliveries=chosen, by=request.user)
    words = ngettext("%(number)d delivery is sent once more.", "%(number)d deliveries are sent once more.", number)
    messages.success(request, words % {"number": number})
    return redirect("feed:deliveries", webhook.pk)


def _ids(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []
