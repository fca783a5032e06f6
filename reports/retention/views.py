"""Legal holds. Thin: queries find, forms check, actions decide."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reports import permissions
from reports.models import HoldReason, LegalHold, Report
from reports.retention import holding
from reports.retention.forms import HoldForm
from reports.staff import staff_page

A_PAGE = 30


@staff_page("retention.holds")
@require_GET
def holds(request: HttpRequest) -> HttpResponse:
    """List the holds in force, those that wait for a second person first."""
    rows = LegalHold.objects.filter(lifted_at=None, report__in=permissions.visible(request.user).values("pk"))
    rows = rows.select_related("by", "asked_by", "report__report_type", "report__area__bureau")
    page = Paginator(rows.order_by("asked_at", "at", "id"), A_PAGE).get_page(request.GET.get("page"))
    context = {"title": _("Legal holds"), "page": page}
    return render(request, "reports/retention/holds.html", {**admin.site.each_context(request), **context})


@staff_page("retention.holds")
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Ask why a report must be kept, and keep it."""
    report = permissions.visible(request.user).filter(pk=report_id, purged_at=None).first()
    if report is None:
        raise Http404
    form = HoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = HoldReason(form.cleaned_data["reason"])
        return _done(request, report_id, lambda: holding.hold(report_id=report_id, reason=reason, by=request.user))
    context = {"title": _("Legal hold"), "subtitle": report.reference, "report": report, "form": form}
    return render(request, "reports/retention/hold.html", {**admin.site.each_context(request), **context})


@staff_page("retention.holds")
@require_POST
def ask_lift(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Ask for the hold to be lifted."""
    return _done(request, report_id, lambda: holding.ask_lift(report_id=report_id, by=request.user))


@staff_page("retention.holds")
@require_POST
def keep(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Let the hold stay."""
    return _done(request, report_id, lambda: holding.keep(report_id=report_id, by=request.user))


@staff_page("retention.holds")
@require_POST
def lift(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Lift a hold that a colleague asked to be lifted."""
    return _done(request, report_id, lambda: holding.lift(report_id=report_id, by=request.user))


def _done(request: HttpRequest, report_id: UUID, step: Callable[[], Any]) -> HttpResponse:
    """Take a step and go back to the report, with what stood in its way said."""
    try:
        step()
    except Report.DoesNotExist:
        raise Http404 from None
    except holding.Overtaken:
        messages.warning(request, _("Somebody was faster: the hold is no longer as you saw it."))
    except holding.SamePerson:
        messages.warning(request, _("You asked to lift this hold. Another supervisor has to lift it."))
    return redirect("review:show", report_id)
