"""The status page: opened by reference and code in a POST, closed by itself after a quarter of an hour."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from reports import cookies, slowing, workflow
from reports.audit import RESIDENT
from reports.documents import read_messages
from reports.models import Move, Report
from reports.states import EXPLANATIONS, State
from reports.status import actions
from reports.status.forms import AnswerForm, FindForm


def with_report(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the report whose code this browser proved; without one, ask for it."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        report_id = cookies.status(request)
        rows = Report.objects.select_related("report_type", "sealing_key")
        report = rows.filter(pk=report_id).first() if report_id else None
        return view(request, report) if report else redirect("status:find")

    return wrapped


@never_cache
@sensitive_post_parameters()
def find(request: HttpRequest) -> HttpResponse:
    """Ask for reference and code; both right open the status page."""
    form, ticket = FindForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        name, letters = actions.tried(**form.cleaned_data)
        if seconds := slowing.wait(name, letters, request.POST.get("ticket", "")):
            form.add_error(None, slowing.please_wait(seconds))
            ticket = slowing.ticket(name, letters)
        elif report := actions.find(**form.cleaned_data, by=RESIDENT):
            response = redirect("status:show")
            cookies.open_status(response, report.pk)
            return response
        else:
            slowing.note_wrong(name)
            form.add_error(None, _("We did not find a report with this reference and code. Check both and try again."))
    status = 429 if ticket else None
    return render(request, "reports/status/find.html", {"form": form, "ticket": ticket}, status=status)


@with_report
@require_GET
def show(request: HttpRequest, report: Report) -> HttpResponse:
    """Show where the report stands, and what was said. What was reported is not shown again."""
    return show_report(request, report, AnswerForm())


def show_report(request: HttpRequest, report: Report, form: AnswerForm) -> HttpResponse:
    """Render the status page with an answer form while a question is open, or with an answer that came too late."""
    state = State(report.state)
    return render(
        request,
        "reports/status/show.html",
        {
            "report": {
                "reference": report.reference,
                "state_label": state.label,
                "state_text": EXPLANATIONS[state],
                "reason": report.get_reject_reason_display(),
                "type_name": report.report_type.name,
                "sent_at": report.reported_at,
                "due": timezone.localdate(report.due_at),
                "dr_number": report.dr_number,
                "is_open": report.decided_at is None,
            },
            "timeline": timeline(report),
            "messages": [
                {"from_us": message.from_agency, "at": message.at, "text": text}
                for message, text in read_messages(report)
            ],
            "answer_form": form if state == State.WAITING or form.is_bound else None,
            "answer_url": reverse("status:answer"),
        },
    )


def timeline(report: Report) -> list[dict[str, object]]:
    """Return what happened so far, in the resident's words."""
    moves = Move.objects.filter(report=report).order_by("id")
    return [
        {"at": report.reported_at, "label": State.RECEIVED.label},
        *({"at": move.at, "label": State(move.target).label} for move in moves),
    ]


@with_report
@require_POST
def answer(request: HttpRequest, report: Report) -> HttpResponse:
    """Keep the resident's answer; a question that closed meanwhile is said, with what was typed kept."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer(report=report, text=form.cleaned_data["text"], by=RESIDENT)
            return redirect("status:show")
        except workflow.CannotMove:
            form.add_error(None, _("This question is no longer open. Your answer was not sent."))
    return show_report(request, report, form)


@never_cache
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Hide the report at once."""
    response = redirect("status:find")
    cookies.close_status(response)
    return response
