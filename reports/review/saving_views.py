"""Views of the queue that were given a name. Thin: `saving` keeps them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from reports.models import SavedView
from reports.pages import takes_forms
from reports.review import saving
from reports.review.queue_forms import SaveViewForm
from reports.review.queue_views import chosen, to_queue
from reports.staff import staff_page


@staff_page("review.queue")
@takes_forms(else_to="review:queue")
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the selection of the list that the form was sent from."""
    form, query = SaveViewForm(request.POST), chosen(request).query()
    if not form.is_valid() or len(query) > SavedView._meta.get_field("query").max_length:
        messages.warning(request, _("Not saved: a view needs a name of up to 60 characters, and not too many filters."))
        return to_queue(request)
    try:
        view = saving.save_view(**form.cleaned_data, query=query, by=request.user)
    except saving.TooMany:
        messages.warning(request, _("You have as many views as there can be. Delete one first."))
        return to_queue(request)
    messages.success(request, _("The view is saved."))
    return redirect("review:open_view", view.pk)


@staff_page("review.queue")
@require_GET
def open_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Open a saved view at its own address, which stays the same when its owner changes it."""
    view = get_object_or_404(saving.readable(request.user), pk=view_id)
    return redirect(f"{reverse('review:queue')}?{view.query}")


@staff_page("review.queue")
@takes_forms(else_to="review:queue")
def drop_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Delete a view of one's own; a colleague's is not there to be deleted."""
    view = saving.readable(request.user).filter(pk=view_id, owner=request.user).first()
    if view is None:
        raise Http404
    saving.drop_view(view=view, by=request.user)
    messages.success(request, _("The view is deleted."))
    return to_queue(request)
