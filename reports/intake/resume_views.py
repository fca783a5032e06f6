"""The pages for saving a draft and coming back to it, on this device or another."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from reports import codes, cookies, slowing
from reports.audit import RESIDENT
from reports.intake import resume as actions
from reports.intake.resume_forms import LaterForm, ResumeForm
from reports.intake.views import with_walk
from reports.intake.walk import Walk


@with_walk
@require_http_methods(["GET", "POST"])
def later(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Show the code of a saved draft; an address gets the link. Saving from the check page comes here as well."""
    form = LaterForm(request.POST if "email" in request.POST else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        email = form.cleaned_data["email"] if form.is_bound else ""
        actions.save(draft=walk.draft, language=get_language(), by=RESIDENT, email=email)
        return redirect("intake:later", walk.draft.pk)
    if not walk.draft.resume_hash:
        return redirect(go_on_url(walk))
    return render(
        request,
        "reports/intake/later.html",
        {
            "draft": walk.draft,
            "code": actions.code_of(walk.draft),
            "expires": timezone.localdate(walk.draft.expires_at),
            "email_given": walk.draft.sealed_email is not None,
            "form": form,
            "go_on_url": go_on_url(walk),
        },
    )


def go_on_url(walk: Walk) -> str:
    """Return where the work goes on: the first open step, or the check page."""
    step = walk.first_open()
    return reverse("intake:step", args=[walk.draft.pk, step]) if step else reverse("intake:check", args=[walk.draft.pk])


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Open a saved draft by its code, on whatever device."""
    form, ticket = ResumeForm(request.POST or None), ""
    if form.is_bound and form.is_valid():
        letters = codes.understand(form.cleaned_data["code"])
        name = "resume:" + letters[: actions.HALF]
        if seconds := slowing.wait(name, letters, request.POST.get("ticket", "")):
            form.add_error(None, slowing.please_wait(seconds))
            ticket = slowing.ticket(name, letters)
        elif draft := actions.find(code=letters, by=RESIDENT):
            response = redirect(go_on_url(Walk(draft)))
            cookies.add_draft(request, response, draft.pk)
            return response
        else:
            slowing.note_wrong(name)
            form.add_error(None, _("We did not find a draft with this code. Check it and try again."))
    return render(
        request, "reports/intake/resume.html", {"form": form, "ticket": ticket}, status=429 if ticket else None
    )


@never_cache
@require_POST
def hide(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Forget a draft in this browser; its code still opens it."""
    response = redirect("intake:start")
    cookies.drop_draft(request, response, draft_id)
    return response
