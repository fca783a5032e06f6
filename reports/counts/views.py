"""The supervisor's weekly counts."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from reports.counts import actions, queries
from reports.counts.forms import WeekForm
from reports.export.views import csv_response
from reports.permissions import visible
from reports.staff import staff_page


@staff_page("counts.week")
def week(request: HttpRequest) -> HttpResponseBase:
    """Show a week's counts by type and area; a POST downloads them."""
    form = WeekForm(request.POST or request.GET or {"ending": queries.last_week_ending()})
    if request.method == "POST" and form.is_valid():
        ending = form.cleaned_data["ending"]
        return csv_response(actions.week(ending=ending, by=request.user), f"week-{ending}.csv")
    rows = queries.week(form.cleaned_data["ending"], visible(request.user)) if form.is_valid() else []
    return render(request, "reports/counts/week.html", {
        **admin.site.each_context(request), "title": _("Weekly counts"), "form": form, "rows": rows,
    })
