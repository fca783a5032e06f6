"""The report types: the list, a version's page, and each step of its life."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.models import ReportType, TypeStep
from reports.permissions import may_step
from reports.staff import staff_page
from reports.texts.queries import TARGETS
from reports.workshop import actions, checks, life, outdated, queries, wording
from reports.workshop.forms import ApproveForm, NoteForm, PublishForm

Kind, State = TypeStep.Kind, ReportType.State


@staff_page("workshop")
def choose(request: HttpRequest) -> HttpResponse:
    """List the types with what is live and what is in work."""
    return page(
        request,
        "reports/workshop/choose.html",
        title=_("Report types"),
        types=queries.types(),
        gone=queries.retired_types(),
    )


@staff_page("workshop")
def show(request: HttpRequest, type_id: int) -> HttpResponse:
    """Show a version: what it asks, what is to be put right, what comes next, and what has been."""
    return show_version(request, version_or_404(type_id))


def page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """Render a page of the workshop."""
    return render(request, template, {**admin.site.each_context(request), **context})


def version_or_404(type_id: int) -> ReportType:
    """Return a version, or raise Http404."""
    found = ReportType.objects.select_related("offence", "author", "edited_by", "approved_by").filter(pk=type_id)
    version = found.prefetch_related("areas", "screening__stopper", "questions__choices").first()
    if version is None:
        raise Http404
    return version


def show_version(request: HttpRequest, version: ReportType, **forms: Any) -> HttpResponse:
    """Show a version's page; `forms` are those of a step that was refused."""
    lacking = checks.lacking_languages(version.pk) if version.state != State.RETIRED else {}
    may = {kind.value: may_step(request.user, kind, version) for kind in Kind}
    return page(
        request,
        "reports/workshop/show.html",
        title=version.name,
        version=version,
        stands=wording.stands(version),
        findings=checks.findings(version) if version.state in actions.IN_WORK else [],
        lacking=lacking,
        missing=queries.missing_by_version()[version.pk] if lacking else 0,
        whole=len(TARGETS) - len(lacking),
        outdated=outdated.texts(version),
        may=may,
        placed=queries.placed(version),
        left_out=queries.left_out(version),
        group=dict(queries.headings()).get(version.group, ""),
        versions=queries.versions(version.slug),
        history=[(step, wording.told(step)) for step in queries.history(version)],
        forms={
            "approve": ApproveForm(initial={"seen": life.mark(version)}, prefix="approve"),
            "send_back": NoteForm(prefix="send_back"),
            "publish": PublishForm.planned(version, prefix="publish"),
            "retire": NoteForm(prefix="retire"),
            **forms,
        },
    )


def step_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Guard a button of a version's page: say why a step was not possible, and lead back to the version."""

    @staff_page("workshop")
    @require_POST
    @wraps(view)
    def wrapped(request: HttpRequest, type_id: int, **kwargs: Any) -> HttpResponse:
        version = version_or_404(type_id)
        try:
            answer = view(request, version, **kwargs)
        except life.CannotStep as refused:
            messages.error(request, why_not(request, refused))
        except actions.NotReady as refused:
            for finding in refused.findings:
                messages.error(request, finding.words)
        else:
            return answer
        return redirect("workshop:show", type_id)

    return wrapped


def why_not(request: HttpRequest, refused: life.CannotStep) -> str:
    """Return why a person may not take a step."""
    mine = {refused.report_type.author_id, refused.report_type.edited_by_id}
    if refused.kind == Kind.APPROVE and request.user.pk in mine:
        return _("You worked on this version. A second person has to approve it.")
    return _("That is not possible any more: the version is “%s” now.") % refused.report_type.get_state_display()


@step_page
def submit(request: HttpRequest, version: ReportType) -> HttpResponse:
    """Send a draft for approval."""
    actions.submit(report_type_id=version.pk, by=request.user)
    messages.success(request, _("Sent. Somebody who has not worked on it can approve it now."))
    return redirect("workshop:show", version.pk)


@step_page
def send_back(request: HttpRequest, version: ReportType) -> HttpResponse:
    """Make it a draft again, with a word why."""
    form = NoteForm(request.POST, prefix="send_back")
    note = form.cleaned_data["note"] if form.is_valid() else ""
    actions.send_back(report_type_id=version.pk, note=note, by=request.user)
    messages.success(request, _("It is a draft again."))
    return redirect("workshop:show", version.pk)


@step_page
def approve(request: HttpRequest, version: ReportType) -> HttpResponse:
    """Approve what another person composed."""
    form = ApproveForm(request.POST, prefix="approve")
    stands_in = form.is_valid() and form.cleaned_data["english_stands_in"]
    seen = form.cleaned_data.get("seen", "")
    try:
        actions.approve(report_type_id=version.pk, seen=seen, english_stands_in=stands_in, by=request.user)
    except actions.ChangedMeanwhile:
        messages.error(request, _("It was changed while you looked at it. Please look once more."))
        return redirect("workshop:show", version.pk)
    except actions.Untranslated:
        form.add_error("english_stands_in", _("Tick this, or have the missing texts translated first."))
        return show_version(request, version, approve=form)
    messages.success(request, _("Approved. Say now from when it is live."))
    return redirect("workshop:show", version.pk)


@step_page
def publish(request: HttpRequest, version: ReportType) -> HttpResponse:
    """Say from when it is live, and where."""
    form = PublishForm(request.POST, prefix="publish")
    if not form.is_valid():
        return show_version(request, version, publish=form)
    given = {name: form.cleaned_data[name] for name in ("live_from", "areas", "everywhere_from")}
    actions.publish(report_type_id=version.pk, by=request.user, **given)
    messages.success(request, wording.stands(version_or_404(version.pk)))
    return redirect("workshop:show", version.pk)


@step_page
def retire(request: HttpRequest, version: ReportType) -> HttpResponse:
    """Offer it no more."""
    form = NoteForm(request.POST, prefix="retire")
    note = form.cleaned_data["note"] if form.is_valid() else ""
    actions.retire(report_type_id=version.pk, note=note, by=request.user)
    messages.success(request, _("Retired. Residents do not find it any more."))
    return redirect("workshop:show", version.pk)


@step_page
def copy(request: HttpRequest, version: ReportType) -> HttpResponse:
    """Begin the next version; where one is in work already, lead to it."""
    try:
        made = actions.copy(report_type_id=version.pk, by=request.user)
    except actions.InWork as in_work:
        messages.warning(request, _("This version is in work already."))
        return redirect("workshop:show", in_work.report_type.pk)
    messages.success(request, _("This is the new version. Residents meet the one before until this one is live."))
    return redirect("workshop:show", made.pk)


@step_page
def discard(request: HttpRequest, version: ReportType) -> HttpResponse:
    """Throw a draft away."""
    actions.discard(report_type_id=version.pk, by=request.user)
    messages.success(request, _("The draft was thrown away."))
    return redirect("workshop:choose")
