"""The officers' pages in the admin. Thin: queries find, forms check, actions decide."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from reports.documents import opened, read_messages
from reports.files.queries import of_report
from reports.models import Report
from reports.pages import takes_forms
from reports.paper.download import download
from reports.permissions import may, visible
from reports.review import actions, queries, wording
from reports.review.forms import ApproveForm, AskForm, EmptyForm, RejectForm, RevealForm, ReviewForm
from reports.sections import SECTIONS
from reports.staff import staff_page
from reports.states import Action, State
from reports.translating.queries import of_report as translations
from reports.workflow import CannotMove

# Sections that the page shows in a place of their own.
ON_THEIR_OWN = frozenset({"narrative", "files"})


@dataclass(frozen=True)
class Decision:
    """One step an officer can take on the report page: its form, its button, what is said afterwards."""

    action: Action
    form: type[ReviewForm]
    button: str | Promise
    done: str | Promise
    perform: Callable[..., None]


DECISIONS = {
    decision.action: decision
    for decision in (
        Decision(
            Action.CLAIM,
            EmptyForm,
            gettext_lazy("Claim this report"),
            gettext_lazy("The report is yours."),
            actions.claim,
        ),
        Decision(
            Action.APPROVE,
            ApproveForm,
            gettext_lazy("Approve"),
            gettext_lazy("The report is approved."),
            actions.approve,
        ),
        Decision(
            Action.ASK, AskForm, gettext_lazy("Ask the resident"), gettext_lazy("Your question was sent."), actions.ask
        ),
        Decision(
            Action.REJECT, RejectForm, gettext_lazy("Reject"), gettext_lazy("The report is closed."), actions.reject
        ),
        Decision(
            Action.RELEASE,
            EmptyForm,
            gettext_lazy("Release"),
            gettext_lazy("The report is back in the queue."),
            actions.release,
        ),
        Decision(
            Action.REOPEN, EmptyForm, gettext_lazy("Reopen"), gettext_lazy("The report is open again."), actions.reopen
        ),
    )
}


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


def with_report(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a report in the person's reach; one outside does not exist."""

    @wraps(view)
    def wrapped(request: HttpRequest, report_id: UUID, **kwargs: Any) -> HttpResponse:
        rows = visible(request.user).select_related(
            "report_type", "area__bureau", "claimed_by", "sealing_key", "document"
        )
        report = rows.filter(pk=report_id).first()
        if report is None:
            raise Http404
        return view(request, report, **kwargs)

    return wrapped


@staff_page("review.queue")
@require_GET
@with_report
def show(request: HttpRequest, report: Report) -> HttpResponse:
    """Show one report."""
    return show_report(request, report)


def show_report(request: HttpRequest, report: Report, tried: tuple[Action, ReviewForm] | None = None) -> HttpResponse:
    """Render the page, with the look audited; `tried` is a decision that did not go through, with what was typed."""
    actions.look(report=report, by=request.user)
    revealed = str(report.pk) in request.session.get("revealed", [])
    parts, files = opened(report), of_report(report)
    narrative = parts.get("narrative", {}).get("story", "")
    return render(
        request,
        "reports/review/show.html",
        {
            **admin.site.each_context(request),
            "title": report.reference,
            "report": report,
            "state_label": wording.STATES[State(report.state)],
            "narrative": narrative,
            "files": [file for file in files if file.row.message_id is None],
            "files_note": parts.get("files", {}).get("note", ""),
            "revealed": revealed,
            "parts": [
                {
                    "key": key,
                    "title": wording.TITLES.get(key, SECTIONS[key].title),
                    "lines": list(SECTIONS[key].lines(part)),
                }
                # The screening says nothing new of a report that came through it.
                for key, part in sorted(parts.items(), key=lambda item: item[0] == "screening")
                if key in SECTIONS and key not in ON_THEIR_OWN
            ],
            "reveal_form": RevealForm(),
            "decisions": offered(request, report, tried),
            "messages_of_report": [
                (message, text, [file for file in files if file.row.message_id == message.pk])
                for message, text in read_messages(report)
            ],
            "translations": translations(report),
            "moves": report.moves.select_related("by"),
        },
    )


@staff_page("review.queue")
@require_GET
@with_report
def paper(request: HttpRequest, report: Report) -> HttpResponse:
    """Give the report as a PDF; personal data stands in it only where this session revealed it."""
    revealed = str(report.pk) in request.session.get("revealed", [])
    return download(actions.paper(report=report, revealed=revealed, by=request.user), f"{report.reference}.pdf")


def offered(
    request: HttpRequest, report: Report, tried: tuple[Action, ReviewForm] | None
) -> list[tuple[Decision, ReviewForm, bool]]:
    """Return the decisions this person may take now, each with its form and whether it stands open."""
    return [
        (decision, tried[1], True)
        if tried and tried[0] == action
        else (decision, decision.form(prefix=str(action)), False)
        for action, decision in DECISIONS.items()
        if may(request.user, action, report) or (tried and tried[0] == action)
    ]


@staff_page("review.queue")
@takes_forms(else_to="review:show", keep="report_id")
@with_report
def decide(request: HttpRequest, report: Report, action: str) -> HttpResponse:
    """Take one step; a refusal keeps what was typed and says what happened meanwhile."""
    decision = DECISIONS.get(action)
    if decision is None:
        raise Http404
    form = decision.form(request.POST, prefix=action)
    if form.is_valid():
        try:
            decision.perform(report_id=report.pk, by=request.user, **form.cleaned_data)
        except CannotMove as refusal:
            form.add_error(None, meanwhile(refusal))
            report = refusal.report
        except actions.NumberTaken:
            form.add_error("dr_number", _("Another report already has this number."))
        else:
            messages.success(request, decision.done)
            return redirect("review:queue") if action == Action.RELEASE else redirect("review:show", report.pk)
    return show_report(request, report, (decision.action, form))


def meanwhile(refusal: CannotMove) -> str:
    """Return what stands in the way, in words."""
    state = State(refusal.report.state).label
    if refusal.report.claimed_by:
        return _("This is not possible now: the report is in state “%(state)s”, with %(who)s.") % {
            "state": state,
            "who": refusal.report.claimed_by.get_username(),
        }
    return _("This is not possible now: the report is in state “%(state)s”.") % {"state": state}


@staff_page("review.queue")
@require_POST
@with_report
def reveal(request: HttpRequest, report: Report) -> HttpResponse:
    """Unmask this report's personal data for this session; the reason is audited."""
    form = RevealForm(request.POST)
    if form.is_valid():
        actions.reveal(report=report, by=request.user, **form.cleaned_data)
        request.session["revealed"] = [*request.session.get("revealed", [])[-50:], str(report.pk)]
    else:
        messages.warning(request, _("Choose why you need the personal data."))
    return redirect("review:show", report.pk)
