"""Orders of a list of reports, and its pages by key: each is found where it begins, the last as fast as the first."""

from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports import cursors
from reports.models import Report

PAGE = 30
# The other columns of all orders are moments.
KINDS = {"id": cursors.IDENTITY, "priority": cursors.SMALL}


@dataclass(frozen=True)
class Sort:
    """One order: by which columns, the id always last so that no two reports share a place."""

    key: str
    label: str | Promise
    columns: tuple[str, ...]
    descending: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Return the columns with the id."""
        return (*self.columns, "id")

    @property
    def kinds(self) -> cursors.Columns:
        """Return how each of them stands in a cursor."""
        return {name: KINDS.get(name, cursors.MOMENT) for name in self.names}

    def order(self, *, backwards: bool = False) -> list[str]:
        """Return what Django orders by."""
        sign = "-" if self.descending != backwards else ""
        return [f"{sign}{name}" for name in self.names]


URGENT = Sort("urgent", _("Most urgent, then oldest"), ("priority", "reported_at"))
DUE = Sort("due", _("Due soonest"), ("due_at",))
OLDEST = Sort("oldest", _("Oldest"), ("reported_at",))
NEWEST = Sort("newest", _("Newest"), ("reported_at",), descending=True)
CHANGED = Sort("changed", _("Last step first"), ("state_since",), descending=True)
STILL = Sort("still", _("Longest without a step"), ("state_since",))
DECIDED = Sort("decided", _("Last decided"), ("decided_at",), descending=True)
OF_OPEN = (URGENT, DUE, OLDEST, NEWEST, CHANGED, STILL)
OF_DECIDED = (DECIDED, NEWEST, OLDEST)


@dataclass(frozen=True)
class Place:
    """Where in a list one is: behind or before a report, or at the end; nothing of it means the beginning."""

    after: str = ""
    before: str = ""
    end: bool = False


@dataclass(frozen=True)
class Page:
    """Some reports in order, with the cursors of the pages beside them, "" where there is none."""

    rows: list[Report] = field(default_factory=list)
    previous: str = ""
    next: str = ""


class Fetch(Protocol):
    """Reads reports of a list, a page and one more: those behind a place, or before it the nearest first."""

    def __call__(self, position: list[Any] | None, *, backwards: bool) -> list[Report]:
        """Return them, from an end of the list on where no place is given."""


def page(rows: QuerySet[Report], sort: Sort, place: Place) -> Page:
    """Return one page. A cursor that is not ours, or of another order, is the beginning."""
    return page_of(lambda position, *, backwards: list(some(rows, sort, position, backwards=backwards)), sort, place)


def page_of(fetch: Fetch, sort: Sort, place: Place) -> Page:
    """Return the same of reports that are fetched in a way of their own."""
    before, after = (cursors.read(text, sort.kinds, order=sort.key) for text in (place.before, place.after))
    if place.end or before:
        found = fetch(before, backwards=True)
        if before and len(found) <= PAGE:
            # So little is before it that the first page holds it, with more.
            return page_of(fetch, sort, Place())
        return _page(found[:PAGE][::-1], sort, more_before=len(found) > PAGE, more_after=bool(before))
    found = fetch(after, backwards=False)
    if after and not found:
        # All that was behind it is gone meanwhile.
        return page_of(fetch, sort, Place(end=True))
    return _page(found[:PAGE], sort, more_before=bool(after), more_after=len(found) > PAGE)


def some(
    rows: QuerySet[Report], sort: Sort, position: list[Any] | None, *, backwards: bool = False
) -> QuerySet[Report]:
    """Return as many rows as a page takes and one more, from a position on."""
    return _from(rows, sort, position, backwards=backwards)[: PAGE + 1]


def beside(rows: QuerySet[Report], sort: Sort, report: Report) -> tuple[UUID | None, UUID | None]:
    """Return the ids of the reports before and behind one, whether or not it is in the list itself, or None."""
    position = _values(report, sort)
    if None in position:
        return None, None
    before = _from(rows, sort, position, backwards=True).values_list("pk", flat=True).first()
    return before, _from(rows, sort, position).values_list("pk", flat=True).first()


def _page(found: list[Report], sort: Sort, *, more_before: bool, more_after: bool) -> Page:
    return Page(
        found,
        previous=cursor(found[0], sort) if found and more_before else "",
        next=cursor(found[-1], sort) if found and more_after else "",
    )


# --- Where a page begins -----------------------------------------------------------------------
def _from(
    rows: QuerySet[Report], sort: Sort, position: list[Any] | None, *, backwards: bool = False
) -> QuerySet[Report]:
    """Return the rows behind a position, or before it in the opposite order; all of them without one."""
    if position is not None:
        rows = rows.filter(cursors.behind(sort.kinds, position, descending=sort.descending != backwards))
    return rows.order_by(*sort.order(backwards=backwards))


def _values(report: Report, sort: Sort) -> list[Any]:
    return [getattr(report, name) for name in sort.names]


def cursor(report: Report, sort: Sort) -> str:
    """Return a report's place in an order as a short text for an address."""
    return cursors.tell(_values(report, sort), sort.kinds, order=sort.key)
