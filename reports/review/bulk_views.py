"""One step for many reports: first asked for on a page of its own, then done, each refusal named by its row."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reports.models import Report
from reports.pages import takes_forms
from reports.review import bulk as many
from reports.review import wording
from reports.review.bulk_forms import BulkForm, Step, taken
from reports.review.correcting import Awaited, CannotCorrect
from reports.review.decision_forms import JOIN_REFUSALS
from reports.review.joining import CannotJoin
from reports.review.letting_in import NotHeld
from reports.review.queue_views import address, to_queue
from reports.staff import staff_page
from reports.states import FINAL, State
from reports.workflow import CannotMove, OutOfReach


@staff_page("review.queue")
@takes_forms(else_to="review:queue")
def bulk(request: HttpRequest) -> HttpResponse:
    """Ask what the step needs; with the answer, take it. Who is not offered the step does not find it."""
    step = next((each for each in taken(request.user) if each.key == request.POST.get("do")), None)
    if step is None:
        raise Http404
    reports = list(many.chosen(request.POST.getlist("report"), by=request.user))
    if not reports:
        messages.warning(request, _("Choose reports in the list first."))
        return to_queue(request)
    is_answer = "answer" in request.POST
    form = step.form(request.POST if is_answer else None, reports=reports, by=request.user)
    if is_answer and form.is_valid():
        return done(request, step, form, step.perform(reports=reports, by=request.user, **form.cleaned_data))
    return page(request, step, form, reports)


def told(outcomes: list[many.Outcome]) -> tuple[list[tuple[Report, str | Promise]], str]:
    """Return the reports with which it was not done, each with the reason, and with how many it was."""
    refused = [(outcome.report, why(outcome.refusal)) for outcome in outcomes if outcome.refusal]
    number = len(outcomes) - len(refused)
    return refused, ngettext("Done with %(number)s report.", "Done with %(number)s reports.", number) % {
        "number": number
    }


def done(request: HttpRequest, step: Step, form: BulkForm, outcomes: list[many.Outcome]) -> HttpResponse:
    """Go back to the list where all went through, else name row by row what did not."""
    refused, said = told(outcomes)
    if not refused:
        messages.success(request, said)
        return redirect(step.leads_to) if step.leads_to else to_queue(request)
    again = many.chosen([str(report.pk) for report, _why in refused], by=request.user)
    return page(request, step, form, list(again), refused=refused, said=said)


def page(request: HttpRequest, step: Step, form: BulkForm, reports: list[Report], **more: object) -> HttpResponse:
    """Show the step's page: what is asked, and which reports it is about."""
    heading = step.heading % {"number": len(reports)}
    shown = {"title": heading, "step": step, "form": form, "reports": reports, "here": address(request), **more}
    return render(request, "reports/review/bulk.html", {**admin.site.each_context(request), **shown})


# What stood in the way, in words; the first that fits.
WORDS: list[tuple[type[Exception], str | Promise | Callable[[Exception], str | Promise]]] = [
    (OutOfReach, gettext_lazy("It does not exist for that colleague.")),
    (CannotMove, lambda refusal: standing(refusal.report)),
    (Awaited, gettext_lazy("Its officer awaits an answer and would not see it any more.")),
    (CannotCorrect, lambda refusal: standing(refusal.report)),
    (CannotJoin, lambda refusal: JOIN_REFUSALS[refusal.why]),
    (NotHeld, lambda refusal: _("It is not held any more. %(how)s") % {"how": standing(refusal.report)}),
    (Report.DoesNotExist, gettext_lazy("It is not there any more.")),
]


def why(refusal: Exception) -> str | Promise:
    """Return what stood in the way of one report."""
    words = next(words for kind, words in WORDS if isinstance(refusal, kind))
    return words(refusal) if callable(words) else words


def standing(report: Report) -> str:
    """Return how a report stands, and with whom."""
    state = wording.STATES[State(report.state)]
    if report.claimed_by and report.state not in FINAL:
        who = report.claimed_by.get_full_name() or report.claimed_by.get_username()
        return _("%(who)s has it: %(state)s.") % {"who": who, "state": state}
    return _("It stands as: %(state)s.") % {"state": state}
