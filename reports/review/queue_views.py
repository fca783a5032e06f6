"""The queue's page. Thin: queries find, actions decide."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import User
from reports.reading import reads
from reports.review import queries, saving
from reports.review.bulk_forms import offered
from reports.review.filters import FILTERS, Filter, Offers
from reports.review.ordering import Place
from reports.review.queue_forms import SaveViewForm
from reports.review.rows import row
from reports.staff import staff_page

PLACES = ("after", "before", "end")


@staff_page("review.queue")
@require_GET
@reads
def queue(request: HttpRequest) -> HttpResponse:
    """List the reports of one tab, thirty at a time."""
    user, given = request.user, request.GET
    tabs = queries.tabs(user)
    selected = queries.selection(given, tabs)
    page = queries.listing(user, selected, Place(given.get("after", ""), given.get("before", ""), "end" in given))
    return render(
        request,
        "reports/review/queue.html",
        {
            **admin.site.each_context(request),
            **narrowed(user, selected),
            "title": _("Reports"),
            "here": address(request),
            "views": [(view, view.query == selected.query()) for view in saving.readable(user)],
            "view_form": SaveViewForm(),
            "tabs": [(tab, selected.on(tab).query()) for tab in tabs],
            "tab": selected.tab,
            "counts": queries.counts(user, tabs, selected),
            "page": page,
            "rows": page.rows,
            "shown": [row(report, reader=user) for report in page.rows],
            "query": selected.query(),
            # What is decided is decided one by one.
            "bulk": offered(user, selected.tab.key),
            "all_chosen": "all" in given,
        },
    )


def narrowed(user: User, selected: queries.Selection) -> dict[str, Any]:
    """Return what the page shows of a selection: the filters with what is chosen, a chip for each, the orders."""
    offers = Offers(user).each()
    return {
        "selected": selected,
        "filters": [(each, options(each, choices, selected)) for each, choices in offers],
        "chips": chips(offers, selected),
        "sorts": [(sort, selected.by(sort).query()) for sort in selected.tab.sorts],
    }


def chosen(request: HttpRequest) -> queries.Selection:
    """Return the selection in the address: a form of the list is sent with that of its list."""
    return queries.selection(request.GET, queries.tabs(request.user))


def address(request: HttpRequest) -> str:
    """Return the selection and the place in it as an address has them."""
    place = {name: request.GET[name] for name in PLACES if request.GET.get(name)}
    return "&".join(filter(None, [chosen(request).query(), urlencode(place)]))


def to_queue(request: HttpRequest) -> HttpResponse:
    """Go back to the page of the list that a form was sent from."""
    return redirect(f"{reverse('review:queue')}?{address(request)}")


def options(each: Filter, choices: list[Any], selected: queries.Selection) -> tuple[tuple[str, str, bool], ...]:
    """Return a filter's choices, each with whether it is chosen: what its piece of the page is made of."""
    chosen = selected.chosen.get(each.key, ())
    return tuple((value, str(label), value in chosen) for value, label in choices)


def chips(offered: list[tuple[Filter, list[Any]]], selected: queries.Selection) -> list[tuple[Any, Any, str]]:
    """Return what narrows the list, each with the address without it. A value that nobody offers stands for itself."""
    names = {each.key: dict(choices) for each, choices in offered}
    return [
        (FILTERS[key].label, names.get(key, {}).get(value, value), selected.without(key, value).query())
        for key, values in selected.chosen.items()
        for value in values
    ]
