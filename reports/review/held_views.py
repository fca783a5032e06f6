"""The tab of what is held for a look, in groups, and one step for a whole group. Thin: queries find, bulk decides."""

import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from reports.models import Report
from reports.pages import takes_forms
from reports.review import held as holding
from reports.review import queries
from reports.review.bulk import Outcome
from reports.review.bulk_forms import BulkForm, Step, taken
from reports.review.bulk_views import told
from reports.review.filters import FILTERS, Values
from reports.review.queue_views import narrowed
from reports.staff import staff_page

# What can be done with a group, and with which reason chosen beforehand.
STEPS = {"let_in": "", "reject": "spam"}
# A step with a large group stops here, says how far it came, and goes on at the next press.
SECONDS = 8.0
# So many of the group are shown before the step.
SHOWN = 10


def held_tab(request: HttpRequest) -> queries.Selection:
    """Return the held tab under the filters of the address."""
    tabs = queries.tabs(request.user)
    selected = queries.selection(request.GET, tabs)
    return selected.on(next(tab for tab in tabs if tab.key == "held"))


@staff_page("review.queue")
@require_GET
def held(request: HttpRequest) -> HttpResponse:
    """List the groups, thirty at a time."""
    user, selected = request.user, held_tab(request)
    tabs, way = queries.tabs(user), holding.chosen_way(request.GET.get("by", ""))
    context = {
        **admin.site.each_context(request),
        **narrowed(user, selected),
        "title": _("Held for a look"),
        "here": selected.query(),
        "tabs": [(tab, selected.on(tab).query()) for tab in tabs],
        "tab": selected.tab,
        "counts": queries.counts(user, tabs, selected),
        "ways": holding.WAYS.values(),
        "way": way,
        "groups": holding.groups(user, selected, way, page_of(request)),
        "steps": [step for step in taken(user) if step.key in STEPS],
    }
    return render(request, "reports/review/held.html", context)


def page_of(request: HttpRequest) -> int:
    """Return which page is asked for; what is no such number is the first."""
    text = request.GET.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


@staff_page("review.queue")
@takes_forms(else_to="review:held")
def settle(request: HttpRequest) -> HttpResponse:
    """Ask for the reason, then take the step with the whole group as it was when it was looked at."""
    step = next((each for each in taken(request.user) if each.key == request.POST.get("do")), None)
    group, until = holding.shares(request.POST.get("group", "")), moment(request.POST.get("until", ""))
    if step is None or step.key not in STEPS:
        raise Http404
    rows = holding.members(request.user, held_tab(request), group, until=until) if group and until else None
    if not rows or not rows.exists():
        messages.warning(request, _("Nothing of this group is held any more."))
        return to_held(request)
    is_answer = "answer" in request.POST
    initial = {"reason": STEPS[step.key]}
    form = step.form(request.POST if is_answer else None, initial=initial, reports=[], by=request.user)
    page = GroupPage(request, step, form, group, rows)
    if is_answer and form.is_valid():
        reports = in_time(rows[: holding.MOST])
        return page.done(step.perform(reports=reports, by=request.user, **form.cleaned_data))
    return page.shown()


def moment(text: str) -> datetime | None:
    """Return the moment that a form names, None for what is none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and is_aware(found) else None


def in_time(reports: Iterable[Report]) -> Iterator[Report]:
    """Yield reports until the time of one request is over: at least one of them."""
    end = time.monotonic() + SECONDS
    for report in reports:
        yield report
        if time.monotonic() > end:
            return


def to_held(request: HttpRequest) -> HttpResponse:
    """Go back to the groups."""
    way = holding.chosen_way(request.POST.get("group", "").split("-")[0])
    return redirect(f"{reverse('review:held')}?{held_tab(request).query()}&by={way.key}")


class GroupPage:
    """The page of a step with a group: what is asked, whom it is about, and how far it came."""

    def __init__(self, request: HttpRequest, step: Step, form: BulkForm, group: Values, rows: Any) -> None:
        self.request, self.step, self.form, self.group, self.rows = request, step, form, group, rows

    def done(self, outcomes: list[Outcome]) -> HttpResponse:
        """Go back to the groups where all went through; else say what did not, row by row, and what is left."""
        refused, said = told(outcomes)
        left = self.rows.exclude(pk__in=[report.pk for report, _why in refused]).count()
        if not refused and not left:
            messages.success(self.request, said)
            return to_held(self.request)
        return self.shown(refused=refused, said=said, left=left)

    def shown(self, **more: Any) -> HttpResponse:
        """Show the page."""
        number = self.rows.count()
        context = {
            **admin.site.each_context(self.request),
            "title": self.step.heading % {"number": number},
            "step": self.step,
            "form": self.form,
            "here": held_tab(self.request).query(),
            "group": self.group[0],
            "until": self.request.POST["until"],
            "filter": FILTERS[holding.SHARES].key,
            "way": holding.chosen_way(self.group[0].split("-")[0]),
            "reports": self.rows[:SHOWN],
            "others": max(0, number - SHOWN),
            **more,
        }
        return render(self.request, "reports/review/settle.html", context)
