"""A statement that was made once is, for anybody, the one that Django would make of their roles, areas and place."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db.models import QuerySet

from accounts.models import Role, User
from reports.alerts import queries as alerts
from reports.models import Report
from reports.permissions import READERS, asked_by
from reports.review import filters, ordering, queries
from reports.statements import Statement

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
PEOPLE = [
    *(([role], citywide, areas) for role in sorted(READERS) for citywide in (False, True) for areas in ([], [1, 5, 7])),
    ([Role.COORDINATOR, Role.CLERK], False, [1]),
]
OF_A_KIND = {"priority": 2, "id": uuid4()}


@pytest.fixture(params=PEOPLE, ids=str)
def person(request: pytest.FixtureRequest, staff: Callable[..., User]) -> User:
    """Somebody of every shape there is."""
    roles, citywide, areas = request.param
    return staff("olga", *roles, areas=areas, citywide=citywide)


def told(rows: QuerySet[Report]) -> tuple[str, list[object]]:
    """Return a statement that is made for one asking."""
    made = Statement.of(rows)
    return made.sql, list(made.values)


def test_every_page_of_every_tab_in_every_order(person: User) -> None:
    shape, own = asked_by(person, own=True)
    own[queries.NEVER] = NOW
    first, *others = queries.tabs(person, now=NOW)
    for tab, sort in [*((first, sort) for sort in first.sorts), *((tab, tab.sorts[0]) for tab in others)]:
        rows = queries._shown(queries.listed(person, queries.Selection(tab, sort)))
        for position, backwards in ((None, False), ([OF_A_KIND.get(name, NOW) for name in sort.names], True)):
            kept = queries._rows(shape, tab.key, sort.key, begins=bool(position), backwards=backwards)
            begins = dict(zip(queries._beginning(sort), position or (), strict=False))
            assert len(begins) == len(position or ())
            fresh = told(ordering.some(rows, sort, position, backwards=backwards))
            assert (kept.sql, kept.filled({**own, **begins})) == fresh


def test_the_numbers_on_the_tabs(person: User, queued: Report) -> None:
    Report.objects.filter(pk=queued.pk).update(possible_hate=True, due_at=NOW)
    among = queries.tabs(person)
    rows = queries._open(person).aggregate(**queries._numbers(among))
    assert queries.counts(person, among) == rows
    assert queries.counts(person, among, queries.Selection(among[0], among[0].sorts[0])) == rows


def test_the_bell_and_colleagues(person: User) -> None:
    shape, own = asked_by(person)
    bell, colleagues = alerts._unseen(shape), filters._colleagues(shape)
    fresh = told(alerts._known(person).filter(seen_at=None).values_list("pk", flat=True)[: alerts.MANY])
    assert (bell.sql, bell.filled(own)) == fresh
    assert not any(value in own for value in colleagues.filled(own) if not isinstance(value, list))


def test_who_is_switched_off_is_shown_nothing(olga: User, queued: Report) -> None:
    def shown() -> tuple[int, int]:
        among = queries.tabs(olga)
        selected = queries.Selection(among[0], among[0].sorts[0])
        rows = queries.listing(olga, selected, ordering.Place()).rows
        return queries.counts(olga, among, selected)["todo"], len(rows)

    assert shown() == (1, 1)
    olga.is_active = False
    assert shown() == (0, 0)
