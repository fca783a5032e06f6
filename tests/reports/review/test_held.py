"""What is held for a look: apart from the queue, in groups, and let in or rejected together."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reports.models import Alert, Area, AuditEvent, Report
from reports.processing import actions as processing
from reports.review import claiming, held, held_views, letting_in
from reports.review.letting_in import let_in
from tests.desk import another, like, listed, show
from tests.resident import Resident

HELD, SETTLE, QUEUE = reverse("review:held"), reverse("review:settle"), "/admin/review/"
FLOOD = {"held": True, "held_for": "flood", "held_like": "a" * 16, "has_email": False}


@pytest.fixture
def few(queued: Report) -> list[Report]:
    """Four held reports: three from one place, one from elsewhere."""
    here = {**FLOOD, "held_for": "address", "held_from": "1" * 16}
    return [*(another(queued, **here) for _each in range(3)), another(queued, **FLOOD, held_from="2" * 16)]


def groups(page) -> dict[str, int]:
    return {group.shares: group.number for group in page.context["groups"].rows}


def settle(client, do: str, group: str, query: str = "", until=None, **answer: str):
    """Press the button of a group, or with `answer` the one on its own page."""
    posted = {"do": do, "group": group, "until": (until or timezone.now()).isoformat(), **answer}
    return client.post(f"{SETTLE}?{query}", posted | ({"answer": "yes"} if answer else {}), follow=True)


def told(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


# --- Two thousand of them --------------------------------------------------------------------------
def test_two_thousand_held_ones_leave_the_queue_as_it_was(queued: Report, olga: User, at_desk) -> None:
    urgent = another(queued, priority=1, reported_at=timezone.now())
    client = at_desk(olga)
    before = client.get(QUEUE)
    with CaptureQueriesContext(connection) as alone:
        client.get(QUEUE)
    earlier = queued.reported_at - timedelta(days=3)
    flood = {**FLOOD, "priority": 1, "reported_at": earlier, "due_at": earlier}
    Report.objects.bulk_create(like(queued, **flood, held_from=f"{number % 40:016x}") for number in range(2_000))
    with CaptureQueriesContext(connection) as flooded:
        page = client.get(QUEUE)
    assert listed(page) == listed(before) == [urgent.reference, queued.reference]
    assert len(flooded) == len(alone)
    assert page.context["counts"] == {**before.context["counts"], "held": 2_000, "open": 2_002}
    assert "2000 of them are held for a look." in client.get(QUEUE, {"tab": "open"}).text
    # Who asks for the next one gets the next one of the queue.
    for tab in ("open", "todo", "unclaimed"):
        took = claiming.claim_next(among=queries_of(olga, tab), by=olga)
        claiming.release(report_id=took, by=olga)
        assert took == urgent.pk
    first, second = client.get(HELD), client.get(HELD, {"page": "2"})
    assert (len(groups(first)), len(groups(second))) == (30, 10)
    assert set(groups(first).values()) == {50}
    assert not groups(first).keys() & groups(second).keys()


def queries_of(user: User, tab: str):
    from reports.review import queries

    among = queries.tabs(user)
    selected = queries.Selection(next(each for each in among if each.key == tab), among[0].sorts[0])
    return queries.first_unclaimed(user, selected)


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("by", ["source", "story", "time"])
def test_it_takes_the_same_few_statements_however_many_groups(queued: Report, olga: User, at_desk, count, by) -> None:
    for number in range(count):
        apart = {"held_from": f"{number:016x}", "held_like": f"{number:016x}"}
        another(queued, **{**FLOOD, **apart}, reported_at=queued.reported_at - timedelta(hours=number))
    client = at_desk(olga)
    client.get(HELD, {"by": by})
    with CaptureQueriesContext(connection) as captured:
        page = client.get(HELD, {"by": by})
    assert len(groups(page)) == count
    assert len(captured) == 7, [each["sql"][:100] for each in captured]


# --- In groups ----------------------------------------------------------------------------------------
def test_they_stand_in_groups_of_three_kinds(queued: Report, few: list[Report], olga: User, at_desk) -> None:
    hour = queued.reported_at.astimezone(held.UTC).strftime("%Y%m%d%H")
    alone = another(queued, held=True, possible_hate=True)
    client = at_desk(olga)
    shown = {by: list(groups(client.get(HELD, {"by": by})).items()) for by in ("", "story", "time")}
    assert shown == {
        "": [("source-" + "1" * 16, 3), ("source-" + "2" * 16, 1), ("source-none", 1)],
        "story": [("story-" + "a" * 16, 4), ("story-none", 1)],
        # A possible hate crime comes first, however few they are.
        "time": [(f"time-none-{hour}", 1), (f"time-address-{hour}", 3), (f"time-flood-{hour}", 1)],
    }
    # Each leads to its reports in the queue.
    for by in shown.values():
        for shares, number in by:
            assert len(listed(client.get(QUEUE, {"tab": "held", "shares": shares}))) == number
    page = client.get(HELD).text
    for words in ("3 reports", "Many reports from one connection", "1 possible hate crime", "Not known where from"):
        assert words in page, words
    assert alone.reference not in page


def test_filters_of_the_queue_hold_there_too(queued: Report, few: list[Report], olga: User, at_desk) -> None:
    Report.objects.filter(pk=few[0].pk).update(language="ko")
    page = at_desk(olga).get(HELD, {"language": "ko", "tab": "todo"})
    assert groups(page) == {"source-" + "1" * 16: 1}
    assert page.context["counts"]["held"] == 1


def test_nobody_sees_or_touches_what_is_out_of_reach(few: list[Report], piet: User, ada: User, at_desk) -> None:
    client = at_desk(piet)
    assert groups(client.get(HELD)) == {}
    assert told(settle(client, "reject", "source-" + "1" * 16, reason="spam")) == [
        "Nothing of this group is held any more."
    ]
    assert at_desk(ada).get(HELD).status_code == 403
    assert Report.objects.filter(held=True, state="queued").count() == 4


@pytest.mark.parametrize("number", ["0", "-1", "x", "\u0661", "99999", "1" * 400, ""])
def test_a_page_that_is_none_is_the_first_or_empty(few: list[Report], olga: User, at_desk, number: str) -> None:
    page = at_desk(olga).get(HELD, {"page": number, "by": "\x00"})
    assert page.status_code == 200
    assert (len(groups(page)) == 2) is (number != "99999")


# --- Let in --------------------------------------------------------------------------------------------
def test_a_group_is_let_in_with_a_reason(few: list[Report], olga: User, at_desk) -> None:
    client = at_desk(olga)
    asked = settle(client, "let_in", "source-" + "1" * 16)
    assert "Let 3 reports into the queue" in asked.text
    assert settle(client, "let_in", "source-" + "1" * 16, reason="because").context["form"].errors.keys() == {"reason"}
    page = settle(client, "let_in", "source-" + "1" * 16, reason="shared")
    assert (told(page), groups(page)) == (["Done with 3 reports."], {"source-" + "2" * 16: 1})
    rows = Report.objects.filter(pk__in=[report.pk for report in few[:3]])
    # Why it was held may be read on; whom it came with is nobody's business any more.
    assert set(rows.values_list("held", "held_for", "held_from", "held_like")) == {(False, "address", "", "")}
    assert {report.reference for report in rows} <= set(listed(client.get(QUEUE)))
    events = AuditEvent.objects.filter(verb="review.let_in")
    assert {(event.subject, event.details["reason"]) for event in events} == {
        (f"report:{report.pk}", "shared") for report in rows
    }


def test_one_is_let_in_from_its_page_and_the_timeline_tells_why(queued: Report, olga: User, at_desk) -> None:
    Report.objects.update(held=True, held_for="haste", held_from="1" * 16)
    client = at_desk(olga)
    assert "Let into the queue" in show(client, queued).text
    bulk = reverse("review:bulk")
    assert "Let 1 report into the queue" in client.post(bulk, {"do": "let_in", "report": str(queued.pk)}).text
    client.post(bulk, {"do": "let_in", "report": str(queued.pk), "reason": "genuine", "answer": "yes"})
    page = show(client, queued).text
    assert "let it into the queue: reads like a person&#x27;s own report" in page
    assert "Let into the queue" not in page


def test_who_is_second_is_told_how_it_stands(queued: Report, olga: User, staff, at_desk) -> None:
    Report.objects.update(held=True)
    claiming.claim(report_id=queued.pk, by=olga)
    otto = staff("otto", "officer", areas=[1], first_name="Otto")
    with pytest.raises(letting_in.NotHeld):
        let_in(report_id=queued.pk, reason="genuine", by=otto)
    answer = {"do": "let_in", "report": str(queued.pk), "reason": "genuine", "answer": "yes"}
    page = at_desk(otto).post(reverse("review:bulk"), answer)
    assert [str(why) for _report, why in page.context["refused"]] == [
        "It is not held any more. olga has it: In review."
    ]


def test_one_out_of_reach_does_not_exist(few: list[Report], piet: User) -> None:
    with pytest.raises(Report.DoesNotExist):
        let_in(report_id=few[0].pk, reason="genuine", by=piet)


def test_what_is_claimed_or_given_back_needs_no_letting_in(few: list[Report], olga: User, at_desk) -> None:
    client = at_desk(olga)
    claiming.claim(report_id=few[0].pk, by=olga)
    assert few[0].reference in listed(client.get(QUEUE, {"tab": "mine"}))
    assert client.get(HELD).context["counts"]["held"] == 3
    claiming.release(report_id=few[0].pk, by=olga)
    assert client.get(HELD).context["counts"]["held"] == 4


# --- Rejected --------------------------------------------------------------------------------------------
def test_a_group_is_rejected_as_spam_and_what_is_refused_stands_in_its_row(
    few: list[Report], olga: User, at_desk
) -> None:
    client, group = at_desk(olga), "source-" + "1" * 16
    # One that no worker has put into the queue yet.
    Report.objects.filter(pk=few[1].pk).update(state="received")
    asked = settle(client, "reject", group)
    assert asked.context["form"]["reason"].value() == "spam"
    page = settle(client, "reject", group, reason="spam")
    assert page.context["said"] == "Done with 2 reports."
    assert {report.reference: str(why) for report, why in page.context["refused"]} == {
        few[1].reference: "It stands as: Received."
    }
    states = dict(Report.objects.values_list("reference", "state"))
    assert [states[report.reference] for report in few] == ["rejected", "received", "rejected", "queued"]
    assert set(Report.objects.filter(state="rejected").values_list("reject_reason", flat=True)) == {"spam"}


def test_what_came_in_after_one_looked_is_not_rejected_unread(few: list[Report], olga: User, at_desk) -> None:
    looked = few[0].reported_at
    late = another(few[0], reported_at=looked + timedelta(seconds=1))
    page = settle(at_desk(olga), "reject", "source-" + "1" * 16, until=looked, reason="spam")
    assert groups(page) == {"source-" + "1" * 16: 1, "source-" + "2" * 16: 1}
    assert Report.objects.get(pk=late.pk).state == "queued"


def test_a_large_group_goes_on_at_the_next_press(
    few: list[Report], olga: User, at_desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_views, "SECONDS", 0.0)
    client, group = at_desk(olga), "source-" + "1" * 16
    page = settle(client, "reject", group, reason="spam")
    assert (page.context["said"], page.context["left"]) == ("Done with 1 report.", 2)
    assert "2 reports of the group are left. Press once more to go on." in page.text
    settle(client, "reject", group, reason="spam")
    assert told(settle(client, "reject", group, reason="spam")) == ["Done with 1 report."]


@pytest.mark.parametrize(
    "wrong",
    [
        {"group": "source-x"},
        {"group": "\x00"},
        {"group": ""},
        {"until": ""},
        {"until": "2026-13-40T00:00:00Z"},
        {"until": "2026-03-02T00:00:00"},
        {"until": "9" * 5_000},
    ],
)
def test_what_was_tampered_with_touches_nothing(few: list[Report], olga: User, at_desk, wrong: dict[str, str]) -> None:
    posted = {"do": "reject", "group": "source-" + "1" * 16, "until": timezone.now().isoformat(), "answer": "yes"}
    page = at_desk(olga).post(SETTLE, {**posted, "reason": "spam", **wrong}, follow=True)
    assert told(page) == ["Nothing of this group is held any more."]
    assert Report.objects.filter(held=True, state="queued").count() == 4


@pytest.mark.parametrize("do", ["assign", "export", "x", ""])
def test_other_steps_are_not_taken_with_a_group(few: list[Report], sue: User, at_desk, do: str) -> None:
    assert settle(at_desk(sue), do, "source-" + "1" * 16).status_code == 404
    assert at_desk(sue).get(SETTLE).url.startswith(HELD)


# --- What rings ------------------------------------------------------------------------------------------
def test_of_many_held_urgent_ones_one_rings_until_somebody_looks(olga: User, at_desk, monkeypatch) -> None:
    pattern = Resident().file("hate-incident").report
    rows = [another(pattern, held=True, held_for="flood", area=Area.objects.get(number=1)) for _each in range(3)]
    Report.objects.filter(pk=pattern.pk).update(held=True)
    processing.work()
    from reports.alerts.actions import alert
    from reports.models import AlertKind

    rung = Alert.objects.filter(user=olga, kind=AlertKind.PRIORITY)
    assert rung.count() == 1
    for report in rows:
        alert(kind=AlertKind.PRIORITY, report=report, by=None)
    assert rung.count() == 1
    let_in(report_id=rows[0].pk, reason="genuine", by=olga)
    assert rung.count() == 1
    sam = User.objects.create_user("sam", is_staff=True, roles=["officer"], citywide=True)
    let_in(report_id=rows[1].pk, reason="genuine", by=sam)
    assert set(rung.values_list("report", flat=True)) == {pattern.pk, rows[1].pk}
