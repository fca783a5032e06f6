"""Downloads of papers. The file's name says nothing, as others may see the list of downloads."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from reports import cookies
from reports.audit import RESIDENT
from reports.intake.queries import just_sent
from reports.models import Report
from reports.paper import actions
from reports.paper.download import download
from reports.states import State


@never_cache
@require_GET
def copy(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Give the resident's copy, as long and where the thank-you page can be seen."""
    report = just_sent(draft_id) if draft_id in cookies.drafts(request) else None
    if report is None:
        return render(request, "reports/intake/gone.html", status=410)
    return download(actions.copy(report=report, by=RESIDENT), "copy.pdf")


@never_cache
def official(request: HttpRequest) -> HttpResponse:
    """Give the official copy to whoever proved the access code; without it, ask for it."""
    report_id = cookies.status(request)
    return official_of(request, report_id) if report_id else redirect("status:find")


@require_GET
def official_of(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Give the official copy of an approved report; any other has none."""
    rows = Report.objects.select_related("report_type", "sealing_key", "document")
    report = rows.filter(pk=report_id, state=State.APPROVED).first()
    if report is None:
        raise Http404
    if report.purged_at:
        return redirect("status:show")
    return download(actions.official(report=report, by=RESIDENT), "copy.pdf")
