"""The auditor's page. Thin: queries find, actions leave the trace."""

from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from reports import csv_files
from reports.auditing import actions, queries
from reports.auditing.forms import FilterForm, ReasonForm
from reports.pages import takes_forms
from reports.staff import fresh_login, staff_page


@staff_page("audit")
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Show the log, newest first, as far as it was asked for."""
    return show(request, FilterForm(request.GET), ReasonForm())


@staff_page("audit")
@takes_forms(else_to="auditing:log")
@fresh_login
def download(request: HttpRequest) -> HttpResponseBase:
    """Give what the page shows as a CSV, with all its pages; the reason is audited."""
    form, taking = FilterForm(request.POST), ReasonForm(request.POST)
    if form.is_valid() and taking.is_valid():
        lines = actions.download(asked=form.asked, **taking.cleaned_data, by=request.user)
        return csv_files.response(lines, "audit-log.csv")
    return show(request, form, taking)


def show(request: HttpRequest, form: FilterForm, taking: ReasonForm) -> HttpResponse:
    """Render a page of the log with the look audited; what cannot be understood shows nothing but what is wrong."""
    rows, following, after = [], "", request.GET.get("after", "")
    if form.is_valid():
        check = queries.last_check()
        rows, following = queries.page(form.asked, after)
        actions.look(asked=form.asked, further=bool(after), by=request.user)
    else:
        check = None
    filters = {name: form.data.get(name, "") for name in form.fields if form.data.get(name)}
    context = {
        "title": _("Audit log"),
        "form": form,
        "taking": taking,
        "rows": rows,
        "next": following,
        "after": after,
        "check": check,
        "filters": filters,
        "query": urlencode(filters),
    }
    return render(request, "reports/auditing/log.html", {**admin.site.each_context(request), **context})
