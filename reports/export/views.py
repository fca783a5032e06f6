"""The supervisor's export page."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from reports import csv_files
from reports.export import actions
from reports.export.forms import DownloadForm
from reports.staff import fresh_login, staff_page


@staff_page("export.download")
@fresh_login
def download(request: HttpRequest) -> HttpResponseBase:
    """Ask for the period; a valid POST streams the CSV."""
    form = DownloadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return csv_files.response(actions.download(**form.cleaned_data, by=request.user), "reports.csv")
    return render(
        request,
        "reports/export/download.html",
        {
            **admin.site.each_context(request),
            "title": _("Export approved reports"),
            "form": form,
        },
    )
