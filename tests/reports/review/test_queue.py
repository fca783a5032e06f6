"""The officers' queue."""

import base64
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from reports.models import Priority, Report
from reports.review import queries
from tests.desk import another

QUEUE = "/admin/review/"


@pytest.fixture
def thirty(queued: Report) -> Report:
    """Thirty reports in Central's queue."""
    for _each in range(29):
        another(queued)
    return queued


def references(page) -> list[str]:
    return [report.reference for report in page.context["rows"]]


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_the_same_few_statements_however_many_rows(queued: Report, olga: User, at_desk, count: int) -> None:
    for _each in range(count - 1):
        another(queued)
    client = at_desk(olga)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(QUEUE)
    assert len(references(page)) == count
    assert len(captured) == 6, [query["sql"][:100] for query in captured]


def test_it_shows_the_most_urgent_first_and_of_these_the_oldest(queued: Report, olga: User, at_desk) -> None:
    day = timedelta(days=1)
    newer = another(queued, reported_at=queued.reported_at + day)
    older = another(queued, reported_at=queued.reported_at - day)
    urgent = another(queued, reported_at=queued.reported_at + 2 * day, priority=Priority.HIGH)
    low = another(queued, reported_at=queued.reported_at - 2 * day, priority=Priority.LOW)
    ordered = [report.reference for report in (urgent, older, queued, newer, low)]
    assert references(at_desk(olga).get(QUEUE)) == ordered


def test_its_pages_hold_each_report_once_in_order(queued: Report, olga: User, at_desk) -> None:
    same = queued.reported_at
    for number in range(74):
        another(queued, priority=1 + number % 3, reported_at=same + timedelta(seconds=number % 2))
    client, seen, after = at_desk(olga), [], ""
    for _page in range(3):
        page = client.get(QUEUE, {"after": after})
        seen += references(page)
        after = page.context["next"]
    assert after == ""
    assert seen == list(Report.objects.order_by("priority", "reported_at", "id").values_list("reference", flat=True))
    assert len(seen) == 75


def test_a_report_that_comes_in_meanwhile_moves_no_page(thirty: Report, olga: User, at_desk) -> None:
    last = another(thirty, reported_at=thirty.reported_at + timedelta(hours=1))
    client = at_desk(olga)
    first = client.get(QUEUE)
    another(thirty, reported_at=thirty.reported_at - timedelta(hours=1))
    assert references(client.get(QUEUE, {"after": first.context["next"]})) == [last.reference]


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


NOW, PK = "2026-03-04T12:00:00+00:00", "00000000-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    "after",
    [
        "x",
        "%%%",
        "é",
        "====",
        encoded([]),
        encoded(None),
        encoded({"a": 1}),
        encoded([1, NOW]),
        encoded([1, NOW, "x"]),
        encoded([1, NOW, None]),
        encoded([1, "today", PK]),
        encoded([1, 7, PK]),
        encoded(["a", NOW, PK]),
        encoded([None, NOW, PK]),
        encoded([1, "2026-03-04T12:00:00", PK]),
        encoded([float("inf"), NOW, PK]),
        encoded([1, "0001-01-01T00:00:00+14:00", PK]),
        encoded([1, NOW, [PK]]),
        encoded([1, NOW, "\x00"]),
    ],
)
def test_a_tampered_cursor_begins_at_the_beginning(queued: Report, olga: User, at_desk, after: str) -> None:
    page = at_desk(olga).get(QUEUE, {"after": after})
    assert page.status_code == 200
    assert references(page) == [queued.reference]


@pytest.mark.parametrize("priority", [10**30, 99, 2.5])
def test_a_cursor_behind_the_end_shows_nothing(queued: Report, olga: User, at_desk, priority: float) -> None:
    page = at_desk(olga).get(QUEUE, {"after": encoded([priority, NOW, PK])})
    assert references(page) == ([queued.reference] if priority < 2 else references(page))
    assert page.status_code == 200


def test_its_tabs_part_the_reports(queued: Report, olga: User, staff, at_desk) -> None:
    other, now = staff("other", Role.OFFICER, areas=[1]), timezone.now()
    made = {
        "unclaimed": queued,
        "mine": another(queued, state="in_review", claimed_by=olga),
        "others": another(queued, state="in_review", claimed_by=other),
        "waiting": another(queued, state="waiting", claimed_by=olga),
        "overdue": another(queued, due_at=now - timedelta(minutes=1)),
        "decided": another(queued, state="withdrawn", decided_at=now),
        "late and decided": another(queued, state="withdrawn", decided_at=now, due_at=now - timedelta(days=1)),
    }
    names, client = {report.reference: name for name, report in made.items()}, at_desk(olga)
    shown = {
        tab: {names[reference] for reference in references(client.get(QUEUE, {"tab": tab}))}
        for tab in ("unclaimed", "mine", "waiting", "overdue", "open", "decided")
    }
    assert shown == {
        "unclaimed": {"unclaimed", "overdue"},
        "mine": {"mine"},
        "waiting": {"waiting"},
        "overdue": {"overdue"},
        "open": {"unclaimed", "mine", "others", "waiting", "overdue"},
        "decided": {"decided", "late and decided"},
    }
    assert client.get(QUEUE).context["counts"] == {"unclaimed": 2, "mine": 1, "waiting": 1, "overdue": 1, "open": 5}


def test_an_unknown_tab_is_the_first(queued: Report, olga: User, at_desk) -> None:
    page = at_desk(olga).get(QUEUE, {"tab": "nonsense"})
    assert (page.context["tab"].key, references(page)) == ("unclaimed", [queued.reference])


def test_nobody_sees_what_is_out_of_reach(queued: Report, piet: User, sue: User, at_desk) -> None:
    assert references(at_desk(piet).get(QUEUE)) == []
    assert references(at_desk(sue).get(QUEUE)) == [queued.reference]
    assert queries.counts(piet, queries.tabs(piet)) == dict.fromkeys(
        ["unclaimed", "mine", "waiting", "overdue", "open"], 0
    )


def test_it_is_for_readers_only(queued: Report, ada: User, client, at_desk) -> None:
    assert at_desk(ada).get(QUEUE).status_code == 403
    answer = client.get(QUEUE)
    assert (answer.status_code, answer.url) == (302, f"/admin/login/?next={QUEUE}")


def test_it_is_only_read(olga: User, at_desk) -> None:
    assert at_desk(olga).post(reverse("review:queue")).status_code == 405


def test_the_admins_own_list_leads_here(queued: Report, olga: User, at_desk) -> None:
    client = at_desk(olga)
    assert client.get("/admin/reports/report/").url == QUEUE
    assert client.get(f"/admin/reports/report/{queued.pk}/change/").url == reverse("review:show", args=[queued.pk])
    assert client.get(f"/admin/reports/report/{queued.pk}/history/").url == reverse("review:show", args=[queued.pk])
    assert client.get("/admin/reports/report/nonsense/change/").url == QUEUE
