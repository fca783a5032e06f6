"""The supervisor's weekly counts."""

from datetime import date, timedelta

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from reports import csv_files
from reports.counts import actions, queries
from reports.counts.forms import WeekForm
from reports.permissions import visible
from reports.staff import staff_page

WEEK = timedelta(days=7)


@staff_page("counts.week")
def week(request: HttpRequest) -> HttpResponseBase:
    """Show a week's counts by type and area; a POST downloads them."""
    form = WeekForm(request.POST or request.GET or {"ending": queries.last_week_ending()})
    if request.method == "POST" and form.is_valid():
        ending = form.cleaned_data["ending"]
        return csv_files.response(actions.week(ending=ending, by=request.user), f"week-{ending}.csv")
    ending = form.cleaned_data["ending"] if form.is_valid() else None
    rows = queries.week(ending, visible(request.user)) if ending else []
    return render(
        request,
        "reports/counts/week.html",
        {
            **admin.site.each_context(request),
            "title": _("Weekly counts"),
            "form": form,
            "rows": rows,
            "ending": ending,
            "types": queries.by_type(rows),
            "whole": queries.total("", rows),
            **neighbours(ending),
        },
    )


def neighbours(ending: date | None) -> dict[str, date | None]:
    """Return the first day of the week, the week before, and the week after if it is over."""
    if ending is None:
        return {"first": None, "before": None, "after": None}
    after = ending + WEEK
    return {
        "first": ending - WEEK + timedelta(days=1),
        "before": ending - WEEK,
        "after": after if after <= queries.last_week_ending() else None,
    }
