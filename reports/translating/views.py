"""The translation desk in the admin: texts only, never the report around them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from reports.models import Message, Passage
from reports.pages import takes_forms
from reports.permissions import translatable, visible
from reports.staff import staff_page
from reports.translating import actions, queries
from reports.translating.forms import AskForm, WriteForm
from reports.translating.passages import original


@staff_page("translating.desk")
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """List the texts in the person's languages, thirty at a time."""
    tab = next((tab for tab in queries.TABS if tab.key == request.GET.get("tab")), queries.TABS[0])
    return render(
        request,
        "reports/translating/desk.html",
        {
            **admin.site.each_context(request),
            "title": _("Translations"),
            "tabs": queries.TABS,
            "tab": tab,
            "counts": queries.counts(request.user),
            "page": queries.page(request.user, tab, request.GET.get("page", "")),
        },
    )


def with_passage(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a text in the person's languages; any other does not exist."""

    @wraps(view)
    def wrapped(request: HttpRequest, passage_id: UUID) -> HttpResponse:
        rows = translatable(request.user).select_related("message", "by", "report__sealing_key", "report__document")
        return view(request, get_object_or_404(rows, pk=passage_id))

    return wrapped


@staff_page("translating.desk")
@require_GET
@with_passage
def show(request: HttpRequest, passage: Passage) -> HttpResponse:
    """Show one text beside its translation."""
    return show_passage(request, passage)


def show_passage(request: HttpRequest, passage: Passage, tried: WriteForm | None = None) -> HttpResponse:
    """Render the page, with the look audited; `tried` is a translation that was not saved, with what was typed."""
    actions.look(passage=passage, by=request.user)
    versions = queries.versions(passage, passage.report.sealing_key.unwrap())
    in_force = versions[0].words if versions else ""
    known: dict[str, Any] = {"words": in_force, "version": passage.version}
    return render(
        request,
        "reports/translating/show.html",
        {
            **admin.site.each_context(request),
            "title": passage.report.reference,
            "passage": passage,
            "original": original(passage),
            "versions": versions,
            "form": tried or WriteForm(initial=known, target=passage.target),
        },
    )


@staff_page("translating.desk")
@sensitive_post_parameters()
@takes_forms(else_to="translating:show", keep="passage_id")
@with_passage
def write(request: HttpRequest, passage: Passage) -> HttpResponse:
    """Keep a translation; one that somebody overtook is shown again beside the newer one."""
    form = WriteForm(request.POST, target=passage.target)
    if form.is_valid():
        try:
            actions.write(passage_id=passage.pk, by=request.user, **form.cleaned_data)
        except actions.Overtaken:
            form.add_error(None, _("Somebody saved another translation meanwhile. Compare, then save again."))
            form = again(form, passage)
        else:
            messages.success(request, _("The translation is saved."))
            return redirect("translating:show", passage.pk)
    return show_passage(request, passage, form)


def again(form: WriteForm, passage: Passage) -> WriteForm:
    """Return the form with what was typed, for saving over the version that is in force by now."""
    passage.refresh_from_db(fields=["version", "stage", "origin", "by", "at"])
    form.data = form.data.copy()
    form.data["version"] = str(passage.version)
    return form


@staff_page("translating.desk")
@require_POST
@with_passage
def unneeded(request: HttpRequest, passage: Passage) -> HttpResponse:
    """Take a text off the desk that needs no translation."""
    actions.unneeded(passage_id=passage.pk, by=request.user)
    messages.success(request, _("The text is marked: it needs no translation."))
    return redirect("translating:desk")


@staff_page("review.queue")
@takes_forms(else_to="review:show", keep="report_id")
def ask(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Let an officer ask for the translation of a text that the portal took for English."""
    report, form = get_object_or_404(visible(request.user), pk=report_id), AskForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose the language of the text."))
        return redirect("review:show", report.pk)
    try:
        typed = form.cleaned_data
        actions.ask(report=report, message_id=typed["message"], language=typed["language"], by=request.user)
    except Message.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("The text waits at the translation desk."))
    return redirect("review:show", report.pk)
