"""Claiming from the queue. Thin: `claiming` does it; a refusal says who was faster."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.models import Report
from reports.pages import takes_forms
from reports.review import claiming, queries, wording
from reports.review.queue_views import chosen, to_queue
from reports.review.views import with_report
from reports.staff import staff_page
from reports.states import FINAL, State
from reports.workflow import CannotMove


@staff_page("review.queue")
@takes_forms(else_to="review:queue")
@with_report
def claim(request: HttpRequest, report: Report) -> HttpResponse:
    """Take one report of the list and open it; who was too late stays in the list and is told who has it."""
    try:
        claiming.claim(report_id=report.pk, by=request.user)
    except CannotMove as refusal:
        messages.warning(request, not_any_more(refusal.report))
        return to_queue(request)
    return to_report(request, report.pk)


@staff_page("review.queue")
@takes_forms(else_to="review:queue")
def claim_next(request: HttpRequest) -> HttpResponse:
    """Take the first unclaimed report of the list as it is filtered and ordered, and open it."""
    selected = chosen(request)
    report_id = claiming.claim_next(among=queries.first_unclaimed(request.user, selected), by=request.user)
    if report_id is None:
        messages.info(request, _("There is nothing left to claim here."))
        return to_queue(request)
    return to_report(request, report_id)


def not_any_more(report: Report) -> str:
    """Return who has a report, or that it has moved on, in words."""
    if report.claimed_by and report.state not in FINAL:
        who = report.claimed_by.get_full_name() or report.claimed_by.get_username()
        return _("%(who)s was faster: %(reference)s is theirs now.") % {"who": who, "reference": report.reference}
    words = {"reference": report.reference, "state": wording.STATES[State(report.state)]}
    return _("%(reference)s cannot be claimed any more: %(state)s.") % words


def to_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Open a report that was just claimed, out of the list it stood in."""
    messages.success(request, _("The report is yours."))
    return redirect(f"{reverse('review:show', args=[report_id])}?{chosen(request).query()}")
