"""The page on which an officer puts one thing right."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reports.documents import opened
from reports.models import Correction, Report
from reports.permissions import may_correct, sees
from reports.review import filed
from reports.review.correcting import Awaited, CannotCorrect
from reports.review.correcting_forms import CORRECTIONS, CorrectForm, Correcting
from reports.review.fitting import fit, lines_of
from reports.review.seen import Overtaken, stamp, unchanged
from reports.review.views import back_to, gone, kept, title_of, with_report, within_reach
from reports.staff import is_revealed, staff_page

Of = Correction.Of


@staff_page("review.queue")
@require_http_methods(["GET", "POST"])
@with_report
def correct(request: HttpRequest, report: Report, of: str) -> HttpResponse:
    """Put one thing right. For another kind of report the first press shows which answers fit, the second does it."""
    chosen = CORRECTIONS.get(of)
    if chosen is None:
        raise Http404
    form = chosen.form(request.POST if request.method == "POST" else None, report=report, by=request.user)
    if form.is_bound and form.is_valid() and (of != Of.TYPE or "fits" in request.POST) and _done(report, chosen, form):
        return _after(request, report)
    return _page(request, report, chosen, form)


def _done(report: Report, chosen: Correcting, form: CorrectForm) -> bool:
    """Do it, or say on the form what stands in the way."""
    try:
        with unchanged(report.pk, form.then, by=form.by):
            chosen.perform(report_id=report.pk, by=form.by, reason=form.cleaned_data["reason"], **form.value())
    except Overtaken as overtaken:
        form.add_error(None, overtaken.words())
    except Awaited:
        form.add_error(
            None, _("Who has this report could not open it any more when the answer comes. Give it to somebody first.")
        )
    except CannotCorrect:
        form.add_error(None, _("A colleague works on this report, or it is decided: only a supervisor can correct it."))
    except Report.DoesNotExist:
        # Given away meanwhile: the page that is made next finds it gone.
        form.add_error(None, _("This report is not in your areas any more."))
    return not form.errors


def _after(request: HttpRequest, report: Report) -> HttpResponse:
    """Go back to the report, or to the queue where it does not exist any more for the person."""
    if sees(request.user, Report.objects.select_related("report_type").get(pk=report.pk)):
        messages.success(request, _("The correction is kept."))
        return back_to(request, report)
    messages.success(request, _("The correction is kept. The report is not in your areas any more."))
    return redirect("review:queue")


def _page(request: HttpRequest, report: Report, chosen: Correcting, form: CorrectForm) -> HttpResponse:
    found = within_reach(request, report.pk) if form.is_bound else report
    if found is None:
        return gone(request)
    form.show(stamp(found))
    parts = opened(found)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": chosen.title,
        "report": found,
        "of": chosen.of,
        "form": form,
        "filed": filed.one(found, parts, chosen.of),
        "may_correct": may_correct(request.user, found),
        "keep": kept(request),
        "revealed": is_revealed(request, found.pk),
    }
    if chosen.of == Of.TYPE and form.is_bound and "type" in form.cleaned_data:
        fitting = fit(parts, form.value()["report_type"])
        context |= {
            "into": form.value()["report_type"],
            "fitting": [(title_of(section), lines) for section, lines in lines_of(fitting.fitting)],
            "left": [(title_of(section), lines) for section, lines in lines_of(fitting.left)],
            "unasked": [title_of(section) for section in fitting.unasked],
        }
    return render(request, "reports/review/correct.html", context)
