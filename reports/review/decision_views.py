"""Taking a decision: the form's answer, and what is said when it is not possible any more."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from reports.models import Report
from reports.pages import takes_forms
from reports.review import actions
from reports.review.decision_forms import DECISIONS
from reports.review.seen import Overtaken, unchanged
from reports.review.views import show_report, with_report
from reports.staff import staff_page
from reports.states import Action, State
from reports.workflow import CannotMove


@staff_page("review.queue")
@takes_forms(else_to="review:show", keep="report_id")
@with_report
def decide(request: HttpRequest, report: Report, action: str) -> HttpResponse:
    """Take one step; a refusal keeps what was typed and says what happened meanwhile."""
    decision = DECISIONS.get(action)
    if decision is None:
        raise Http404
    form = decision.form(request.POST, prefix=action, report=report)
    if form.is_valid():
        try:
            with unchanged(report.pk, form.then, by=request.user):
                decision.perform(report_id=report.pk, by=request.user, **form.cleaned_data)
        except Overtaken as overtaken:
            form.add_error(None, overtaken.words())
            report = overtaken.report
        except CannotMove as refusal:
            form.add_error(None, meanwhile(refusal))
            report = refusal.report
        except actions.NumberTaken:
            form.add_error("dr_number", _("Another report already has this number."))
        else:
            messages.success(request, decision.done)
            return redirect("review:queue") if action == Action.RELEASE else redirect("review:show", report.pk)
    return show_report(request, report, (decision.action, form))


def meanwhile(refusal: CannotMove) -> str:
    """Return what stands in the way, in words."""
    state = State(refusal.report.state).label
    if refusal.report.claimed_by:
        return _("This is not possible now: the report is in state “%(state)s”, with %(who)s.") % {
            "state": state,
            "who": refusal.report.claimed_by.get_username(),
        }
    return _("This is not possible now: the report is in state “%(state)s”.") % {"state": state}
