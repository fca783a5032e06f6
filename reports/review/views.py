"""A report's page in the admin. Thin: queries find, forms check, actions decide."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reports.documents import opened, read_messages
from reports.files.queries import of_report
from reports.models import Report
from reports.paper.download import download
from reports.permissions import visible
from reports.review import actions, wording
from reports.review.decision_forms import offered
from reports.review.forms import RevealForm, ReviewForm
from reports.review.seen import stamp, with_stamp
from reports.sections import SECTIONS
from reports.staff import staff_page
from reports.states import Action, State
from reports.translating.queries import of_report as translations

# Sections that the page shows in a place of their own.
ON_THEIR_OWN = frozenset({"narrative", "files"})


def within_reach(request: HttpRequest) -> QuerySet[Report]:
    """Return the reports that exist for the person, each with what its page and its stamp need."""
    return with_stamp(visible(request.user)).select_related(
        "report_type", "area__bureau", "claimed_by", "sealing_key", "document"
    )


def gone(request: HttpRequest) -> HttpResponse:
    """Say that there is no such report for the person, and give back what they had typed: it is theirs."""
    typed = [text for name in request.POST for text in request.POST.getlist(name) if is_typed(name, text)]
    context = {**admin.site.each_context(request), "title": _("No such report"), "typed": typed}
    return render(request, "reports/review/gone.html", context, status=404)


def is_typed(name: str, text: str) -> bool:
    """Tell words that somebody typed from what a form carries by itself and from choices of a list."""
    return name != "csrfmiddlewaretoken" and " " in text.strip()


def with_report(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a report in the person's reach; one outside does not exist."""

    @wraps(view)
    def wrapped(request: HttpRequest, report_id: UUID, **kwargs: Any) -> HttpResponse:
        report = within_reach(request).filter(pk=report_id).first()
        return view(request, report, **kwargs) if report else gone(request)

    return wrapped


@staff_page("review.queue")
@require_GET
@with_report
def show(request: HttpRequest, report: Report) -> HttpResponse:
    """Show one report."""
    return show_report(request, report)


def show_report(request: HttpRequest, report: Report, tried: tuple[Action, ReviewForm] | None = None) -> HttpResponse:
    """Render the page, with the look audited; `tried` is a decision that did not go through, with what was typed."""
    if tried:
        # As it stands by now, which may be nowhere.
        found = within_reach(request).filter(pk=report.pk).first()
        if found is None:
            return gone(request)
        report = found
    decisions = offered(request, report, tried)
    for _decision, form, _is_open in decisions:
        form.show(stamp(report))
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
            "decisions": decisions,
            "messages_of_report": [
                (message, text, [file for file in files if file.row.message_id == message.pk])
                for message, text in read_messages(report)
            ],
            "translations": translations(report),
            "moves": report.moves.select_related("by", "to"),
        },
    )


@staff_page("review.queue")
@require_GET
@with_report
def paper(request: HttpRequest, report: Report) -> HttpResponse:
    """Give the report as a PDF; personal data stands in it only where this session revealed it."""
    revealed = str(report.pk) in request.session.get("revealed", [])
    return download(actions.paper(report=report, revealed=revealed, by=request.user), f"{report.reference}.pdf")


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
