"""The supervisor's dashboard, and the reports behind its figures."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import User
from reports.dashboard import periods
from reports.dashboard.board import NAMES, Board
from reports.dashboard.measures import MEASURES, UNITS, behind
from reports.dashboard.periods import Period
from reports.reading import reads
from reports.review.ordering import NEWEST, Place, page
from reports.staff import staff_page

# Of a part of the period: its first and last day stand in the address.
DAYS = "days"


@staff_page("dashboard.show")
@require_GET
@reads
def show(request: HttpRequest) -> HttpResponse:
    """Show the figures of a period."""
    period = Period.read(request.GET.get("days", ""))
    return render(
        request,
        "reports/dashboard/show.html",
        {
            **admin.site.each_context(request),
            "title": _("Dashboard"),
            "period": period,
            "periods": [(days, name, days == period.days) for days, name in periods.NAMES.items()],
            "board": Board(request.user, period),
        },
    )


@staff_page("dashboard.show")
@require_GET
@reads
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports that a figure counts, the latest first."""
    measure = MEASURES.get(request.GET.get("what", ""))
    by, unit = request.GET.get("by", ""), request.GET.get("unit", "")
    if measure is None or by not in {*UNITS, DAYS}:
        raise Http404
    period = Period.read(request.GET.get("days", ""))
    window = window_of(period, unit if by == DAYS else "")
    rows = behind(measure, request.user, window, Q() if by == DAYS else UNITS[by](unit))
    found = page(rows.select_related("report_type", "area__bureau"), NEWEST, place(request))
    asked = {"what": measure.key, "days": period.days} | ({"by": by, "unit": unit} if by else {})
    return render(
        request,
        "reports/dashboard/reports.html",
        {
            **admin.site.each_context(request),
            "title": measure.label,
            "period": period,
            "first": window[0],
            "last": window[1] - timedelta(days=1),
            "unit": named(by, unit),
            "number": rows.count(),
            "page": found,
            "address": urlencode(asked),
        },
    )


def window_of(period: Period, stretch: str) -> tuple[datetime, datetime]:
    """Return the moments between which the reports are looked for. Raises Http404."""
    try:
        return period.window(stretch)
    except (ValueError, OverflowError):
        raise Http404 from None


def place(request: HttpRequest) -> Place:
    """Return where in the list one is."""
    return Place(request.GET.get("after", ""), request.GET.get("before", ""))


def named(by: str, unit: str) -> str:
    """Return of which type, area, language or officer the reports are, in words."""
    if by == "officer":
        officer = User.objects.filter(pk=unit).first() if unit.isdecimal() else None
        return (officer.get_full_name() or officer.get_username()) if officer else ""
    if by == DAYS:
        return ""
    return str(NAMES[by]().get(unit, unit)) if by else ""
