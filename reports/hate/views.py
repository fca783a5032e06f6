"""Escalating, classifying, and the coordinator's list. Thin: queries find, forms check, actions decide."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reports import csv_files, permissions
from reports.hate import actions, queries
from reports.hate.actions import Found
from reports.hate.forms import ClassifyForm, EscalateForm, YearForm
from reports.models import Report
from reports.staff import staff_page

A_PAGE = 30
TABS = {"due": queries.to_classify, "without": queries.without, "classified": queries.classified}


def _report(request: HttpRequest, report_id: UUID) -> Report:
    """Return a report in the person's reach; one outside does not exist."""
    rows = permissions.visible(request.user).select_related("report_type", "area__bureau", "sealing_key")
    report = rows.filter(pk=report_id, purged_at=None).first()
    if report is None:
        raise Http404
    return report


@staff_page("review.queue")
@require_http_methods(["GET", "HEAD", "POST"])
def escalate(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Ask for the signs of a possible hate crime, and escalate."""
    report = _report(request, report_id)
    if request.method != "POST" and not (now := queries.standing(report)).may_be_escalated:
        messages.warning(request, meanwhile(now))
        return redirect("review:show", report.pk)
    form = EscalateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.escalate(report_id=report.pk, by=request.user, **form.cleaned_data)
        except actions.Overtaken as overtaken:
            form.add_error(None, meanwhile(overtaken.standing))
        else:
            messages.success(request, _("Escalated. The coordinator and the supervisor are told."))
            return redirect("review:show", report.pk)
    return _page(request, "reports/hate/escalate.html", report, form, _("Escalate as possible hate crime"))


@staff_page("hate.due")
@require_http_methods(["GET", "HEAD", "POST"])
def classify(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Ask what a hate report is, and keep it."""
    report = _report(request, report_id)
    if not permissions.may_classify(request.user, report):
        raise Http404
    now = queries.standing(report)
    form = ClassifyForm(request.POST or None, initial=_suggested(now))
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data.pop("seen")
            actions.classify(report_id=report.pk, seen=seen, found=Found(**form.cleaned_data), by=request.user)
        except actions.Overtaken as overtaken:
            form = _with_what_was_typed(form, overtaken.standing)
        else:
            messages.success(request, _("Classified. It counts in the state's statistics as you found it."))
            return redirect("review:show", report.pk)
    return _page(request, "reports/hate/classify.html", report, form, _("Classify"))


def _suggested(now: queries.Standing) -> dict[str, Any]:
    """Return the classification in force, or else the characteristics that the escalation names."""
    if now.current:
        fields = ("verdict", "offence", "biases", "characteristics", "basis")
        return {"seen": now.steps, **{name: getattr(now.current, name) for name in fields}}
    return {"seen": now.steps, "characteristics": now.open.characteristics if now.open else []}


def _with_what_was_typed(form: ClassifyForm, now: queries.Standing) -> ClassifyForm:
    """Return the form as it was typed, which from now on answers to what happened meanwhile."""
    typed = form.data.copy()
    typed["seen"] = str(now.steps)
    again = ClassifyForm(typed)
    again.is_valid()
    again.add_error(None, meanwhile(now))
    return again


def meanwhile(now: queries.Standing) -> str:
    """Return what somebody else did meanwhile, in words."""
    rows = sorted([*now.escalations, *now.classifications], key=lambda row: row.at)
    last = rows[-1]
    who = (last.by.get_full_name() or last.by.get_username()) if last.by else _("The portal")
    if last in now.classifications:
        said = {"who": who, "verdict": now.classifications[-1].get_verdict_display()}
        return _("%(who)s has classified this report meanwhile: %(verdict)s.") % said
    return _("%(who)s has escalated this report meanwhile.") % {"who": who}


def _page(request: HttpRequest, template: str, report: Report, form: Any, title: str) -> HttpResponse:
    context = {"title": title, "subtitle": report.reference, "report": report, "form": form}
    context |= {"standing": queries.standing(report), "days": settings.CLASSIFICATION_DAYS}
    return render(request, template, {**admin.site.each_context(request), **context})


@staff_page("hate.due")
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """List what has to be classified, what nobody looked at yet, and what is classified; and a year's numbers."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "due"
    pages = Paginator(TABS[tab](request.user), A_PAGE)
    years = queries.years(request.user)
    form = YearForm(request.GET if "year" in request.GET else {"year": years[0]}, years=years)
    year = form.cleaned_data["year"] if form.is_valid() else years[0]
    context = {"title": _("Classification"), "tab": tab, "page": pages.get_page(request.GET.get("page"))}
    context |= {"form": form, "year": year, **queries.totals(year, request.user)}
    return render(request, "reports/hate/due.html", {**admin.site.each_context(request), **context})


@staff_page("hate.due")
@require_POST
def count(request: HttpRequest) -> HttpResponseBase:
    """Give a year's numbers as a CSV."""
    form = YearForm(request.POST, years=queries.years(request.user))
    if not form.is_valid():
        return redirect("hate:due")
    year = form.cleaned_data["year"]
    rows = actions.count(year=year, by=request.user)
    lines = (csv_files.line(row) for row in [queries.HEADINGS, *rows])
    return csv_files.response(lines, f"hate-{year}.csv")
