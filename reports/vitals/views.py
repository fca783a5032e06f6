"""What a load balancer, a container's keeper and a monitoring system ask."""

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.vitals import lines
from reports.vitals.metrics import CONTENT_TYPE, exposition
from reports.vitals.watchers import may_watch


@never_cache
@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """Answer at all: this process runs. Nothing is asked."""
    return JsonResponse({"state": lines.OK})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say how the portal is, 503 only when it can take no report. Who may not watch sees the one word."""
    found = lines.readiness()
    told = {"lines": {name: line.told() for name, line in found.lines.items()}} if may_watch(request) else {}
    return JsonResponse({"state": found.state, **told}, status=503 if found.state == lines.DOWN else 200)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the figures to those who may watch."""
    if not may_watch(request):
        return HttpResponseForbidden()
    return HttpResponse(exposition(lines.readiness()), content_type=CONTENT_TYPE)
