"""The auditor's page: what happened in words, narrowed, page by page; each look is itself an event."""

import base64
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from reports import audit
from reports.audit import RESIDENT, SYSTEM
from reports.auditing import queries, wording
from reports.auditing.queries import Asked
from reports.models import AuditEvent, Report
from reports.review import actions as review
from tests.reports.auditing.conftest import tamper
from tests.test_house import recorded

LOG = "/admin/audit/"


def shown(page) -> list[tuple[str, str, str]]:
    return [(row.what, row.who, row.of) for row in page.context["rows"]]


def numbers(page) -> list[int]:
    return [row.event.pk for row in page.context["rows"]]


@pytest.fixture
def story(queued: Report, olga: User) -> Report:
    """A report that came in, was looked at and shown."""
    review.look(report=queued, by=olga)
    review.reveal(report=queued, reason="contact", by=olga)
    return queued


def test_it_tells_what_happened_in_words(story: Report, aldo: User, at_desk) -> None:
    page = at_desk(aldo).get(LOG)
    assert shown(page)[:2] == [
        ("Showed personal data", "olga", story.reference),
        ("Opened a report", "olga", story.reference),
    ]
    assert {
        ("Put a report into the queue", "The portal", story.reference),
        ("Sent a report", "The resident", story.reference),
    } <= set(shown(page))
    assert page.context["rows"][0].details == [("reason", "contact")]


def test_nothing_of_a_report_but_its_reference_is_on_the_page(story: Report, aldo: User, at_desk) -> None:
    page = at_desk(aldo).get(LOG).content.decode()
    assert story.reference in page
    for personal in ("Ana Flores", "ana@example.org", "0142", "7ABC123", "broke the window", "6th and Main"):
        assert personal not in page
    assert reverse("review:show", args=[story.pk]) not in page


def test_an_auditor_reaches_no_report(story: Report, aldo: User, at_desk) -> None:
    client = at_desk(aldo)
    assert client.get(reverse("review:show", args=[story.pk])).status_code == 403
    assert client.get(reverse("review:queue")).status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AUDITOR])
def test_it_is_the_auditors_only(staff, at_desk, role: Role) -> None:
    client = at_desk(staff("somebody", role))
    assert client.get(LOG).status_code == 403
    assert client.post(f"{LOG}download/", {"reason": "review"}).status_code == 403


def test_each_look_is_an_event_with_what_was_asked_for(story: Report, aldo: User, olga: User, at_desk) -> None:
    client = at_desk(aldo)
    client.get(LOG)
    looks = AuditEvent.objects.filter(verb="auditing.look")
    assert [(each.actor, each.subject, each.details) for each in looks] == [
        (f"user:{aldo.pk}", "audit", {"further": False})
    ]
    asked = {"verb": "review.look", "actor": f"user:{olga.pk}", "subject": story.reference.lower()}
    client.get(LOG, asked | {"first": "2026-01-01", "last": "2026-12-31"})
    assert looks.latest("id").details == {
        "further": False,
        "verb": "review.look",
        "actor": f"user:{olga.pk}",
        "of": f"report:{story.pk}",
        "first": "2026-01-01",
        "last": "2026-12-31",
    }


def test_it_is_narrowed_by_what_who_and_report(story: Report, aldo: User, olga: User, at_desk) -> None:
    client = at_desk(aldo)
    other = review.reveal
    other(report=Report(pk="00000000-0000-7000-8000-000000000000"), reason="decide", by=olga)
    assert len(numbers(client.get(LOG, {"verb": "review.reveal"}))) == 2
    assert len(numbers(client.get(LOG, {"verb": "review.reveal", "subject": story.reference}))) == 1
    assert len(numbers(client.get(LOG, {"actor": f"user:{olga.pk}"}))) == 3
    assert {who for _what, who, _of in shown(client.get(LOG, {"actor": "resident"}))} == {"The resident"}
    assert numbers(client.get(LOG, {"actor": "resident", "verb": "review.look"})) == []
    gone = client.get(LOG, {"subject": "report:00000000-0000-7000-8000-000000000000"})
    assert shown(gone) == [("Showed personal data", "olga", "A report that is gone")]


def test_a_period_takes_both_its_days_in_the_agencys_time(guarded: None, aldo: User, at_desk) -> None:
    tamper("DELETE FROM reports_auditevent")
    moments = ["2026-03-04T07:59:59Z", "2026-03-04T08:00:00Z", "2026-03-06T07:59:59Z", "2026-03-06T08:00:00Z"]
    for at in moments:
        AuditEvent.objects.create(verb="review.look", actor="system", subject="reports", at=datetime.fromisoformat(at))
    page = at_desk(aldo).get(LOG, {"first": "2026-03-04", "last": "2026-03-05"})
    assert numbers(page) == [3, 2]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"verb": "x.y"}, "verb"),
        ({"actor": "user:0"}, "actor"),
        ({"subject": "R-0000-0000"}, "subject"),
        ({"subject": "Ana Flores"}, "subject"),
        ({"first": "yesterday"}, "first"),
        ({"first": "2026-03-05", "last": "2026-03-04"}, "last"),
    ],
)
def test_what_cannot_be_understood_is_said_and_shows_nothing(aldo: User, at_desk, asked, field: str) -> None:
    page = at_desk(aldo).get(LOG, asked)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert (numbers(page), AuditEvent.objects.filter(verb="auditing.look").exists()) == ([], False)


# --- Page by page ------------------------------------------------------------------------
def many(count: int) -> None:
    at = datetime(2026, 3, 4, 12, tzinfo=UTC)
    AuditEvent.objects.bulk_create(
        AuditEvent(verb="review.look", actor="system", subject="reports", at=at + timedelta(seconds=number // 3))
        for number in range(count)
    )


def test_its_pages_hold_each_event_once_newest_first(log: list[int], aldo: User, at_desk) -> None:
    tamper("DELETE FROM reports_auditevent")
    many(120)
    client, seen, after = at_desk(aldo), [], ""
    for _page in range(3):
        page = client.get(LOG, {"verb": "review.look", "after": after})
        seen += numbers(page)
        after = page.context["next"]
    assert after == ""
    assert seen == list(
        AuditEvent.objects.filter(verb="review.look").order_by("-at", "-id").values_list("id", flat=True)
    )
    assert len(seen) == 120
    assert AuditEvent.objects.latest("id").details == {"further": True, "verb": "review.look"}


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_the_same_few_statements_however_many_events(guarded: None, aldo, at_desk, count: int) -> None:
    tamper("DELETE FROM reports_auditevent")
    for number in range(count):
        audit.record("review.look", by=aldo, subject=f"report:00000000-0000-7000-8000-{number:012}")
    client = at_desk(aldo)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(LOG)
    assert len(numbers(page)) == count
    assert len(captured) == 8, [query["sql"][:100] for query in captured]


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "after",
    ["x", "é", encoded([]), encoded(["now", 1]), encoded(["2026-03-04T12:00:00", 1]), encoded([7, 7])]
    + [encoded(["2026-03-04T12:00:00+00:00", pk]) for pk in ("1", None, -1, 10**30)]
    + [encoded(["0001-01-01T00:00:00+14:00", 1])],
)
def test_a_tampered_cursor_begins_at_the_beginning(log: list[int], aldo: User, at_desk, after: str) -> None:
    assert numbers(at_desk(aldo).get(LOG, {"after": after})) == [6, 5, 4, 3, 2, 1]


def test_a_page_anywhere_is_read_in_the_order_of_an_index(log: list[int]) -> None:
    """Without sorting and from its first row on: as fast at a million rows, on the last page as on the first."""
    tamper(
        "INSERT INTO reports_auditevent (id, at, verb, actor, subject, details, link)"
        " SELECT 10 + n, timestamptz '2026-01-01' + n * interval '1 hour', 'verb.' || n %% 10, 'user:' || n %% 20,"
        " 'report:' || n %% 50, '{}', '' FROM generate_series(1, 2000) n"
    )
    tamper("ANALYZE reports_auditevent; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    after = encoded(["2026-03-04T12:00:00+00:00", 5])
    for asked, index in (
        (Asked(), "audit_by_age"),
        (Asked(verb="verb.3"), "audit_by_verb"),
        (Asked(actor="user:7"), "audit_by_actor"),
        (Asked(subject="report:9"), "audit_by_subject"),
        (Asked(first=date(2026, 1, 5), last=date(2026, 3, 31)), "audit_by_age"),
    ):
        for rows in (queries.events(asked), queries._behind(queries.events(asked), after)):
            plan = rows[: queries.PAGE + 1].explain()
            assert f"Index Scan using {index}" in plan, asked
            assert "Sort" not in plan, asked


# --- As a file ----------------------------------------------------------------------------
def test_a_download_takes_a_reason_and_is_an_event(story: Report, aldo: User, at_desk) -> None:
    client = at_desk(aldo)
    refused = client.post(f"{LOG}download/", {"verb": "review.reveal"})
    assert list(refused.context["taking"].errors) == ["reason"]
    assert not AuditEvent.objects.filter(verb="auditing.download").exists()
    answer = client.post(f"{LOG}download/", {"verb": "review.reveal", "reason": "incident"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert (answer.headers["Content-Type"], len(lines)) == ("text/csv; charset=utf-8", 2)
    assert lines[0] == ",".join(queries.HEADINGS)
    assert f"review.reveal,user:{story.pk}".split(",")[0] in lines[1]
    assert story.reference in lines[1]
    event = AuditEvent.objects.get(verb="auditing.download")
    assert (event.actor, event.details) == (
        f"user:{aldo.pk}",
        {"reason": "incident", "rows": 1, "verb": "review.reveal"},
    )


def test_a_download_holds_all_pages_and_not_what_comes_later(guarded: None, aldo: User, at_desk, monkeypatch) -> None:
    tamper("DELETE FROM reports_auditevent")
    many(130)
    monkeypatch.setattr(queries, "CHUNK", 50)
    answer = at_desk(aldo).post(f"{LOG}download/", {"reason": "review"})
    audit.record("review.look", by=SYSTEM, subject="reports")
    assert len(b"".join(answer.streaming_content).decode().splitlines()) == 131


def test_a_download_is_asked_for_by_a_form_only(aldo: User, at_desk) -> None:
    assert at_desk(aldo).get(f"{LOG}download/").url == LOG


def test_the_page_keeps_what_was_chosen_when_a_reason_is_lacking(story: Report, aldo: User, at_desk) -> None:
    page = at_desk(aldo).post(f"{LOG}download/", {"verb": "review.reveal", "reason": ""}).content.decode()
    assert '<input type="hidden" name="verb" value="review.reveal">' in page
    assert f'href="{LOG}?subject={story.reference}"' in page


# --- Words -----------------------------------------------------------------------------------
def test_every_recorded_verb_is_said_in_words_and_can_be_chosen(aldo: User, at_desk) -> None:
    choices = at_desk(aldo).get(LOG).context["form"].fields["verb"].choices
    offered = {verb for _title, verbs in choices if isinstance(verbs, list) for verb, _words in verbs}
    assert recorded() <= offered
    assert len(set(map(str, wording.WORDS.values()))) == len(wording.WORDS)


def test_what_has_no_words_yet_is_shown_as_it_stands(guarded: None, aldo: User, at_desk) -> None:
    audit.record("other.thing", by=RESIDENT, subject="area:3", colour="dark_blue", yes=True, none=None, name="DEBUG")
    row = at_desk(aldo).get(LOG).context["rows"][0]
    assert (row.what, row.who, row.of) == ("other.thing", "The resident", "area 3")
    assert sorted(row.details) == [("colour", "dark blue"), ("setting", "DEBUG"), ("yes", "yes")]
    assert (wording.actor("user:7"), wording.actor("user:7", "Olga")) == ("Account 7", "Olga")


def test_what_was_done_to_an_account_names_it(guarded: None, aldo: User, ada: User, olga: User, at_desk) -> None:
    audit.record("accounts.permit", by=ada, subject=f"user:{olga.pk}")
    audit.record("accounts.permit", by=ada, subject="user:0")
    page = at_desk(aldo).get(LOG)
    assert shown(page)[:2] == [("Changed permissions", "ada", "Account 0"), ("Changed permissions", "ada", "olga")]


def test_the_last_check_stands_on_the_page(log: list[int], aldo: User, at_desk) -> None:
    client = at_desk(aldo)
    assert "Checked on" not in client.get(LOG).content.decode()
    audit.record("auditing.verify", by=SYSTEM, subject="audit", found="whole", event=6)
    assert "whole up to event 6" in client.get(LOG).content.decode()
    audit.record("auditing.verify", by=SYSTEM, subject="audit", found="missing", event=3)
    assert "not whole at event 3" in client.get(LOG).content.decode()
