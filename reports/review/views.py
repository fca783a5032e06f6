"""A report's page in the admin. Thin: queries find, forms check, actions decide."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reports.catalogue import live
from reports.documents import opened, read_messages
from reports.files.queries import of_report as files_of
from reports.models import Report
from reports.paper.download import download
from reports.permissions import may_correct, may_write, visible
from reports.review import actions, filed, noting, queries, related, timeline, wording
from reports.review.decision_forms import offered
from reports.review.fitting import fit, lines_of
from reports.review.forms import RevealForm, ReviewForm
from reports.review.masking import Mask
from reports.review.noting_forms import InformForm, NoteForm
from reports.review.seen import stamp, with_stamp
from reports.sections.base import Document, Section, Text
from reports.staff import is_revealed, staff_page
from reports.states import Action, State
from reports.translating.queries import of_report as translations_of

# Sections that the page shows in a place of their own.
ON_THEIR_OWN = frozenset({"narrative", "files"})
Tried = tuple[Action, ReviewForm]


def within_reach(request: HttpRequest, pk: UUID) -> Report | None:
    """Return a report that exists for the person, with what its page and its stamp need, or None.

    Its kind, with all its texts in every language, comes out of the catalogue in memory.
    """
    related_rows = ["area__bureau", "claimed_by", "sealing_key", "document"]
    rows = with_stamp(visible(request.user)).select_related(*related_rows).prefetch_related("facts")
    report: Report | None = rows.filter(pk=pk).first()
    if report:
        report.report_type = live.report_type(report.report_type_id)
    return report


def gone(request: HttpRequest) -> HttpResponse:
    """Say that there is no such report for the person, and give back what they had typed: it is theirs."""
    typed = [text for name in request.POST for text in request.POST.getlist(name) if is_typed(name, text)]
    context = {**admin.site.each_context(request), "title": _("No such report"), "typed": typed}
    return render(request, "reports/review/gone.html", context, status=404)


def purged(request: HttpRequest, report: Report) -> HttpResponse:
    """Say when and by which rule what was here was deleted; nothing can be done with it any more."""
    actions.look(report=report, by=request.user)
    typed = [text for name in request.POST for text in request.POST.getlist(name) if is_typed(name, text)]
    context = {**admin.site.each_context(request), "title": report.reference, "report": report, "typed": typed}
    status = 200 if request.method in {"GET", "HEAD"} else 410
    return render(request, "reports/retention/purged.html", {**context, "stone": report.tombstone}, status=status)


def is_typed(name: str, text: str) -> bool:
    """Tell words that somebody typed from what a form carries by itself and from choices of a list."""
    return name != "csrfmiddlewaretoken" and " " in text.strip()


def with_report(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a report in the person's reach; one outside does not exist."""

    @wraps(view)
    def wrapped(request: HttpRequest, report_id: UUID, **kwargs: Any) -> HttpResponse:
        report = within_reach(request, report_id)
        if report is None:
            return gone(request)
        return purged(request, report) if report.purged_at else view(request, report, **kwargs)

    return wrapped


def kept(request: HttpRequest) -> str:
    """Return the end of an address that keeps from which list of the queue one came; it is passed on unopened."""
    came_from = request.GET.urlencode()
    return f"?{came_from}" if came_from else ""


def back_to(request: HttpRequest, report: Report, anchor: str = "") -> HttpResponse:
    """Go to the report's page, by the way one came."""
    place = f"#{anchor}" if anchor else ""
    return redirect(reverse("review:show", args=[report.pk]) + kept(request) + place)


def queue_url(request: HttpRequest) -> str:
    """Return the address of the list of the queue that one came from."""
    return reverse("review:queue") + kept(request)


@staff_page("review.queue")
@require_GET
@with_report
def show(request: HttpRequest, report: Report) -> HttpResponse:
    """Show one report."""
    return show_report(request, report)


def show_report(
    request: HttpRequest,
    report: Report,
    tried: Tried | None = None,
    *,
    note_form: NoteForm | None = None,
    inform_form: InformForm | None = None,
) -> HttpResponse:
    """Render the page, with the look audited.

    `tried` is a decision that did not go through, `note_form` and `inform_form` what was written and could not be
    kept: all of it with what was typed.
    """
    if tried:
        # As it stands by now, which may be nowhere.
        found = within_reach(request, report.pk)
        if found is None:
            return gone(request)
        report = found
    decisions = offered(request, report, tried)
    for _decision, form, _is_open in decisions:
        form.show(stamp(report))
    actions.look(report=report, by=request.user)
    context = {
        **admin.site.each_context(request),
        "title": report.reference,
        "report": report,
        "state_label": wording.STATES[State(report.state)],
        "reveal_form": RevealForm(),
        "decisions": decisions,
        "keep": kept(request),
        "queue_url": queue_url(request),
        "inform_form": inform_form or new_inform_form(request, report),
        **told(request, report, note_form),
    }
    return render(request, "reports/review/show.html", context)


def new_inform_form(request: HttpRequest, report: Report) -> InformForm | None:
    """Return the form for writing to the resident, None for who may not."""
    return InformForm(prefix="inform", report=report, by=request.user) if may_write(request.user, report) else None


def told(request: HttpRequest, report: Report, note_form: NoteForm | None) -> dict[str, Any]:
    """Return what the page tells: the answers, the words with personal data covered, the files, what happened."""
    parts, files, notes, entries = (
        opened(report),
        files_of(report),
        noting.of_report(report),
        timeline.of_report(report),
    )
    mask = Mask(parts, is_open=is_revealed(request, report.pk))
    fitting = fit(parts, report.report_type)
    ids = timeline.whom(entries) | {pk for note in notes for pk in [note.row.by_id, *note.mentioned] if pk}
    people = {person.pk: person for person in noting.people(report, ids)}
    colleagues = [each for each in people.values() if each.may_be_mentioned and each != request.user]
    timeline.name(entries, people, by=request.user)
    return {
        "revealed": mask.is_open,
        "narrative": mask(parts.get("narrative", {}).get("story", "")),
        "files": [file for file in files if file.row.message_id is None],
        "files_note": mask(parts.get("files", {}).get("note", "")),
        "parts": shown(fitting.fitting),
        "left": shown(fitting.left),
        "filed": filed.of_report(report, parts),
        "may_correct": may_correct(request.user, report),
        "messages_of_report": [
            (message, mask(text), [file for file in files if file.row.message_id == message.pk])
            for message, text in read_messages(report)
        ],
        "translations": {
            message_id: replace(beside, words=mask(beside.words))
            for message_id, beside in translations_of(report).items()
        },
        "notes": [
            (note, mask(note.text), people.get(note.row.by_id), [people[pk] for pk in note.mentioned if pk in people])
            for note in notes
        ],
        "note_form": note_form or NoteForm(prefix="note", colleagues=colleagues),
        "entries": entries[: timeline.OPEN],
        "earlier": entries[timeline.OPEN :],
        "related": related.of_report(report, parts, by=request.user),
    }


def shown(parts: dict[str, Document]) -> list[dict[str, Any]]:
    """Return parts of the document as the page shows them; the screening, which says least, comes last."""
    sections = [(section, lines) for section, lines in lines_of(parts) if section.key not in ON_THEIR_OWN]
    return [
        {"key": section.key, "title": title_of(section), "lines": lines}
        for section, lines in sorted(sections, key=lambda each: each[0].key == "screening")
    ]


def title_of(section: Section) -> Text:
    """Return what officers call a section: a heading where residents read a question."""
    return wording.TITLES.get(section.key, section.title)


@staff_page("review.queue")
@require_GET
@with_report
def beside(request: HttpRequest, report: Report, way: str) -> HttpResponse:
    """Go to the report before or behind this one in the list that one came from; at its end, to the list itself."""
    selected = queries.selection(request.GET, queries.tabs(request.user))
    before, behind = queries.neighbours(request.user, selected, report)
    found = before if way == "previous" else behind
    if found is None:
        messages.info(request, _("This was the first of the list.") if way == "previous" else _("This was the last."))
        return redirect(queue_url(request))
    return redirect(reverse("review:show", args=[found]) + kept(request))


@staff_page("review.queue")
@require_GET
@with_report
def paper(request: HttpRequest, report: Report) -> HttpResponse:
    """Give the report as a PDF; personal data stands in it only where this session revealed it."""
    revealed = is_revealed(request, report.pk)
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
    return back_to(request, report)
