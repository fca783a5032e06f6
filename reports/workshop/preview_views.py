"""A version as residents will see it: their own pages, in any language, filled in and judged, and nothing is stored."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.catalogue import live
from reports.intake import stopping
from reports.intake.repeat import add_row, remove_row
from reports.intake.walk import takes_files_later
from reports.models import ReportType
from reports.models.catalogue import fill_placeholders
from reports.sections import SECTIONS, sections_of
from reports.sections.base import Document, Section, document_of
from reports.sections.screening import stops
from reports.staff import staff_page

START, BEGIN, END, STOP = "start", "begin", "end", "stop"
TITLES = {START: _("Start page"), BEGIN: _("Before the first question"), END: _("The end")}
SCREENING, FILES = "screening", "files"
# The shell around a resident's template.
FRAME = "reports/workshop/preview.html"


class Preview:
    """The way through the pages of one version in one language."""

    def __init__(self, version: ReportType, language: str) -> None:
        self.version, self.language = version, language
        self.sections = {section.key: section for section in sections_of(version)}
        self.pages = [START, BEGIN, *self.sections, END]
        # Beside the way: what each screening question leads to.
        self.stops = {f"{STOP}-{row.key}": row for row in version.screening.all()}

    def url(self, page: str, language: str = "") -> str:
        """Return the address of a page of this preview."""
        return reverse("workshop:preview", args=[self.version.pk, language or self.language, page])

    def beside(self, page: str, places: int) -> str:
        """Return the address of the page before (-1) or after (1)."""
        if page in self.stops:
            return self.url(SCREENING)
        at = min(max(self.pages.index(page) + places, 0), len(self.pages) - 1)
        return self.url(self.pages[at])

    def context(self, page: str) -> dict[str, Any]:
        """Return what every page of the preview needs besides its own."""
        return {
            "version": self.version,
            "here": page,
            "pages": [(each, self.url(each), self._title(each)) for each in (*self.pages, *self.stops)],
            "addresses": {code: self.url(page, code) for code, _name in settings.LANGUAGES},
            "back_url": self.beside(page, -1),
        }

    def _title(self, page: str) -> str:
        # The bar over the page is the staff's, and English.
        with translation.override(settings.LANGUAGE_CODE):
            if page in self.stops:
                return gettext("Stopped: %s") % self.stops[page].text
            return str(SECTIONS[page].title if page in SECTIONS else TITLES[page])


@staff_page("workshop")
def preview(request: HttpRequest, type_id: int, language: str, page: str) -> HttpResponse:
    """Show one of the resident's pages for a version; what is posted is judged as the resident's would be."""
    try:
        version = live.fresh(type_id)
    except ReportType.DoesNotExist:
        raise Http404 from None
    if language not in dict(settings.LANGUAGES):
        raise Http404
    way = Preview(version, language)
    if page not in {*way.pages, *way.stops}:
        raise Http404
    with translation.override(language):
        response = answer(request, way, page) if request.method == "POST" else show(request, way, page)
    response.headers["Content-Language"] = language
    return response


def show(request: HttpRequest, way: Preview, page: str) -> HttpResponse:
    """Show a page as it is met first."""
    if page in way.sections:
        return show_step(request, way, page, None)
    if page in way.stops:
        return show_stop(request, way, page)
    return PAGES[page](request, way)


def answer(request: HttpRequest, way: Preview, page: str) -> HttpResponse:
    """Do what the resident's button would do, but for keeping anything."""
    go = request.POST.get("go", "next")
    if go.startswith("language:") and go.removeprefix("language:") in dict(settings.LANGUAGES):
        return HttpResponseRedirect(way.url(page, go.removeprefix("language:")))
    if page in way.stops:
        return show_stop(request, way, page)
    if page not in way.sections:
        return redirect(way.beside(page, 1))
    if go == "back":
        return redirect(way.beside(page, -1))
    return judge(request, way, page)


def judge(request: HttpRequest, way: Preview, page: str) -> HttpResponse:
    """Show the step again with what is missing, or go on; a screening answer may end the way."""
    raw = {name: values for name, values in request.POST.lists() if name not in {"csrfmiddlewaretoken", "go"}}
    if "add" in raw or "remove" in raw:
        removed = raw.pop("remove", [""])[-1]
        if raw.pop("add", None):
            add_row(raw)
        else:
            remove_row(raw, removed)
        return show_step(request, way, page, raw)
    form = built(way, page, raw)
    if request.POST.get("go") == "later" or not form.is_valid():
        return show_step(request, way, page, raw)
    stopped = stopped_at(way, document_of(form)) if page == SCREENING else ""
    return redirect(way.url(stopped) if stopped else way.beside(page, 1))


def stopped_at(way: Preview, document: Document) -> str:
    """Return the page of the first answer that ends the way, or ""."""
    return next((name for name, row in way.stops.items() if stops(row, document.get(row.key))), "")


def show_stop(request: HttpRequest, way: Preview, page: str) -> HttpResponse:
    """Show the page to which a screening answer leads; a POST names the area whose station is looked for."""
    said = stopping.shown(way.stops[page].stopper, way.version, area=request.POST.get("area", ""))
    stays = {"callback_url": way.url(page) if said["calls_back"] else ""}
    return framed(request, way, page, "reports/intake/stop.html", **said, **stays)


def built(way: Preview, page: str, raw: dict[str, list[str]] | None) -> Any:
    """Return a step's form, empty or with what was typed."""
    data = None if raw is None else MultiValueDict(raw)
    return way.sections[page].form(data, report_type=way.version)


def show_step(request: HttpRequest, way: Preview, page: str, raw: dict[str, list[str]] | None) -> HttpResponse:
    """Show a step with what was typed."""
    section: Section = way.sections[page]
    keys = list(way.sections)
    return framed(
        request,
        way,
        page,
        "reports/intake/step.html",
        step=section,
        form=built(way, page, raw),
        attached={"each": [], "about": []} if page == FILES else None,
        position=keys.index(page) + 1,
        count=len(keys) + 1,
        returning=False,
        takes_files_later=takes_files_later(page, keys),
    )


def show_start(request: HttpRequest, way: Preview) -> HttpResponse:
    """Show the start page with the version's card in its place."""
    others = [each for each in live.types() if each.slug != way.version.slug]
    shown = sorted([*others, way.version], key=lambda each: (each.position, each.slug))
    return framed(
        request,
        way,
        START,
        "reports/intake/start.html",
        groups=live.grouped(shown),
        previewed=way.version,
        previewed_url=way.url(BEGIN),
    )


def show_begin(request: HttpRequest, way: Preview) -> HttpResponse:
    """Show the page before the first question."""
    warning = fill_placeholders(way.version.warning)
    return framed(request, way, BEGIN, "reports/intake/begin.html", report_type=way.version, warning=warning)


def show_end(request: HttpRequest, way: Preview) -> HttpResponse:
    """Say what a resident does after the last step."""
    return framed(request, way, END, "reports/workshop/preview_end.html")


PAGES = {START: show_start, BEGIN: show_begin, END: show_end}


def framed(request: HttpRequest, way: Preview, page: str, template: str, **context: Any) -> HttpResponse:
    """Render a resident's template inside the preview's frame."""
    return render(request, FRAME, {**way.context(page), "template": template, **context})
