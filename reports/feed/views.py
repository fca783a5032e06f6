"""The administrators' pages of the feed: who pulls, and tokens made and revoked."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from reports.feed import queries, tokens
from reports.feed.forms import TokenForm
from reports.models import FeedToken
from reports.pages import takes_forms
from reports.staff import fresh_login, staff_page


def page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """Render a page of the feed in the admin's frame."""
    return render(request, template, {**admin.site.each_context(request), **context})


@staff_page("feed")
@require_GET
def systems(request: HttpRequest) -> HttpResponse:
    """List the tokens and the webhooks."""
    names = queries.type_names()
    shown = [queries.shown(row, names) for row in queries.tokens()]
    hooks = [(row, queries.scope(row, names)) for row in queries.webhooks()]
    context = {"valid": [each for each in shown if each.row.is_valid], "hooks": hooks}
    ended = [each for each in shown if not each.row.is_valid]
    address = f"{settings.SITE_URL}/api/v1/"
    title = _("Systems outside")
    return page(request, "reports/feed/systems.html", title=title, ended=ended, address=address, **context)


@staff_page("feed")
@require_http_methods(["GET", "POST"])
@fresh_login
def make(request: HttpRequest) -> HttpResponse:
    """Make a token, and show it this once: the answer to the form, so that it is kept nowhere."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        token, text = tokens.make(by=request.user, **form.asked())
        return page(request, "reports/feed/made.html", title=_("The new token"), name=token.name, secret=text)
    return page(request, "reports/feed/make.html", title=_("New token"), form=form)


@staff_page("feed")
@takes_forms(else_to="feed:systems")
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Let a token open nothing any more."""
    token = FeedToken.objects.filter(pk=token_id).first()
    if token is None:
        raise Http404
    tokens.revoke(token_id=token.pk, by=request.user)
    messages.success(request, _("The token opens nothing any more."))
    return redirect("feed:systems")
