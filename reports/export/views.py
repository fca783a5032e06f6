"""The supervisor's export page."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from reports.export import actions
from reports.export.forms import DownloadForm
from reports.staff import staff_page


@staff_page("export.download")
def download(request: HttpRequest) -> HttpResponseBase:
    """Ask for the period; a valid POST streams the CSV."""
    form = DownloadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return csv_response(actions.download(**form.cleaned_data, by=request.user), "reports.csv")
    return render(
        request,
        "reports/export/download.html",
        {
            **admin.site.each_context(request),
            "title": _("Export approved reports"),
            "form": form,
        },
    )


def csv_response(lines: object, name: str) -> HttpResponse | StreamingHttpResponse:
    """Return lines as a CSV file to save, never to be shown in the browser."""
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )
