"""The page before the first question, and the one for parts of the city where a kind of report is not online yet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reports import cookies
from reports.audit import RESIDENT
from reports.catalogue import live
from reports.intake import actions, guard
from reports.intake.views import fixed_path, with_walk
from reports.intake.walk import WHERE, Walk
from reports.models import Area, ReportType
from reports.models.catalogue import fill_placeholders


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, type_id: int) -> HttpResponse:
    """Say what a report of this type needs; the button makes the draft, of the version for the resident's area."""
    try:
        report_type = actions.live_type(type_id)
    except ReportType.DoesNotExist:
        return to_other_version(type_id)
    if request.method != "POST":
        return show_begin(request, report_type)
    area = chosen_area(request)
    version = live.version_in(report_type.slug, area.pk if area else None)
    if version is None:
        return not_here(request, area, back_url=reverse("intake:begin", args=[type_id]))
    if guard.begins_too_many(guard.address_of(request.META)):
        return render(request, "reports/intake/crowded.html", {"report_type": version}, status=429)
    draft = actions.begin(report_type=version, language=get_language(), by=RESIDENT)
    response = redirect("intake:step", draft.pk, Walk(draft).keys[0])
    cookies.add_draft(request, response, draft.pk)
    return response


def show_begin(request: HttpRequest, report_type: ReportType) -> HttpResponse:
    """Show the page; where a version is live in chosen areas first, it asks for the area."""
    return render(
        request,
        "reports/intake/begin.html",
        {
            "report_type": report_type,
            "warning": fill_placeholders(report_type.warning),
            "edition": live.edition(),
            "fixed_path": fixed_path(request),
            "areas": live.areas() if live.trial(report_type.slug) else [],
        },
    )


def to_other_version(type_id: int) -> HttpResponse:
    """Lead to the version that has taken the place of one that is not live any more, or raise Http404."""
    slug = ReportType.objects.filter(pk=type_id).values_list("slug", flat=True).first()
    other = live.type_named(slug) if slug else None
    if other is None:
        raise Http404
    return redirect("intake:begin", other.pk)


def chosen_area(request: HttpRequest) -> Area | None:
    """Return the area that was chosen, or None for an unknown one."""
    typed = request.POST.get("area", "")
    return next((area for area in live.areas() if str(area.pk) == typed), None)


@with_walk
@require_safe
def elsewhere(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Say that this kind of report is not online yet in the part of the city that was chosen on the way."""
    area = walk.elsewhere()
    if area is None:
        return redirect("intake:check", walk.draft.pk)
    return not_here(request, area, back_url=reverse("intake:step", args=[walk.draft.pk, WHERE]))


def not_here(request: HttpRequest, area: Area | None, *, back_url: str) -> HttpResponse:
    """Say whom to call in an area instead."""
    return render(request, "reports/intake/elsewhere.html", {"station": area, "back_url": back_url})
