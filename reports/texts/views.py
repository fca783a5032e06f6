"""The catalogue's texts: a list with what is missing, and one text in all languages."""

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.models import ReportType
from reports.staff import staff_page
from reports.texts import actions, queries
from reports.texts.forms import EditForm, FilterForm

A_PAGE = 50


@staff_page("texts.choose")
def choose(request: HttpRequest) -> HttpResponse:
    """List the texts, each with the languages that it lacks."""
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    pages = Paginator(queries.texts(**chosen), A_PAGE)
    filters = request.GET.copy()
    filters.pop("page", None)
    page = pages.get_page(request.GET.get("page"))
    context = {"title": _("Texts"), "form": form, "page": page, "filters": filters, "of": chosen.get("of")}
    return render(request, "reports/texts/choose.html", {**admin.site.each_context(request), **context})


@staff_page("texts.choose")
def edit(request: HttpRequest, model: str, pk: int, field: str) -> HttpResponse:
    """Show one text in all languages side by side, and take what was changed."""
    if model not in queries.models() or field not in queries.fields(queries.models()[model]):
        raise Http404
    row = queries.shown(queries.models()[model]).filter(pk=pk).first()
    if row is None:
        raise Http404
    form = EditForm(request.POST or None, row=row, field=field)
    version = of_version(row, request.GET.get("of", ""))
    if request.method == "POST" and form.is_valid():
        changed = actions.edit(model=model, pk=pk, field=field, said=form.cleaned_data, by=request.user)
        messages.success(request, _("Saved: %s") % ", ".join(changed) if changed else _("Nothing was changed."))
        return go_on(version, (model, pk, field))
    context = {
        "title": _("A text in all languages"),
        "form": form,
        "row": row,
        "version": version,
        "settled": queries.is_settled(row),
        "kind": row._meta.verbose_name,
        "name": queries.field_name(queries.models()[model], field),
        "source": form[queries.SOURCE],
        "targets": [form[code] for code in queries.TARGETS],
    }
    return render(request, "reports/texts/edit.html", {**admin.site.each_context(request), **context})


def of_version(row: Model, asked: str) -> ReportType | None:
    """Return the version whose texts are gone through one by one, or None where the text stands alone."""
    version = queries.version_of(row)
    return version if version and asked == str(version.pk) else None


def go_on(version: ReportType | None, done: tuple[str, int, str]) -> HttpResponse:
    """Stay with a text that stands alone; of a version go to its next text that lacks a language, or to the version."""
    if version is None:
        return redirect("texts:edit", *done)
    found = queries.texts(of=version.pk)
    places = [(text.model, text.pk, text.field) for text in found]
    at = places.index(done) + 1 if done in places else 0
    following = next((text for text in found[at:] + found[:at] if text.missing), None)
    if following is None or (following.model, following.pk, following.field) == done:
        return redirect("workshop:show", version.pk)
    return redirect(f"{reverse('texts:edit', args=[following.model, following.pk, following.field])}?of={version.pk}")
