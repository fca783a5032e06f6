"""The supervisor's counts: the table with its drawings, the reports behind a figure, files. Thin."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reports.counts import actions, charts, drilling, screens, wording
from reports.counts import tables as made
from reports.counts.book import Book, open_book
from reports.counts.choices import Choice
from reports.counts.forms import CountForm
from reports.counts.scope import scope_of
from reports.reading import reads
from reports.review.ordering import NEWEST, Place, page
from reports.staff import staff_page

# What names a cell of a table in an address.
CELL = ("unit", "pair", "side")


@staff_page("counts.week")
@require_GET
@reads
def table(request: HttpRequest) -> HttpResponse:
    """Show the table of a choice."""
    return show(request, CountForm(request.GET, open_book()))


def show(request: HttpRequest, form: CountForm) -> HttpResponse:
    """Render the page; a choice that does not go together is explained beside its field."""
    found = of_choice(form.choice, request, form.book) if form.is_valid() else {}
    return render(
        request,
        "reports/counts/table.html",
        {**admin.site.each_context(request), "title": _("Counts"), "form": form, "formats": FORMATS, **found},
    )


FORMATS = {"xlsx": "XLSX", "pdf": "PDF", "csv": "CSV", "json": "JSON"}


def of_choice(choice: Choice, request: HttpRequest, book: Book) -> dict[str, Any]:
    """Return what the page shows of a choice."""
    scope = scope_of(request.user)
    counted = made.table(choice, scope, book)
    alone = counted.blocks[0].name if choice.key is not None and counted.blocks else _("All reports")
    bars = charts.bars(choice, scope, book)
    return {
        "table": counted,
        "title_of_table": wording.title(choice),
        "lines": wording.lines(counted),
        "blocks": screens.shown(counted),
        "words": choice.words(),
        "weeks": charts.lines(choice, alone, made.narrowed(scope, choice.bureau, book), book),
        "bars": bars,
        "bars_caption": choice.pairs[0][0].short,
        "has_rates": any(bar.rate is not None for bar in bars),
        "drawn": alone,
        "whole": screens.address(replace(choice, what=choice.of)) if choice.key is not None else "",
    }


@staff_page("counts.week")
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """Give the table as a file; the download is recorded."""
    form, kind = CountForm(request.POST, open_book()), request.POST.get("format", "")
    if kind not in FORMATS or not form.is_valid():
        return redirect("counts:table")
    choice = form.choice
    answer = HttpResponse(actions.download(choice=choice, format=kind, by=request.user))
    answer["Content-Type"] = actions.FORMATS[kind].content_type
    answer["Content-Disposition"] = f'attachment; filename="counts-{choice.layout}-{choice.as_of}.{kind}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@staff_page("counts.week")
@require_GET
@reads
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports behind one figure, thirty at a time."""
    form = CountForm(request.GET, open_book())
    if not form.is_valid():
        raise Http404
    choice, unit = form.choice, request.GET.get("unit", "")
    period = period_of(choice, request.GET)
    rows = drilling.reports_of(choice, unit, period, user=request.user, book=form.book)
    listed = page(rows.select_related("report_type", "area__bureau"), NEWEST, Place(after=request.GET.get("after", "")))
    return render(
        request,
        "reports/counts/reports.html",
        {
            **admin.site.each_context(request),
            "title": _("Reports behind a figure"),
            "rows": listed.rows,
            "number": rows.count(),
            "period": period,
            "heading": dict(flat(form.fields["what"].choices)).get(choice.what, ""),
            "unit": unit or _("all rows"),
            "back": screens.address(choice),
            "address": urlencode({**choice.words(), **{name: request.GET.get(name, "") for name in CELL}}),
            "next": listed.next,
        },
    )


def period_of(choice: Choice, query: Any) -> Any:
    """Return the period that the address names. Raises Http404."""
    try:
        now, then = choice.pairs[int(query.get("pair", ""))]
    except (ValueError, IndexError):
        raise Http404 from None
    return now if query.get("side") == "now" else then


def flat(choices: Any) -> list[tuple[str, Any]]:
    """Return the choices of a select without their groups."""
    return [pair for _group, pairs in choices for pair in pairs]
