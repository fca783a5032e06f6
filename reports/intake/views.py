"""The resident's pages, from the first to the thank-you page. Thin: forms are walked, actions do the work."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from reports import cookies
from reports.audit import RESIDENT
from reports.catalogue import live
from reports.files.attached import FILES, attached, receive
from reports.files.upload import takes_files
from reports.intake import actions, guard, resume, stopping, work
from reports.intake.basket import DraftFiles
from reports.intake.forms import SubmitForm
from reports.intake.queries import just_sent
from reports.intake.repeat import add_row, remove_row
from reports.intake.walk import WHERE, Raw, Walk, takes_files_later
from reports.models import Draft
from reports.models.catalogue import fill_placeholders
from reports.pages import away, takes_forms

NOT_ANSWERS = frozenset({"csrfmiddlewaretoken", "go", "add", "remove"})


def with_walk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the walk of a draft that this browser began; anything else is told kindly that it is gone."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, draft_id: UUID, **kwargs: Any) -> HttpResponse:
        if draft_id not in cookies.drafts(request):
            return gone(request)
        draft = Draft.objects.filter(pk=draft_id, expires_at__gt=timezone.now()).first()
        if draft is None:
            return redirect("intake:sent", draft_id) if actions.sent_report(draft_id) else gone(request)
        return view(request, Walk(draft), **kwargs)

    return wrapped


def of_this_browser(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let only the browser that began a draft, or opened it with its code, reach the view."""

    @wraps(view)
    def wrapped(request: HttpRequest, draft_id: UUID, **kwargs: Any) -> HttpResponse:
        return view(request, draft_id=draft_id, **kwargs) if draft_id in cookies.drafts(request) else gone(request)

    return wrapped


def gone(request: HttpRequest) -> HttpResponse:
    """Say that the draft is not here: sent, deleted, expired, or begun in another browser."""
    if cookies.has_left(request):
        return away(request)
    return render(request, "reports/intake/gone.html", status=410)


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show the emergency notice and what can be reported."""
    # The groups are asked for only where this edition of the page is not remembered.
    context = {"groups": live.types_by_group, "edition": live.edition(), "fixed_path": fixed_path(request)}
    return render(request, "reports/intake/start.html", context)


def fixed_path(request: HttpRequest) -> str | None:
    """Return the address of a page that everybody has in common, None for one with a query."""
    return None if request.META.get("QUERY_STRING") else request.path


@takes_files
@with_walk
def step(request: HttpRequest, walk: Walk, step: str) -> HttpResponse:
    """Ask one thing. Whatever is posted is kept first, and judged afterwards."""
    if step not in walk.keys:
        raise Http404
    if request.method != "POST":
        return show_step(request, walk, step)
    raw: Raw = {name: values for name, values in request.POST.lists() if name not in NOT_ANSWERS}
    if "add" in request.POST:
        add_row(raw)
    elif "remove" in request.POST:
        remove_row(raw, request.POST["remove"])
    actions.save_step(walk=walk, step=step, raw=raw, by=RESIDENT)
    if refused := receive(request, DraftFiles(walk)) if step == FILES else []:
        return show_step(request, walk, step, refused)
    if {"add", "remove"} & request.POST.keys():
        return HttpResponseRedirect(request.get_full_path())
    return go(request, walk, step, request.POST.get("go", "next"))


def go(request: HttpRequest, walk: Walk, step: str, way: str) -> HttpResponse:
    """Leave a saved step: back, to itself in another language, or on when it is valid."""
    returning = "check" in request.GET
    if way.removeprefix("language:") in dict(settings.LANGUAGES):
        return HttpResponseRedirect(translate_url(request.get_full_path(), way.removeprefix("language:")))
    if way == "later":
        resume.save(draft=walk.draft, language=get_language(), by=RESIDENT)
        return redirect("intake:later", walk.draft.pk)
    if way == "back":
        return HttpResponseRedirect(back_url(walk, step, returning=returning))
    if walk.document(step) is None:
        return show_step(request, walk, step)
    if aside := way_aside(walk, step):
        return redirect(aside, walk.draft.pk)
    following = None if returning else walk.after(step)
    return redirect("intake:step", walk.draft.pk, following) if following else redirect("intake:check", walk.draft.pk)


def way_aside(walk: Walk, step: str) -> str:
    """Return the page that ends the way online because of what this step says, or ""."""
    if step == "screening" and walk.stopper():
        return "intake:stop"
    return "intake:elsewhere" if step == WHERE and walk.elsewhere() else ""


def show_step(request: HttpRequest, walk: Walk, step: str, refused: Sequence[str] = ()) -> HttpResponse:
    """Show a step with what was typed before, and what is to be said of files that were not taken."""
    returning, is_empty = "check" in request.GET, walk.raw(step) is None
    # An empty form is the same for everybody, and made only where it is not remembered.
    form = SimpleLazyObject(lambda: walk.form(step)) if is_empty else walk.form(step)
    for words in refused:
        form.add_error("files", words)
    return render(
        request,
        "reports/intake/step.html",
        {
            "step": walk.section(step),
            "form": form,
            "draft": walk.draft,
            "edition": live.edition() if is_empty else None,
            "today": timezone.localdate(),
            "attached": attached(DraftFiles(walk)) if step == FILES else None,
            "position": walk.keys.index(step) + 1,
            "count": len(walk.keys) + 1,
            "returning": returning,
            "takes_files_later": takes_files_later(step, walk.keys),
        },
    )


def back_url(walk: Walk, step: str, *, returning: bool) -> str:
    """Return where Back leads: the check page one came from, the step before, or the type's page."""
    if returning:
        return reverse("intake:check", args=[walk.draft.pk])
    before = walk.before(step)
    if before is None:
        return reverse("intake:begin", args=[walk.report_type.pk])
    return reverse("intake:step", args=[walk.draft.pk, before])


@with_walk
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, walk: Walk) -> HttpResponse:
    """End the online path kindly and say who helps instead; a POST names the area whose station is looked for."""
    stopper = walk.stopper()
    if stopper is None:
        return redirect("intake:step", walk.draft.pk, walk.keys[0])
    page = stopping.shown(stopper, walk.report_type, area=request.POST.get("area", ""))
    urls = {
        "callback_url": reverse("intake:callback", args=[walk.draft.pk]) if page["calls_back"] else "",
        "back_url": reverse("intake:step", args=[walk.draft.pk, "screening"]),
    }
    return render(request, "reports/intake/stop.html", {**page, **urls})


@with_walk
@require_safe
def check(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Show every answer before sending, or the first step that is still open."""
    return show_check(request, walk, SubmitForm())


def show_check(request: HttpRequest, walk: Walk, form: SubmitForm) -> HttpResponse:
    """Show the answers with links to change them."""
    if open_step := walk.first_open():
        return redirect("intake:step", walk.draft.pk, open_step)
    if walk.stopper():
        return redirect("intake:stop", walk.draft.pk)
    if walk.elsewhere():
        return redirect("intake:elsewhere", walk.draft.pk)
    parts = [
        {
            "title": section.title,
            "lines": lines,
            "change_url": reverse("intake:step", args=[walk.draft.pk, key]) + "?check",
        }
        for key, section, lines in walk.shown()
    ]
    return render(
        request,
        "reports/intake/check.html",
        {
            "parts": parts,
            "form": form,
            "draft": walk.draft,
            "work": work.asked(walk.draft.pk),
            "warning": fill_placeholders(walk.report_type.warning),
            "back_url": reverse("intake:step", args=[walk.draft.pk, walk.keys[-1]]),
        },
    )


@never_cache
@of_this_browser
@takes_forms(else_to="intake:check", keep="draft_id")
def submit(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Send. A second click, another tab or a lost answer lead to the same report."""
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return check_again(request, draft_id=draft_id, form=form)
    try:
        actions.submit(draft_id=draft_id, language=get_language(), by=RESIDENT, signs=signs(request, draft_id))
    except actions.Incomplete as incomplete:
        return redirect("intake:step", draft_id, incomplete.step)
    except actions.NoDraft:
        return gone(request)
    return redirect("intake:sent", draft_id)


def signs(request: HttpRequest, draft_id: UUID) -> guard.Signs:
    """Return what the quiet checks say of what is being sent."""
    return guard.signs(
        trap=request.POST.get("website", ""),
        drafts=cookies.drafts(request),
        address=guard.address_of(request.META),
        idle=is_idle(request, draft_id),
    )


def is_idle(request: HttpRequest, draft_id: UUID) -> bool:
    """Tell whether a browser that says it runs script has not done the work. One without script is never asked."""
    proof, challenge = request.POST.get("proof", ""), request.POST.get("challenge", "")
    says_script = bool(request.POST.get("script") or proof)
    return says_script and not work.is_proof(proof, challenge=challenge, draft_id=draft_id)


@with_walk
def check_again(request: HttpRequest, walk: Walk, form: SubmitForm) -> HttpResponse:
    """Show the check page with what is missing beside its box."""
    return show_check(request, walk, form)


@never_cache
@require_safe
def sent(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Thank the resident and show reference and access code, for half an hour and in this browser only."""
    report = just_sent(draft_id) if draft_id in cookies.drafts(request) else None
    if report is None:
        return gone(request)
    return render(
        request,
        "reports/intake/sent.html",
        {
            "reference": report.reference,
            "access_code": actions.access_code(draft_id),
            "report_type": report.report_type,
            "calls_back": report.report_type.section_options("person").get("call_back"),
            "due": timezone.localdate(report.due_at),
            "email_given": report.has_email,
            "texts_wished": report.wants_texts,
            "copy_url": reverse("paper:copy", args=[draft_id]),
            "support": live.support(report.report_type, report.area_id, get_language()),
        },
    )


@takes_forms(else_to="intake:start")
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Delete the draft now, at the resident's wish."""
    for draft in Draft.objects.filter(pk__in={draft_id} & set(cookies.drafts(request))):
        actions.discard(draft=draft, by=RESIDENT)
    return redirect("intake:start")


@csrf_exempt
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Leave at once for a harmless page, forgetting everything in this browser; works without any token."""
    response = away(request)
    response.headers["Clear-Site-Data"] = '"cache"'
    cookies.forget_all(response)
    return response
