"""The officers' queue: its tabs, its rows, and whom they exist for."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from reports.models import Attachment, Message, Note, Passage, Priority, Report
from reports.review import queries
from reports.states import FINAL, State
from tests.desk import another, listed

QUEUE = "/admin/review/"
EVERYTHING = "type=lost-property&area=1&assigned=me&bias=religion&files=no&age=0"
TABS = ["todo", "unclaimed", "mine", "waiting", "overdue", "escalated", "translation", "held", "open", "decided"]


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    "query", ["", "tab=decided", "type=lost-property&area=1&assigned=me&bias=religion&files=no&age=0"]
)
def test_it_takes_the_same_few_statements_however_many_rows(
    queued: Report, olga: User, at_desk, count: int, query: str
) -> None:
    fields = {"tab=decided": {"state": "withdrawn", "decided_at": timezone.now()}}.get(query, {})
    for _each in range(count):
        another(queued, **fields)
    client = at_desk(olga)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(f"{QUEUE}?{query}")
    assert len(listed(page)) == (0 if "type" in query else min(30, count + (query == "")))
    assert len(captured) == 8, [each["sql"][:100] for each in captured]


def claimable(page) -> set[object]:
    return {row["pk"] for row in page.context["shown"] if row["claim_url"]}


def test_it_shows_the_most_urgent_first_and_of_these_the_oldest(queued: Report, olga: User, at_desk) -> None:
    day = timedelta(days=1)
    newer = another(queued, reported_at=queued.reported_at + day)
    older = another(queued, reported_at=queued.reported_at - day)
    urgent = another(queued, reported_at=queued.reported_at + 2 * day, priority=Priority.HIGH)
    low = another(queued, reported_at=queued.reported_at - 2 * day, priority=Priority.LOW)
    ordered = [report.reference for report in (urgent, older, queued, newer, low)]
    assert listed(at_desk(olga).get(QUEUE)) == ordered


def test_its_tabs_part_the_reports(queued: Report, olga: User, staff, at_desk) -> None:
    other, now = staff("other", Role.OFFICER, areas=[1]), timezone.now()
    made = {
        "unclaimed": queued,
        "mine": another(queued, state="in_review", claimed_by=olga),
        "others": another(queued, state="in_review", claimed_by=other),
        "waiting": another(queued, state="waiting", claimed_by=olga),
        "received": another(queued, state="received"),
        "overdue": another(queued, due_at=now - timedelta(minutes=1)),
        "hate": another(queued, state="in_review", claimed_by=other, possible_hate=True),
        "held": another(queued, held=True),
        "foreign": another(queued, language="ko"),
        "decided": another(queued, state="withdrawn", decided_at=now, held=True, possible_hate=True),
        "late and decided": another(queued, state="withdrawn", decided_at=now, due_at=now - timedelta(days=1)),
    }
    asked = {"source": "ko", "target": "en", "asked_at": now}
    Passage.objects.create(report=made["foreign"], **asked)
    Passage.objects.create(report=made["decided"], **asked)
    Passage.objects.create(report=made["mine"], stage=Passage.Stage.DRAFT, **asked)
    names, client = {report.reference: name for name, report in made.items()}, at_desk(olga)
    shown = {tab: {names[each] for each in listed(client.get(QUEUE, {"tab": tab}))} for tab in TABS}
    unclaimed = {"unclaimed", "overdue", "foreign"}
    assert shown == {
        "todo": unclaimed | {"mine"},
        "unclaimed": unclaimed,
        "mine": {"mine"},
        "waiting": {"waiting"},
        "overdue": {"overdue"},
        "escalated": {"hate"},
        "translation": {"foreign"},
        "held": {"held"},
        "open": unclaimed | {"held", "mine", "others", "waiting", "received", "hate"},
        "decided": {"decided", "late and decided"},
    }
    assert client.get(QUEUE).context["counts"] == {tab: len(shown[tab]) for tab in TABS[:-1]}


def test_no_tab_of_open_reports_shows_a_decided_one(queued: Report, olga: User) -> None:
    for number, state in enumerate(State):
        of_some = {"dr_number": f"26001234{number}", "reject_reason": "spam", "claimed_by": olga, "possible_hate": True}
        another(queued, state=state, decided_at=timezone.now() if state in FINAL else None, **of_some)
    for tab in queries.tabs(olga):
        selected = queries.selection(QueryDict(f"tab={tab.key}"), [tab])
        found = set(queries.listed(olga, selected).values_list("state", flat=True))
        assert found.isdisjoint(FINAL) == (tab.key != "decided"), tab.key


def test_a_message_that_awaits_its_translation_counts_too(queued: Report, olga: User, at_desk) -> None:
    message = Message.objects.create(
        id=queued.draft_id, report=queued, from_agency=False, sealed=b"", at=timezone.now()
    )
    Passage.objects.create(report=queued, message=message, source="es", target="en", asked_at=timezone.now())
    page = at_desk(olga).get(QUEUE, {"tab": "translation"})
    assert listed(page) == [queued.reference]
    assert "To be translated" in page.content.decode()


def test_who_sees_the_whole_city_begins_with_their_own_areas(queued: Report, staff, at_desk) -> None:
    """Somebody of Central who sees all: Harbor is open to them, but not what they have to do."""
    harbor = another(queued, area=staff("h", areas=[5]).areas.get())
    taken = another(harbor, state="in_review")
    coco = staff("coco", Role.OFFICER, areas=[1], citywide=True)
    Report.objects.filter(pk=taken.pk).update(claimed_by=coco)
    client = at_desk(coco)
    assert set(listed(client.get(QUEUE))) == {queued.reference, taken.reference}
    assert set(listed(client.get(QUEUE, {"tab": "unclaimed"}))) == {queued.reference, harbor.reference}
    everywhere = staff("everywhere", Role.OFFICER, citywide=True)
    assert set(listed(at_desk(everywhere).get(QUEUE))) == {queued.reference, harbor.reference}


def test_an_unknown_tab_is_the_first(queued: Report, olga: User, at_desk) -> None:
    page = at_desk(olga).get(QUEUE, {"tab": "nonsense", "sort": "\x00"})
    assert (page.context["tab"].key, listed(page)) == ("todo", [queued.reference])


def test_the_decided_ones_show_the_last_decision_first(queued: Report, olga: User, at_desk) -> None:
    now = timezone.now()
    days = {day: another(queued, state="withdrawn", decided_at=now - timedelta(days=day)) for day in (2, 1, 3)}
    assert listed(at_desk(olga).get(QUEUE, {"tab": "decided"})) == [days[day].reference for day in (1, 2, 3)]


def test_a_row_tells_what_an_officer_decides_by(queued: Report, olga: User, staff, at_desk) -> None:
    Report.objects.filter(pk=queued.pk).update(
        priority=1,
        possible_hate=True,
        held=True,
        held_for="haste",
        unanswered=True,
        is_anonymous=True,
        language="ko",
        due_at=timezone.now() - timedelta(days=2, minutes=1),
        state="in_review",
        claimed_by=staff("otto", Role.OFFICER, areas=[1], first_name="Otto", last_name="Ochs"),
    )
    Note.objects.create(id=queued.draft_id, report=queued, by=olga, sealed=b"", at=timezone.now())
    file = {"position": 0, "size": 1, "kind": "jpeg", "wrapped_key": b"", "sealed_name": b""}
    Attachment.objects.create(id=queued.pk, report=queued, stored="a", **file)
    page = " ".join(at_desk(olga).get(QUEUE, {"tab": "open"}).content.decode().split())
    for words in (
        "Theft from a vehicle",
        "Central",
        "Overdue by 2 days",
        "Korean",
        "High priority",
        "escalated",
        "Possible hate crime",
        "Held for a look",
        "No answer came",
        "Anonymous",
        "In review",
        "Otto Ochs",
        "icon-clip",
        "Notes</li>",
    ):
        assert words in page, words


def test_claiming_is_offered_only_where_it_is_possible(queued: Report, olga: User, staff, at_desk) -> None:
    hate = another(queued, possible_hate=True)
    other = another(queued, state="in_review", claimed_by=olga)
    both = staff("both", Role.COORDINATOR, Role.CLERK, areas=[1])
    assert claimable(at_desk(olga).get(QUEUE, {"tab": "open"})) == {queued.pk, hate.pk}
    assert claimable(at_desk(both).get(QUEUE, {"tab": "open"})) == {hate.pk}
    assert other.pk not in claimable(at_desk(olga).get(QUEUE))


def test_nobody_sees_what_is_out_of_reach(queued: Report, piet: User, sue: User, at_desk) -> None:
    another(queued, possible_hate=True, held=True, state="waiting", claimed_by=sue, due_at=queued.reported_at)
    another(queued, state="withdrawn", decided_at=timezone.now())
    client = at_desk(piet)
    for tab in TABS:
        page = client.get(QUEUE, {"tab": tab})
        assert listed(page) == []
        assert set(page.context["counts"].values()) == {0}
    # Nor in what the filters offer: no area but one's own, nobody who works elsewhere.
    offered = {each.key: [label for _value, label, _on in options] for each, options in page.context["filters"]}
    assert "area" not in offered
    assert [str(label) for label in offered["assigned"]] == ["Me", "Nobody"]
    assert listed(at_desk(sue).get(QUEUE)) == [queued.reference]


def test_it_is_for_readers_only(queued: Report, ada: User, client, at_desk) -> None:
    assert at_desk(ada).get(QUEUE).status_code == 403
    answer = client.get(QUEUE)
    assert (answer.status_code, answer.url) == (302, f"/admin/login/?next={QUEUE}")


def test_it_is_only_read(olga: User, at_desk) -> None:
    assert at_desk(olga).post(reverse("review:queue")).status_code == 405


def test_the_neighbours_of_a_report_in_a_selection(queued: Report, olga: User, piet: User) -> None:
    hour = timedelta(hours=1)
    first = another(queued, reported_at=queued.reported_at - hour)
    last = another(queued, reported_at=queued.reported_at + hour)
    tabs = {tab.key: tab for tab in queries.tabs(olga)}
    selected = queries.Selection(tabs["unclaimed"], tabs["unclaimed"].sorts[0])
    assert queries.neighbours(olga, selected, first) == (None, queued.pk)
    assert queries.neighbours(olga, selected, queued) == (first.pk, last.pk)
    # One that has just left the list is still between the two it stood between.
    Report.objects.filter(pk=queued.pk).update(state="in_review", claimed_by=olga)
    assert queries.neighbours(olga, selected, queued) == (first.pk, last.pk)
    assert queries.neighbours(olga, selected, last) == (first.pk, None)
    assert queries.neighbours(piet, selected, queued) == (None, None)
    decided = queries.Selection(tabs["decided"], tabs["decided"].sorts[0])
    assert queries.neighbours(olga, decided, queued) == (None, None)


def test_the_admins_own_list_leads_here(queued: Report, olga: User, at_desk) -> None:
    client = at_desk(olga)
    assert client.get("/admin/reports/report/").url == QUEUE
    assert client.get(f"/admin/reports/report/{queued.pk}/change/").url == reverse("review:show", args=[queued.pk])
    assert client.get(f"/admin/reports/report/{queued.pk}/history/").url == reverse("review:show", args=[queued.pk])
    assert client.get("/admin/reports/report/nonsense/change/").url == QUEUE
