"""The queue's pages. Thin: queries find, actions decide."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from reports.review import queries
from reports.staff import staff_page


@staff_page("review.queue")
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """List the reports of one tab, thirty at a time."""
    all_tabs = queries.tabs(request.user)
    tab = next((tab for tab in all_tabs if tab.key == request.GET.get("tab")), all_tabs[0])
    rows, following = queries.page(request.user, tab, request.GET.get("after", ""))
    return render(
        request,
        "reports/review/queue.html",
        {
            **admin.site.each_context(request),
            "title": _("Reports"),
            "tabs": all_tabs,
            "tab": tab,
            "rows": rows,
            "next": following,
            "counts": queries.counts(request.user, all_tabs),
        },
    )
