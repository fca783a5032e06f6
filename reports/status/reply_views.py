"""What a resident writes on the status page, with files or without: an answer, an addition.

Files are kept as they come and wait under the page's own id; words stay on the page until they are sent with them.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reports import codes, workflow
from reports.audit import RESIDENT
from reports.files.attached import as_uuid, attached, receive
from reports.files.limits import Refused
from reports.files.replies import Reply
from reports.files.upload import takes_files
from reports.models import Report
from reports.pages import takes_forms
from reports.status import actions
from reports.status.forms import AddForm, AnswerForm
from reports.status.views import NOT_OPEN, show_report, with_report

# Buttons that change the files and send nothing.
CHANGES = frozenset({"add", "remove"})


@with_report
@takes_files
@takes_forms(else_to="status:show")
def answer(request: HttpRequest, report: Report) -> HttpResponse:
    """Keep the resident's answer; a question that closed meanwhile is said, with words and files kept."""
    form = posted(request, report, AnswerForm)
    if sent(form, actions.answer, report):
        return redirect("status:show")
    return show_report(request, report, form, attached(form.basket))


@with_report
@takes_files
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, report: Report) -> HttpResponse:
    """Take what the resident wants to add."""
    if request.method == "GET":
        return show_add(request, report, AddForm(initial={"reply": codes.new_id()}))
    form = posted(request, report, AddForm)
    return redirect("status:show") if sent(form, actions.add, report) else show_add(request, report, form)


def show_add(request: HttpRequest, report: Report, form: AnswerForm) -> HttpResponse:
    """Render the page on which something is added."""
    files = attached(form.basket) if form.is_bound else None
    return render(request, "reports/status/add.html", {"form": form, "reference": report.reference, "attached": files})


def posted(request: HttpRequest, report: Report, form_of: type[AnswerForm]) -> AnswerForm:
    """Keep and remove files as the request says; return the form with what was typed, and what is wrong with it."""
    reply = Reply(report, as_uuid(request.POST.get("reply", "")) or codes.new_id())
    refused = receive(request, reply)
    form = form_of(
        request.POST.dict() | {"reply": str(reply.id)},
        is_sent=not CHANGES & request.POST.keys(),
        has_files=reply.files().exists() or bool(refused),
    )
    form.basket = reply
    for words in refused:
        form.add_error("files", words)
    return form


def sent(form: AnswerForm, perform: Callable[..., None], report: Report) -> bool:
    """Send what was written if that was wished and nothing is wrong; else the form says why not."""
    if not (form.is_sent and form.is_valid()):
        return False
    try:
        perform(report=report, text=form.cleaned_data["text"], reply=form.basket, by=RESIDENT)
    except Refused as refused:
        form.add_error("files", refused.words())
    except actions.NotOpen:
        form.add_error(None, NOT_OPEN)
    except workflow.CannotMove as refusal:
        form.is_too_late = refusal.report.decided_at is None
        report.refresh_from_db(fields=["state", "decided_at", "answer_due_at"])
        form.add_error(None, _("This question is no longer open. Your answer was not sent."))
    return form.is_valid()
