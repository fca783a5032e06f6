"""Selections of the queue kept under a name: one's own, and those that colleagues share."""

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from reports import audit
from reports.models import SavedView
from reports.permissions import READERS

# A menu longer than this is no help to anybody.
MOST_VIEWS = 40


class TooMany(Exception):
    """The person has as many saved views as one may have."""


def readable(user: User) -> QuerySet[SavedView]:
    """Return the views that exist for a reader of the queue: their own, and those shared by who still reads it."""
    by_readers = Q(shared=True, owner__is_active=True, owner__roles__overlap=sorted(READERS))
    return SavedView.objects.filter(Q(owner=user) | by_readers).select_related("owner")


@transaction.atomic
def save_view(*, name: str, query: str, shared: bool, by: User) -> SavedView:
    """Keep a selection; one of the same name of the same person is replaced. Raises TooMany."""
    User.objects.select_for_update().get(pk=by.pk)
    existing = SavedView.objects.filter(owner=by)
    if not existing.filter(name=name).exists() and existing.count() >= MOST_VIEWS:
        raise TooMany
    view, _made = SavedView.objects.update_or_create(owner=by, name=name, defaults={"query": query, "shared": shared})
    audit.record("review.save_view", by=by, subject=f"view:{view.pk}", shared=shared)
    return view


@transaction.atomic
def drop_view(*, view: SavedView, by: User) -> None:
    """Forget a view of one's own."""
    view_id = view.pk
    view.delete()
    audit.record("review.drop_view", by=by, subject=f"view:{view_id}")
