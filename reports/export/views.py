"""The pages of exports: one's own, a new one, and each with its progress and its files. Thin: actions decide."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from reports.export import actions, formats, queries
from reports.export.forms import AskForm, ReasonForm, SavePresetForm
from reports.export.table import PRESETS
from reports.export.wanted import reports_of
from reports.models import Export
from reports.pages import takes_forms
from reports.staff import fresh_login, staff_page

PAGE = "export.download"


@staff_page(PAGE)
@require_GET
def exports(request: HttpRequest) -> HttpResponse:
    """List the exports that the person asked for."""
    rows = queries.page(request.user, request.GET.get("page", ""))
    return _page(request, "reports/export/exports.html", title=_("Exports"), rows=rows)


@staff_page(PAGE)
@fresh_login
def ask(request: HttpRequest) -> HttpResponse:
    """Ask what to export; on the way, take over a choice of columns or count. A small one is made at once."""
    do = request.POST.get("do", "")
    if do == "columns":
        return _asking(request, AskForm(_with_columns(request), by=request.user), is_new=True)
    form = AskForm(request.POST or None, by=request.user, initial=_initial(request))
    if not form.is_bound or not form.is_valid():
        return _asking(request, form)
    if do == "count":
        return _asking(request, form, number=reports_of(form.wanted(), request.user).count())
    asked = form.cleaned_data
    export = actions.ask(
        wanted=form.wanted(),
        keys=asked["columns"],
        kind=Export.Format(asked["kind"]),
        personal=asked["personal"],
        with_bom=asked["with_bom"],
        reason=asked["reason"],
        by=request.user,
    )
    if actions.is_small(export, by=request.user):
        actions.make_now(export, by=request.user)
    return redirect("export:show", export.pk)


def _asking(request: HttpRequest, form: AskForm, *, is_new: bool = False, **more: Any) -> HttpResponse:
    """Show the form; `is_new` says that nobody asked for anything yet, so nothing is missing."""
    if is_new:
        form.is_valid()
        form.errors.clear()
    told = {
        "form": form,
        "save_form": SavePresetForm(request.POST if request.POST.get("do") == "save" else None),
        "shipped": PRESETS.values(),
        "saved": queries.presets(request.user),
        **more,
    }
    return _page(request, "reports/export/ask.html", title=_("New export"), above=True, **told)


def _initial(request: HttpRequest) -> dict[str, Any]:
    return {"columns": queries.columns_of(request.GET.get("preset", ""), request.user) or PRESETS["standard"].columns}


def _with_columns(request: HttpRequest) -> Any:
    """Return what was typed with the columns of the choice that was picked."""
    typed = request.POST.copy()
    picked = queries.columns_of(typed.get("preset", ""), request.user)
    if picked is not None:
        typed.setlist("columns", list(picked))
    return typed


@staff_page(PAGE)
@takes_forms(else_to="export:ask")
def save_preset(request: HttpRequest) -> HttpResponse:
    """Keep the chosen columns under a name; what else was typed stays."""
    typed = AskForm(request.POST, by=request.user)
    named = SavePresetForm(request.POST)
    keys = request.POST.getlist("columns")
    if not named.is_valid() or not queries.known(keys):
        messages.warning(request, _("Not saved: a choice needs a name of up to 60 characters, and columns."))
        return _asking(request, typed, is_new=True)
    try:
        actions.save_preset(**named.cleaned_data, keys=keys, by=request.user)
    except actions.TooMany:
        messages.warning(request, _("You have as many saved choices as there can be. Delete one first."))
    else:
        messages.success(request, _("The choice of columns is saved."))
    return _asking(request, typed, is_new=True)


@staff_page(PAGE)
@takes_forms(else_to="export:ask")
def drop_preset(request: HttpRequest, preset_id: int) -> HttpResponse:
    """Delete a choice of one's own; a colleague's is not there to be deleted."""
    preset = queries.presets(request.user).filter(pk=preset_id, owner=request.user).first()
    if preset is None:
        raise Http404
    actions.drop_preset(preset=preset, by=request.user)
    messages.success(request, _("The choice of columns is deleted."))
    return redirect("export:ask")


@staff_page(PAGE)
@require_GET
def show(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Show one export: what was asked for, how far it is, and its files."""
    export = get_object_or_404(queries.mine(request.user), pk=export_id)
    return _showing(request, export, ReasonForm(personal=export.personal, initial={"reason": export.reason}))


def _showing(request: HttpRequest, export: Export, form: ReasonForm) -> HttpResponse:
    told = {
        "export": export,
        "form": form,
        "asked": queries.asked(export, request.user),
        "columns": queries.shown_columns(export),
        "file_name": actions.name_of(export),
        "has_misfits": bool(export.misfits or formats.always_misfits(export)),
    }
    return _page(request, "reports/export/show.html", title=_("Export"), above=True, **told)


@staff_page(PAGE)
@takes_forms(else_to="export:show", keep="export_id")
def cancel(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Give up an export that is not ready."""
    export = get_object_or_404(queries.mine(request.user), pk=export_id)
    if actions.cancel(export=export, by=request.user):
        messages.success(request, _("The export is cancelled."))
    else:
        messages.warning(request, _("It had ended already."))
    return redirect("export:show", export_id)


@staff_page(PAGE)
@takes_forms(else_to="export:show", keep="export_id")
@fresh_login
def download(request: HttpRequest, export_id: UUID) -> HttpResponseBase:
    """Give one of the files, for a reason that is recorded."""
    export = get_object_or_404(queries.mine(request.user), pk=export_id)
    form = ReasonForm(request.POST, personal=export.personal)
    of = request.POST.get("of", "file")
    if of not in actions.FILES or not form.is_valid():
        return _showing(request, export, form)
    try:
        chunks = actions.download(export=export, reason=form.cleaned_data["reason"], of=of, by=request.user)
    except (actions.Gone, actions.CannotExport):
        messages.warning(
            request,
            _("This file cannot be had any more: it expired, or what you may see is another now. Export again."),
        )
        return redirect("export:show", export_id)
    return _file(export, of, chunks)


SUFFIXES = {"file": "", "misfits": ".does-not-fit.csv", "proof": ".sha256"}


def _file(export: Export, of: str, chunks: Any) -> StreamingHttpResponse:
    """Return a file to save, never to be shown. The file itself says how long it is: one that broke off is seen."""
    kind = {"file": formats.maker(export).content_type, "misfits": "text/csv; charset=utf-8"}.get(of, "text/plain")
    answer = StreamingHttpResponse(chunks, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{actions.name_of(export)}{SUFFIXES[of]}"'
    answer["X-Content-Type-Options"] = "nosniff"
    if of == "file":
        answer["Content-Length"] = str(export.size)
    return answer


def _page(request: HttpRequest, template: str, **told: Any) -> HttpResponse:
    return render(request, template, {**admin.site.each_context(request), **told})
