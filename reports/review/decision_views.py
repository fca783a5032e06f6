"""Taking a decision: a look at what the resident gets, the answer, and what is said when it cannot be any more."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from reports.models import Report
from reports.pages import takes_forms
from reports.paper.download import download
from reports.review import actions
from reports.review.decision_forms import DECISIONS, JOIN_REFUSALS, NUMBER_TAKEN, Decision, DecisionForm
from reports.review.joining import CannotJoin
from reports.review.previews import rehearsed
from reports.review.seen import Overtaken, unchanged
from reports.review.views import back_to, kept, queue_url, show_report, with_report
from reports.staff import staff_page
from reports.states import Action, State
from reports.workflow import CannotMove

Result = TypeVar("Result")


@staff_page("review.queue")
@takes_forms(else_to="review:show", keep="report_id")
@with_report
def decide(request: HttpRequest, report: Report, action: str) -> HttpResponse:
    """Take one step; a refusal keeps what was typed and says what happened meanwhile."""
    decision, form = asked_for(request, report, action)
    if form.is_valid() and attempted(form, lambda: take(decision, form) or True):
        messages.success(request, decision.done)
        is_away = decision.action == Action.RELEASE
        return redirect(queue_url(request)) if is_away else back_to(request, report)
    return show_report(request, form.report, (decision.action, form))


@staff_page("review.queue")
@takes_forms(else_to="review:show", keep="report_id")
@with_report
def preview(request: HttpRequest, report: Report, action: str) -> HttpResponse:
    """Show what the resident would get, before anything is sent; "back" leads to the form with all that was typed."""
    decision, form = asked_for(request, report, action)
    if not decision.is_told:
        raise Http404
    if "back" in request.POST:
        return show_report(request, report, (decision.action, form.unchecked()))
    heard = form.is_valid() and attempted(
        form, lambda: rehearsed(report_id=report.pk, perform=lambda: take(decision, form))
    )
    if not heard:
        return show_report(request, form.report, (decision.action, form))
    typed = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_TYPED]
    context = {"title": _("Preview"), "report": report, "decision": decision, "heard": heard, "typed": typed}
    context["keep"] = kept(request)
    return render(request, "reports/review/preview.html", {**admin.site.each_context(request), **context})


@staff_page("review.queue")
@require_GET
@with_report
def handover(request: HttpRequest, report: Report) -> HttpResponse:
    """Give the paper for those to whom the report was passed on; there is one while it stands as passed on."""
    referral = report.referrals.select_related("partner", "station").last()
    if referral is None or report.state != State.REFERRED:
        raise Http404
    made = actions.handover(report=report, referral=referral, by=request.user)
    return download(made, f"{report.reference}-handover.pdf")


NOT_TYPED = frozenset({"csrfmiddlewaretoken", "back"})


def asked_for(request: HttpRequest, report: Report, action: str) -> tuple[Decision, DecisionForm]:
    """Return the decision that the address names, with what was typed. Raises Http404 for none."""
    decision = DECISIONS.get(action)  # type: ignore[call-overload]
    if decision is None:
        raise Http404
    return decision, decision.form(request.POST, prefix=action, report=report, by=request.user)


@transaction.atomic
def take(decision: Decision, form: DecisionForm) -> None:
    """Take the step of a valid form, if nobody did anything meanwhile. Raises what its action raises, or Overtaken."""
    form.hold()
    with unchanged(form.report.pk, form.then, by=form.by):
        decision.perform(report_id=form.report.pk, by=form.by, **form.given())


def attempted(form: DecisionForm, do: Callable[[], Result]) -> Result | None:
    """Do it and return what comes of it; of a refusal say in the form what stands in the way, and return None."""
    try:
        return do()
    except Overtaken as overtaken:
        form.add_error(None, overtaken.words())
        form.report = overtaken.report
    except CannotMove as refusal:
        form.add_error(None, meanwhile(refusal))
        form.report = refusal.report
    except CannotJoin as refusal:
        form.add_error("reference", JOIN_REFUSALS[refusal.why])
    except actions.NumberTaken:
        form.add_error("dr_number", NUMBER_TAKEN)
    return None


def meanwhile(refusal: CannotMove) -> str:
    """Return what stands in the way, in words."""
    state = State(refusal.report.state).label
    if refusal.report.claimed_by:
        return _("This is not possible now: the report is in state “%(state)s”, with %(who)s.") % {
            "state": state,
            "who": refusal.report.claimed_by.get_username(),
        }
    return _("This is not possible now: the report is in state “%(state)s”.") % {"state": state}
