"""Published weeks: their list, one week with its revisions, their files, and who gets them. Thin."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reports.counts import letters, publishing
from reports.counts.forms import SubscriptionForm
from reports.models import CountSubscription, PublishedFile, PublishedWeek
from reports.staff import staff_page

PAGE = 53
CONTENT_TYPES = {"pdf": "application/pdf", "xlsx": letters.XLSX, "csv": "text/csv; charset=utf-8"}


@staff_page("counts.week")
@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """List the published weeks, a year on a page."""
    weeks = PublishedWeek.objects.filter(revision=0).defer("figures", "changes").order_by("-ending")
    before = _day(request.GET.get("before", ""))
    rows = list((weeks.filter(ending__lt=before) if before else weeks)[: PAGE + 1])
    revisions = dict(
        PublishedWeek.objects.filter(ending__in=[week.ending for week in rows], revision__gt=0)
        .order_by("revision")
        .values_list("ending", "revision")
    )
    return render(
        request,
        "reports/counts/published.html",
        {
            **admin.site.each_context(request),
            "title": _("Published weeks"),
            "weeks": [(week, revisions.get(week.ending, 0)) for week in rows[:PAGE]],
            "next": rows[PAGE - 1].ending if len(rows) > PAGE else None,
        },
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@staff_page("counts.week")
@require_GET
def week(request: HttpRequest, ending: date) -> HttpResponse:
    """Show a published week or one of its revisions, its files, and what changed before and since."""
    revisions = list(PublishedWeek.objects.filter(ending=ending).order_by("revision"))
    chosen = _chosen(revisions, request.GET.get("revision", ""))
    return render(
        request,
        "reports/counts/week.html",
        {
            **admin.site.each_context(request),
            "title": _("Published week"),
            "week": chosen,
            "revisions": revisions,
            "is_last": chosen == revisions[-1],
            "files": chosen.files.defer("content"),
            "since": publishing.since(chosen) if chosen == revisions[-1] else [],
            "is_as_published": publishing.is_as_published(chosen),
        },
    )


def _chosen(revisions: list[PublishedWeek], number: str) -> PublishedWeek:
    """Return the revision of a number, the last one without a number. Raises Http404."""
    found = [each for each in revisions if not number or str(each.revision) == number]
    if not found:
        raise Http404
    return found[-1]


@staff_page("counts.week")
@require_POST
def fetch(request: HttpRequest, file_id: int) -> HttpResponse:
    """Give a published file to the byte; the download is recorded."""
    file = get_object_or_404(PublishedFile.objects.select_related("week"), pk=file_id)
    try:
        content = publishing.fetch(file=file, by=request.user)
    except publishing.Altered:
        messages.error(request, _("This file is not as it was published. It is not given out; tell an administrator."))
        return redirect("counts:week", file.week.ending)
    answer = HttpResponse(content, content_type=CONTENT_TYPES[file.name.rpartition(".")[2]])
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@staff_page("counts.week")
def subscribe(request: HttpRequest) -> HttpResponse:
    """Let a person choose whether, and as which files, they get each published week."""
    form = SubscriptionForm(request.POST if request.method == "POST" else None, initial=_own(request))
    if request.method == "POST" and form.is_valid():
        publishing.subscribe(**form.cleaned_data, by=request.user)
        messages.success(request, _("Your choice is saved."))
        return redirect("counts:subscribe")
    context = {**admin.site.each_context(request), "title": _("Published weeks by e-mail"), "form": form}
    return render(request, "reports/counts/subscribe.html", context)


def _own(request: HttpRequest) -> dict[str, Any]:
    own = CountSubscription.objects.filter(user=request.user).first()
    return {"pdf": own.pdf, "xlsx": own.xlsx} if own else {"pdf": False, "xlsx": False}
