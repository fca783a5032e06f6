"""The page on which a resident who was stopped leaves a way to be reached."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from reports.audit import RESIDENT
from reports.intake import actions, work
from reports.intake.callback import KEPT, CallBack, NoCallBack
from reports.intake.views import NOT_ANSWERS, gone, signs, with_walk
from reports.intake.walk import Raw, Walk


@with_walk
@require_http_methods(["GET", "POST"])
def callback(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Ask how to reach the resident. Whatever is posted is kept first, and judged afterwards."""
    try:
        way = CallBack(walk.draft)
    except NoCallBack:
        return redirect("intake:step", walk.draft.pk, walk.keys[0])
    if request.method != "POST":
        return show(request, way)
    raw: Raw = {name: values for name, values in request.POST.lists() if name not in NOT_ANSWERS | work.FIELDS}
    actions.save_step(walk=way, step=KEPT, raw=raw, by=RESIDENT)
    return go(request, way, request.POST.get("go", "next"))


def go(request: HttpRequest, way: CallBack, to: str) -> HttpResponse:
    """Leave the saved page: back, to itself in another language, or on when it is valid."""
    if to.removeprefix("language:") in dict(settings.LANGUAGES):
        return HttpResponseRedirect(translate_url(request.get_full_path(), to.removeprefix("language:")))
    if to == "back":
        return redirect("intake:stop", way.draft.pk)
    try:
        actions.callback(
            draft_id=way.draft.pk, language=get_language(), by=RESIDENT, signs=signs(request, way.draft.pk)
        )
    except actions.Incomplete as incomplete:
        if incomplete.step not in way.asked_keys:
            return redirect("intake:step", way.draft.pk, incomplete.step)
        return show(request, way)
    except (actions.NoDraft, NoCallBack):
        return gone(request)
    return redirect("intake:sent", way.draft.pk)


def show(request: HttpRequest, way: CallBack) -> HttpResponse:
    """Show the page with what was typed before."""
    return render(
        request,
        "reports/intake/callback.html",
        {
            "forms": way.forms,
            "work": work.asked(way.draft.pk),
            "wrong": next((form for form in way.forms if form.errors), None),
            "back_url": reverse("intake:stop", args=[way.draft.pk]),
        },
    )
