"""A person's alerts, as far as the reports they are about are still in reach."""

from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from reports.models import Alert
from reports.permissions import Shape, asked_by, visible
from reports.statements import Statement

PAGE = 40
# What the bell counts up to.
MANY = 100


def in_reach(user: User) -> QuerySet[Alert]:
    """Return a person's alerts, newest first. One about a report that left their reach does not exist."""
    return _known(user).select_related("report__report_type", "report__area", "by").order_by("-pk")


def _known(user: User) -> QuerySet[Alert]:
    # Asked for each alert, of which a person has few, instead of listing every report in their reach.
    known = Q(report=None) | Exists(visible(user).filter(pk=OuterRef("report")))
    return Alert.objects.filter(known, user=user)


def unseen(user: User) -> int:
    """Return how many of them wait to be seen, in one statement; MANY stands for that many or more."""
    shape, own = asked_by(user)
    return len(_unseen(shape).ask(own))


@lru_cache(maxsize=64)
def _unseen(shape: Shape) -> Statement:
    return Statement.of(_known(shape.stand_in()).filter(seen_at=None).values_list("pk", flat=True)[:MANY])


def page(user: User, before: int | None = None) -> tuple[list[Alert], int | None]:
    """Return one page of them, those behind the alert `before`, and where the next page begins."""
    rows = in_reach(user).filter(pk__lt=before) if before else in_reach(user)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None
