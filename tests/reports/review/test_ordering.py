"""The queue's orders, and its pages forwards, backwards and from the end."""

import base64
import html
import json
import re
from datetime import timedelta
from itertools import chain, product
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from reports.models import Report
from reports.review import ordering, queries
from reports.review.ordering import OF_DECIDED, OF_OPEN, PAGE, Page, Place
from tests.desk import another, like, listed

QUEUE = "/admin/review/"
# Written by hand: by which columns each order goes.
ORDERS = {
    "urgent": ("priority", "reported_at", "id"),
    "due": ("due_at", "id"),
    "oldest": ("reported_at", "id"),
    "newest": ("-reported_at", "-id"),
    "changed": ("-state_since", "-id"),
    "still": ("state_since", "id"),
    "decided": ("-decided_at", "-id"),
}
TABS = [*(("open", sort.key) for sort in OF_OPEN), *(("decided", sort.key) for sort in OF_DECIDED)]


@pytest.fixture
def many(queued: Report) -> int:
    """Two pages and a bit of open reports and as many decided ones, many of them alike."""
    base, rows = Report.objects.get(), []
    for number in range(PAGE * 2 + 4):
        moments = {
            name: base.reported_at + timedelta(seconds=number * factor % 7)
            for name, factor in (("reported_at", 1), ("due_at", 2), ("state_since", 3))
        }
        rows.append(like(base, priority=1 + number % 3, **moments))
        decided_at = base.reported_at + timedelta(seconds=number * 5 % 7)
        rows.append(like(base, state="withdrawn", decided_at=decided_at, **moments))
    Report.objects.bulk_create(rows)
    Report.objects.filter(pk=base.pk).delete()
    return PAGE * 2 + 4


def expected(tab: str, sort: str) -> list[str]:
    decided = tab == "decided"
    rows = Report.objects.filter(decided_at__isnull=not decided).order_by(*ORDERS[sort])
    return list(rows.values_list("reference", flat=True))


def at(user: User, tab: str, sort: str, **place: Any) -> Page:
    """Return one page of the queue as the view asks for it."""
    given = QueryDict(f"tab={tab}&sort={sort}")
    return queries.listing(user, queries.selection(given, queries.tabs(user)), Place(**place))


def references(page: Page) -> list[str]:
    return [report.reference for report in page.rows]


def walk(user: User, tab: str, sort: str, start: dict[str, Any], way: str) -> list[list[str]]:
    """Return the pages from one end to the other."""
    pages, place = [], start
    while True:
        page = at(user, tab, sort, **place)
        pages.append(references(page))
        following = page.next if way == "after" else page.previous
        if not following:
            return pages
        place = {way: following}


@pytest.mark.parametrize(("tab", "sort"), TABS)
def test_every_order_holds_each_report_once_forwards_and_backwards(many, olga: User, tab, sort) -> None:
    all_of_them = expected(tab, sort)
    assert len(all_of_them) == many
    forwards = walk(olga, tab, sort, {}, "after")
    assert [len(page) for page in forwards] == [30, 30, 4]
    assert [*chain(*forwards)] == all_of_them
    backwards = walk(olga, tab, sort, {"end": True}, "before")
    # From the end the pages are full from there; the first one is always the first page itself.
    assert backwards == [all_of_them[34:], all_of_them[4:34], all_of_them[:30]]


def test_the_page_leads_to_the_pages_beside_it_and_to_both_ends(many, olga: User, at_desk) -> None:
    client, all_of_them = at_desk(olga), expected("open", "newest")
    links = {}
    address = f"{QUEUE}?tab=open&sort=newest"
    for step, shown in [("Next", all_of_them[:30]), ("Last", all_of_them[30:60]), ("Previous", all_of_them[34:])]:
        page = client.get(address)
        assert listed(page) == shown
        found = re.findall(r'<a href="([^"]+)"[^>]*>(First|Previous|Next|Last) page</a>', page.content.decode())
        links = {name: QUEUE + html.unescape(href) for href, name in found}
        address = links[step]
    assert listed(client.get(address)) == all_of_them[4:34]
    assert set(links) == {"First", "Previous"}
    assert listed(client.get(links["First"])) == all_of_them[:30]


def test_every_order_is_offered_on_its_tab(queued: Report, olga: User, at_desk) -> None:
    for tab, sorts in (("todo", OF_OPEN), ("decided", OF_DECIDED)):
        page = at_desk(olga).get(QUEUE, {"tab": tab})
        assert [sort for sort, _query in page.context["sorts"]] == list(sorts)
    assert {sort.key for sort in (*OF_OPEN, *OF_DECIDED)} == set(ORDERS)
    unknown_here = at_desk(olga).get(QUEUE, {"tab": "todo", "sort": "decided"})
    assert unknown_here.context["selected"].sort == ordering.URGENT


def test_one_page_leads_nowhere(queued: Report, olga: User, at_desk) -> None:
    for place in ({}, {"end": "yes"}):
        page = at_desk(olga).get(QUEUE, place)
        assert (listed(page), page.context["page"].previous, page.context["page"].next) == ([queued.reference], "", "")


@pytest.mark.parametrize("tab", ["todo", "decided"])
def test_nothing_has_one_empty_page(olga: User, at_desk, tab: str) -> None:
    for place in ({}, {"end": "yes"}):
        page = at_desk(olga).get(QUEUE, {"tab": tab, **place})
        assert (page.status_code, listed(page), page.context["page"].next) == (200, [], "")


def test_a_report_that_comes_in_meanwhile_moves_no_page(many, olga: User, at_desk) -> None:
    client = at_desk(olga)
    first = client.get(QUEUE, {"tab": "open"})
    second = listed(client.get(QUEUE, {"tab": "open", "after": first.context["page"].next}))
    another(first.context["rows"][0], reported_at=timezone.now() - timedelta(days=9))
    assert listed(client.get(QUEUE, {"tab": "open", "after": first.context["page"].next})) == second


def test_behind_the_last_one_the_last_page_is_shown(many, olga: User, at_desk) -> None:
    """All that was on the page has been decided since."""
    client = at_desk(olga)
    last = client.get(QUEUE, {"tab": "open", "end": "yes"}).context["rows"][-1]
    page = client.get(QUEUE, {"tab": "open", "after": ordering.cursor(last, ordering.URGENT)})
    assert listed(page) == expected("open", "urgent")[-30:]


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


NOW, PK = "2026-03-04T12:00:00+00:00", "00000000-0000-7000-8000-000000000000"


TAMPERED = [
    "x",
    "%%%",
    "é",
    "====",
    "\x00",
    "[" * 3000,
    encoded([]),
    encoded(None),
    encoded("urgent"),
    encoded({"a": 1}),
    encoded([1, NOW, PK]),
    encoded(["urgent", 1, NOW]),
    encoded(["urgent", 1, NOW, "x"]),
    encoded(["urgent", 1, NOW, None]),
    encoded(["urgent", 1, "today", PK]),
    encoded(["urgent", 1, 7, PK]),
    encoded(["urgent", "a", NOW, PK]),
    encoded(["urgent", None, NOW, PK]),
    encoded(["urgent", 10**30, NOW, PK]),
    encoded(["urgent", -1, NOW, PK]),
    encoded(["urgent", 2.5, NOW, PK]),
    encoded(["urgent", 1, "2026-03-04T12:00:00", PK]),
    encoded(["urgent", float("inf"), NOW, PK]),
    encoded(["urgent", 1, "0001-01-01T00:00:00+14:00", PK]),
    encoded(["urgent", 1, "9999-12-31T23:59:59-14:00", PK]),
    encoded(["urgent", 1, NOW, [PK]]),
    encoded(["urgent", 1, NOW, "\x00"]),
    encoded(["urgent", 1, NOW, PK, PK]),
    encoded(["newest", NOW, PK]),
    encoded([["urgent"], 1, NOW, PK]),
    base64.urlsafe_b64encode(b"[" * 100_000).decode(),
]


@pytest.mark.parametrize("way", ["after", "before"])
def test_a_tampered_cursor_begins_at_the_beginning(queued: Report, olga: User, at_desk, way: str) -> None:
    for cursor in TAMPERED:
        assert references(at(olga, "open", "urgent", **{way: cursor})) == [queued.reference], cursor[:80]
    page = at_desk(olga).get(QUEUE, {way: "\x00", "tab": "\x00", "sort": ["x", "\x00"], "end": "", "type": "\x00"})
    assert (page.status_code, listed(page)) == (200, [queued.reference])


def nodes(plan: dict[str, Any]) -> list[str]:
    """Return the kinds of steps in a plan, those below last."""
    return [plan["Node Type"], *chain(*(nodes(below) for below in plan.get("Plans", [])))]


@pytest.mark.parametrize(("tab", "sort"), TABS)
def test_an_index_gives_every_order_from_both_ends_without_sorting(queued: Report, olga: User, tab, sort) -> None:
    """Asked for the plan where sorting is the last resort; a few rows more to sort within one moment are no sorting."""
    selected = queries.selection(QueryDict(f"tab={tab}&sort={sort}"), queries.tabs(olga))
    queued.decided_at = queued.reported_at
    position = [getattr(queued, name) for name in selected.sort.names]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        for backwards, start in product((False, True), (None, position)):
            rows = ordering._from(queries.listed(olga, selected), selected.sort, start, backwards=backwards)
            [plan] = json.loads(rows[:31].explain(format="json"))
            assert "Sort" not in nodes(plan["Plan"]), (backwards, start)
