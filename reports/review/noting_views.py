"""Writing a note, and writing to the resident. What cannot be kept comes back on the report's page as it was typed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from reports.models import Report
from reports.pages import takes_forms
from reports.review import informing, noting
from reports.review.noting_forms import InformForm, NoteForm
from reports.review.views import back_to, gone, show_report, with_report
from reports.staff import staff_page


@staff_page("review.queue")
@takes_forms(else_to="review:show", keep="report_id")
@with_report
def note(request: HttpRequest, report: Report) -> HttpResponse:
    """Keep a note, and tell whom it mentions."""
    colleagues = noting.colleagues(report, by=request.user)
    form = NoteForm(request.POST, prefix="note", colleagues=colleagues)
    if not form.is_valid():
        return show_report(request, report, note_form=form)
    chosen = set(form.cleaned_data.pop("mentioned", []))
    mentioned = [person for person in colleagues if person.pk in chosen]
    try:
        noting.note(report_id=report.pk, by=request.user, mentioned=mentioned, **form.cleaned_data)
    except Report.DoesNotExist:
        return gone(request)
    messages.success(request, _("The note is kept."))
    return back_to(request, report, "notes")


@staff_page("review.queue")
@takes_forms(else_to="review:show", keep="report_id")
@with_report
def inform(request: HttpRequest, report: Report) -> HttpResponse:
    """Write to the resident."""
    form = InformForm(request.POST, prefix="inform", report=report, by=request.user)
    if form.is_valid():
        try:
            informing.inform(report_id=report.pk, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your message is kept for the resident."))
            return back_to(request, report, "messages")
        except informing.CannotWrite:
            form.add_error(None, _("A colleague works on this report now: they write to the resident."))
        except Report.DoesNotExist:
            return gone(request)
    return show_report(request, report, inform_form=form)
