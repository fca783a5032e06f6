"""Files on an officer's desk: a page for each, its plain copy, its original. Actions decide and leave the trace."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reports.files import actions, queries, thumbs
from reports.files.forms import DownloadForm
from reports.files.kinds import CONTENT_TYPES, EXTENSIONS
from reports.files.streaming import streamed
from reports.models import Attachment
from reports.staff import is_revealed, staff_page


def with_attachment(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the view a file of a report in the person's reach; one outside does not exist."""

    @wraps(view)
    def wrapped(request: HttpRequest, attachment_id: UUID) -> HttpResponseBase:
        attachment = queries.within_reach(request.user).filter(pk=attachment_id).first()
        if attachment is None:
            raise Http404
        return view(request, attachment)

    return wrapped


@staff_page("review.queue")
@require_GET
@with_attachment
def show(request: HttpRequest, attachment: Attachment) -> HttpResponse:
    """Show one file: its picture, if there is a copy to look at, and the way to the original."""
    return render(
        request,
        "reports/files/show.html",
        {
            **admin.site.each_context(request),
            "title": attachment.report.reference,
            "report": attachment.report,
            "file": queries.Shown(attachment, ""),
            "form": DownloadForm(),
        },
    )


@staff_page("review.queue")
@require_GET
@with_attachment
def view(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """Answer with the plain copy of a picture; each look is recorded."""
    if not actions.may_view(attachment):
        raise Http404
    content = actions.view(attachment=attachment, by=request.user)
    return streamed(content, "image/jpeg", "inline")


@staff_page("review.queue")
@require_GET
@with_attachment
def thumb(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """Answer with a small picture for the report's page, whose look, and reveal, are what the log records."""
    if not actions.may_view(attachment):
        raise Http404
    made = thumbs.thumb(attachment, is_open=is_revealed(request, attachment.report_id))
    return streamed(iter([made]), "image/jpeg", "inline")


@staff_page("review.queue")
@require_POST
@with_attachment
def download(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """Answer with the file as it was sent, for a reason that is recorded. Its name is ours: it tells nobody's."""
    form = DownloadForm(request.POST)
    if not actions.may_download(attachment):
        raise Http404
    if not form.is_valid():
        messages.warning(request, _("Choose why you need the file."))
        return redirect("files:show", attachment.pk)
    content = actions.download(attachment=attachment, by=request.user, **form.cleaned_data)
    name = f"{attachment.report.reference}-{attachment.position}.{EXTENSIONS[attachment.kind]}"
    response = streamed(content, CONTENT_TYPES[attachment.kind], content_disposition_header(True, name) or "attachment")
    response["Content-Length"] = attachment.size
    return response
