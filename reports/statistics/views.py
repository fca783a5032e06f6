"""The page of numbers for everybody, and its files. Thin. They may be kept by whoever passes them on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from reports.statistics import files, showing

View = Callable[..., HttpResponse]
KEPT_SECONDS = 300


def for_everybody(view: View) -> View:
    """Let browsers and proxies keep the answer for some minutes, and ask then whether it is still the same."""

    @require_safe
    @conditional_page
    @cache_control(public=True, max_age=KEPT_SECONDS)
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return kept


@for_everybody
def show(request: HttpRequest) -> HttpResponse:
    """Show the numbers of a week, and the weeks before it."""
    found = showing.published()
    return render(request, "reports/statistics/show.html", of_weeks(request, found) if found.weeks else {})


def of_weeks(request: HttpRequest, found: showing.Published) -> dict[str, Any]:
    """Return what the page shows of the published weeks."""
    chosen = showing.selection(request.GET, found.weeks)
    names = showing.type_names(chosen.week.types)
    areas = {number: showing.area_name(number, name) for number, name in chosen.week.areas.items()}
    return {
        "weeks": found.weeks,
        "years": found.years,
        "chosen": chosen,
        "figure": chosen.week.figure(chosen.kind, chosen.area),
        "names": names,
        "area_names": areas,
        "what": names.get(chosen.kind) or _("All kinds of report"),
        "place": _("Whole city") if chosen.area is None else areas[chosen.area],
        "drawing": showing.drawing(chosen, found.weeks),
        "kinds": showing.kinds(chosen, names),
        "areas": showing.areas(chosen),
        "dictionary": files.dictionary(),
        "formats": files.MAKERS,
    }


@for_everybody
def download(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """Give the weeks of a year as a file."""
    found = showing.published()
    if year not in found.years or kind not in files.MAKERS:
        raise Http404
    key = f"{showing.CACHE_KEY}:{found.weeks[0].pk}:{year}:{kind}:{get_language()}"
    content = cache.get(key)
    if content is None:
        content = files.MAKERS[kind](year)
        cache.set(key, content, KEPT_SECONDS)
    headers = {
        "Content-Disposition": f'attachment; filename="reports-{year}.{kind}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=files.CONTENT_TYPES[kind], headers=headers)


@for_everybody
def dictionary(request: HttpRequest) -> HttpResponse:
    """Say what the columns of the files mean, for programs: a Table Schema."""
    return JsonResponse(
        {"fields": files.dictionary(), "missingValues": [""]}, json_dumps_params={"ensure_ascii": False}
    )
