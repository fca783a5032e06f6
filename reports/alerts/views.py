"""What a person is told, and how they want to be told. Thin: queries find, actions do."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reports.alerts import actions, queries
from reports.alerts.forms import ChoiceForm
from reports.staff import staff_page

LONGEST_NUMBER = 18


@staff_page("alerts.show")
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """List what the person was told, newest first."""
    rows, following = queries.page(request.user, _number(request.GET.get("before", "")))
    context = {"title": _("Notices"), "rows": rows, "next": following, "is_first": "before" not in request.GET}
    return render(request, "reports/alerts/show.html", {**admin.site.each_context(request), **context})


@staff_page("alerts.show")
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Count one notice as seen, or all."""
    actions.read(by=request.user, alert_id=_number(request.POST.get("alert", "")))
    return redirect("alerts:show")


@staff_page("alerts.show")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Show how the person wants to be told of what, and take what was changed."""
    form = ChoiceForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.choose(ways=form.ways(), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("alerts:choose")
    context = {"title": _("My notices"), "form": form}
    return render(request, "reports/alerts/choose.html", {**admin.site.each_context(request), **context})


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None
