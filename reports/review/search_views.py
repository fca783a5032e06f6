"""Searching. What is typed comes by a form, is kept sealed in the session, and stands in no address."""

from typing import cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import User
from reports.review import search_actions, search_queries
from reports.review.search_forms import SearchForm
from reports.review.search_memory import recall, remember
from reports.review.search_terms import understand
from reports.staff import staff_page


@sensitive_post_parameters("text")
@staff_page("review.queue")
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Take what was typed and lead to what is found for it."""
    if request.method == "POST":
        form = SearchForm(request.POST)
        if form.is_valid():
            name = remember(request.session, form.cleaned_data["text"])
            return redirect(f"{reverse('review:search')}?for={name}")
        return _shown(request, form)
    text = recall(request.session, request.GET.get("for", ""))
    return _found(request, text) if text else _shown(request, SearchForm(), is_over="for" in request.GET)


def _found(request: HttpRequest, text: str) -> HttpResponse:
    """Show a page of what is found, with the search audited."""
    user = cast("User", request.user)
    query, after = understand(text), request.GET.get("after", "")
    found = search_queries.find(user, query)
    hits, following = search_queries.page(user, query, found, after)
    search_actions.search(query=query, found=found, further=bool(after), by=user)
    context = {"found": found, "hits": hits, "next": following, "after": after, "name": request.GET["for"]}
    return _shown(request, SearchForm({"text": text}), **context)


def _shown(request: HttpRequest, form: SearchForm, **context: object) -> HttpResponse:
    fixed = {"title": _("Search"), "most": search_queries.SHOWN}
    everything = {**admin.site.each_context(request), "form": form, **fixed, **context}
    return render(request, "reports/review/search.html", everything)
