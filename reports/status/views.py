"""The status page: opened by reference and code in a POST, closed by itself after a quarter of an hour."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps

from django.db.models import F
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from reports import codes, cookies, slowing, workflow
from reports.audit import RESIDENT
from reports.catalogue import live
from reports.models import Move, Report
from reports.pages import away, takes_forms
from reports.states import State
from reports.status import actions
from reports.status.forms import AnswerForm, ContactForm, FindForm
from reports.status.queries import said, standing


def with_report(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the report whose code this browser proved; without one, ask for it."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        is_writing = request.method == "POST" and getattr(view, "takes_files", False)
        report_id = cookies.status(request, is_writing=is_writing)
        rows = Report.objects.select_related("report_type", "sealing_key")
        report = rows.filter(pk=report_id).first() if report_id else None
        if report is None:
            return away(request) if cookies.has_left(request) else redirect("status:find")
        response = purged(request, report) if report.purged_at else view(request, report)
        if is_writing:
            cookies.open_status(response, report.pk)
        return response

    return wrapped


def purged(request: HttpRequest, report: Report) -> HttpResponse:
    """Say how a report ended whose details were deleted; there is nothing else left to see or to do."""
    told = {"reference": report.reference, "type_name": report.report_type.name, "purged_at": report.purged_at}
    status = 200 if request.method in {"GET", "HEAD"} else 410
    return render(request, "reports/status/purged.html", {"report": told | standing(report)}, status=status)


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
@require_safe
def show(request: HttpRequest, report: Report) -> HttpResponse:
    """Show where the report stands, and what was said. What was reported is not shown again."""
    return show_report(request, report, AnswerForm(initial={"reply": codes.new_id()}))


def show_report(
    request: HttpRequest, report: Report, form: AnswerForm, files: dict[str, object] | None = None
) -> HttpResponse:
    """Render the status page with an answer form while a question is open, or with an answer that came too late.

    `files` are those that wait for the answer, as `attached` gives them.
    """
    state = State(report.state)
    return render(
        request,
        "reports/status/show.html",
        {
            "report": {
                "reference": report.reference,
                **standing(report),
                "type_name": report.report_type.name,
                "sent_at": report.reported_at,
                "due": timezone.localdate(report.due_at),
                "official_url": reverse("paper:official") if state == State.APPROVED else "",
                "is_open": report.decided_at is None,
                "answer_due": report.answer_due_at and timezone.localdate(report.answer_due_at),
                "contact_corrected_at": report.contact_corrected_at,
            },
            "timeline": timeline(report),
            "messages": said(report),
            "answer_form": form if state == State.WAITING or form.is_bound else None,
            "answer_url": reverse("status:answer"),
            "attached": files,
            "support": live.support(report.report_type, report.area_id, get_language()),
        },
    )


def timeline(report: Report) -> list[dict[str, object]]:
    """Return what happened so far, in the resident's words."""
    # From officer to officer nothing changes for the resident.
    moves = Move.objects.filter(report=report).exclude(source=F("target")).order_by("id")
    return [
        {"at": report.reported_at, "label": State.RECEIVED.label},
        *({"at": move.at, "label": State(move.target).label} for move in moves),
    ]


NOT_OPEN = gettext_lazy("Your report is decided, so nothing can be changed any more. What you typed was not sent.")


@with_report
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, report: Report) -> HttpResponse:
    """Take a new e-mail address or phone number; those we have are not shown."""
    form = ContactForm(request.POST or None)
    return change(request, report, form, "reports/status/contact.html", actions.contact)


def change(
    request: HttpRequest, report: Report, form: Form, template: str, perform: Callable[..., None]
) -> HttpResponse:
    """Show a form, or do what was typed; a report that was decided meanwhile is said, with what was typed kept."""
    if form.is_bound and form.is_valid():
        try:
            perform(report=report, by=RESIDENT, **form.cleaned_data)
            return redirect("status:show")
        except actions.NotOpen:
            form.add_error(None, NOT_OPEN)
    return render(request, template, {"form": form, "reference": report.reference})


@with_report
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, report: Report) -> HttpResponse:
    """Say what taking the report back means; the button does it. A decided report stays as it is."""
    if request.method == "GET" and report.decided_at is None:
        return render(request, "reports/status/withdraw.html", {"reference": report.reference})
    if request.method == "POST":
        with suppress(workflow.CannotMove):
            actions.withdraw(report=report, by=RESIDENT)
    return redirect("status:show")


@never_cache
@takes_forms(else_to="status:find")
def close(request: HttpRequest) -> HttpResponse:
    """Hide the report at once."""
    response = redirect("status:find")
    cookies.close_status(response)
    return response
