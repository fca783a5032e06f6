"""Published weeks: once each, to the byte, with what changed later beside them."""

import hashlib
import smtplib
from datetime import date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from pypdf import PdfReader

from accounts.models import Role, User
from reports.audit import SYSTEM
from reports.counts import letters, publishing
from reports.models import AuditEvent, CountLetter, CountSubscription, PublishedFile, PublishedWeek, Report
from tests.desk import at_once
from tests.reports.counts.conftest import Make, local

URL = "/admin/counts/published/"
SATURDAY = date(2026, 11, 21)
LOST = "type:lost-property"
MONDAY = local("2026-11-23T06:00")


def endings() -> list[str]:
    return [
        f"{week}"
        for week in PublishedWeek.objects.filter(revision=0).order_by("ending").values_list("ending", flat=True)
    ]


@pytest.mark.parametrize(
    ("now", "ending"),
    [
        ("2026-11-23T05:59:59", "2026-11-14"),
        ("2026-11-23T06:00:00", "2026-11-21"),
        ("2026-11-28T23:00:00", "2026-11-21"),
        ("2026-11-30T06:00:00", "2026-11-28"),
        # The clocks went back on 1 November, and forward on 8 March.
        ("2026-11-02T06:00:00", "2026-10-31"),
        ("2026-11-02T05:30:00", "2026-10-24"),
        ("2026-03-09T06:00:00", "2026-03-07"),
        ("2026-01-05T06:00:00", "2026-01-03"),
    ],
)
def test_a_week_is_due_on_monday_at_six(now: str, ending: str) -> None:
    assert publishing.due(local(now)) == date.fromisoformat(ending)


@pytest.mark.parametrize(
    ("weekday", "hour", "now", "ending"),
    [
        (7, 0, "2026-11-22T00:00", "2026-11-21"),
        (6, 23, "2026-11-28T22:59", "2026-11-14"),
        (6, 23, "2026-11-28T23:00", "2026-11-21"),
        (3, 12, "2026-11-25T11:59", "2026-11-14"),
        (3, 12, "2026-11-25T12:00", "2026-11-21"),
    ],
)
def test_day_and_hour_are_settings(settings, weekday: int, hour: int, now: str, ending: str) -> None:
    settings.COUNTS_WEEKDAY, settings.COUNTS_HOUR = weekday, hour
    assert publishing.due(local(now)) == date.fromisoformat(ending)


def test_each_week_is_published_once(pattern: Report) -> None:
    for now in (MONDAY, MONDAY, MONDAY + timedelta(days=3)):
        publishing.publish(by=SYSTEM, now=now)
    assert endings() == ["2026-11-21"]
    assert AuditEvent.objects.filter(verb="counts.publish").count() == 1
    publishing.publish(by=SYSTEM, now=MONDAY + timedelta(weeks=1))
    assert endings() == ["2026-11-21", "2026-11-28"]


def test_missed_weeks_are_caught_up_with(pattern: Report) -> None:
    publishing.publish(by=SYSTEM, now=MONDAY)
    made = publishing.publish(by=SYSTEM, now=MONDAY + timedelta(weeks=3, days=2))
    assert [f"{week.ending}" for week in made] == ["2026-11-28", "2026-12-05", "2026-12-12"]
    assert publishing.publish(by=SYSTEM, now=MONDAY + timedelta(weeks=3, days=2)) == []


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_publish_once() -> None:
    made = at_once(*[lambda: publishing.publish(by=SYSTEM, now=MONDAY)] * 2)
    assert sorted(len(each) for each in made) == [0, 1]
    assert PublishedWeek.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_tables_of_a_week_are_of_one_moment(make: Make) -> None:
    report = make("2026-11-16T12:00")
    came_between: list[object] = []

    def delete_before_the_second_table(execute, sql, params, many, context):
        """As somebody else's transaction does while the first table was read already."""
        answer = execute(sql, params, many, context)
        if "FROM reports_tally" in sql and not came_between:
            came_between.extend(at_once(lambda: Report.objects.filter(pk=report.pk).delete()[0]))
        return answer

    with connection.execute_wrapper(delete_before_the_second_table):
        made = publishing.tables(SATURDAY)
    assert (came_between[0], Report.objects.filter(pk=report.pk).exists()) == (1, False)
    assert [block.total.pairs[0].current for each in made for block in each.blocks if block.what == LOST] == [1, 1, 1]
    made = publishing.tables(SATURDAY)
    assert [block.total.pairs[0].current for each in made for block in each.blocks if block.what == LOST] == [0, 0, 0]


@pytest.fixture
def week(make: Make) -> PublishedWeek:
    """A published week with two reports of Central."""
    for at in ("2026-11-15T00:00", "2026-11-21T23:59", "2026-11-22T00:00"):
        make(at)
    return publishing.publish(by=SYSTEM, now=MONDAY)[0]


def cell(week: PublishedWeek, layout: int, unit: str) -> dict[str, object]:
    block = next(block for block in week.figures[layout]["blocks"] if block["category"] == "Lost property")
    found: dict[str, object] = next(row for row in [*block["rows"], block["total"]] if row["unit"] == unit)["figures"][
        0
    ]
    return found


def test_a_snapshot_holds_week_four_weeks_and_year(week: PublishedWeek) -> None:
    assert [shape["columns"][0] for shape in week.figures] == [
        "Week to 2026-11-21",
        "28 days to 2026-11-21",
        "YTD 2026",
    ]
    expected = {"current": 2, "earlier": 0, "difference": 2, "change": "NC"}
    assert [cell(week, layout, unit) for layout in range(3) for unit in ("OCB", "CITYWIDE TOTAL")] == [expected] * 6


def test_its_files_say_the_same_and_have_checksums(week: PublishedWeek) -> None:
    files = {file.name: file for file in week.files.all()}
    assert list(files) == [
        "counts-2026-11-21-28day.csv",
        "counts-2026-11-21-week.csv",
        "counts-2026-11-21-ytd.csv",
        "counts-2026-11-21.pdf",
        "counts-2026-11-21.xlsx",
    ]
    for file in files.values():
        assert hashlib.sha256(bytes(file.content)).hexdigest() == file.sha256
    assert b"Lost property,OCB,2,0,2,NC" in bytes(files["counts-2026-11-21-week.csv"].content)
    book = openpyxl.load_workbook(BytesIO(bytes(files["counts-2026-11-21.xlsx"].content)))
    assert book.sheetnames == ["Week", "28 days", "Year to date"]
    text = PdfReader(BytesIO(bytes(files["counts-2026-11-21.pdf"].content))).pages[0].extract_text()
    assert "Week until November 21, 2026" in text
    assert publishing.is_as_published(week)


def test_a_file_is_fetched_to_the_byte_whatever_happened_since(week: PublishedWeek, sue: User, at_desk) -> None:
    file = week.files.get(name="counts-2026-11-21.xlsx")
    Report.objects.all().delete()
    answer = at_desk(sue).post(f"{URL}files/{file.pk}/")
    assert hashlib.sha256(answer.content).hexdigest() == file.sha256
    assert answer.headers["Content-Disposition"] == 'attachment; filename="counts-2026-11-21.xlsx"'
    event = AuditEvent.objects.get(verb="counts.fetch")
    assert (event.actor, event.details) == (
        f"user:{sue.pk}", {"ending": "2026-11-21", "revision": 0, "kind": "xlsx"},
    )  # fmt: skip


@pytest.mark.parametrize("model", [PublishedWeek, PublishedFile])
def test_nobody_changes_what_was_published(week: PublishedWeek, model) -> None:
    for change in (lambda rows: rows.update(sha256="0" * 64), lambda rows: rows._raw_delete(rows.db)):
        with pytest.raises(ProgrammingError, match="not changed or removed"), transaction.atomic():
            change(model.objects.all())


def test_a_file_that_was_altered_is_not_given_out(week: PublishedWeek, sue: User, at_desk) -> None:
    file = week.files.get(name="counts-2026-11-21-ytd.csv")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_publishedfile DISABLE TRIGGER counts_frozen")
    PublishedFile.objects.filter(pk=file.pk).update(content=b"other")
    answer = at_desk(sue).post(f"{URL}files/{file.pk}/", follow=True)
    assert "not as it was published" in answer.text
    assert "checksum is another one" in answer.text
    assert not AuditEvent.objects.filter(verb="counts.fetch").exists()


def test_later_changes_become_revisions_with_the_difference(
    week: PublishedWeek, make: Make, sue: User, at_desk
) -> None:
    late = make("2026-11-16T12:00", area=5)
    Report.objects.filter(reported_at=local("2026-11-15T00:00")).update(area=late.area)
    page = at_desk(sue).get(f"{URL}2026-11-21/")
    # By hand: the week loses one in Central and gains two in Harbor; so do 28 days and year.
    rows = {(row["table"].split(" until")[0], row["unit"], row["column"]): row for row in page.context["since"]}
    assert [
        (
            rows[table, unit, column]["before"],
            rows[table, unit, column]["after"],
            rows[table, unit, column]["difference"],
        )
        for table, column in (("Week", "Week to 2026-11-21"), ("Year to date", "YTD 2026"))
        for unit in ("OCB", "OSB", "CITYWIDE TOTAL")
    ] == [(2, 1, -1), (0, 2, 2), (2, 3, 1)] * 2
    assert len(page.context["since"]) == 9

    publishing.publish(by=SYSTEM, now=MONDAY + timedelta(weeks=1))
    revision = PublishedWeek.objects.get(ending=SATURDAY, revision=1)
    assert len(revision.changes) == 9
    assert cell(revision, 0, "OSB")["current"] == 2
    assert cell(PublishedWeek.objects.get(pk=week.pk), 0, "OSB")["current"] == 0
    assert revision.files.get(name="counts-2026-11-21-revision-1.pdf")
    assert publishing.revise(by=SYSTEM) == []
    page = at_desk(sue).get(f"{URL}2026-11-21/")
    assert (page.context["week"], page.context["since"]) == (revision, [])
    assert at_desk(sue).get(f"{URL}2026-11-21/?revision=0").context["week"] == week
    assert at_desk(sue).get(f"{URL}2026-11-21/?revision=7").status_code == 404


def test_old_weeks_are_let_be(week: PublishedWeek, make: Make, settings) -> None:
    settings.COUNTS_REVISED_WEEKS = 2
    publishing.publish(by=SYSTEM, now=MONDAY + timedelta(weeks=2))
    make("2026-11-16T12:00", area=5)
    revised = publishing.revise(by=SYSTEM)
    assert [f"{each.ending}" for each in revised] == ["2026-12-05", "2026-11-28"]


def test_the_list_names_weeks_and_revisions(week: PublishedWeek, make: Make, sue: User, olga: User, at_desk) -> None:
    make("2026-11-16T12:00")
    publishing.publish(by=SYSTEM, now=MONDAY + timedelta(weeks=1))
    page = at_desk(sue).get(URL)
    assert [(f"{row.ending}", revisions) for row, revisions in page.context["weeks"]] == [
        ("2026-11-28", 0), ("2026-11-21", 1),
    ]  # fmt: skip
    assert at_desk(sue).get(f"{URL}2026-11-22/").status_code == 404
    assert at_desk(sue).get(f"{URL}2026-13-45/").status_code == 404
    assert [at_desk(olga).get(path).status_code for path in (URL, f"{URL}2026-11-21/")] == [403, 403]


# --- By e-mail -----------------------------------------------------------------------
@pytest.fixture
def subscribed(sue: User, at_desk) -> User:
    """Sue, who asked for the PDF."""
    sue.email = "sue@example.org"
    sue.save()
    assert at_desk(sue).post("/admin/counts/subscribe/", {"pdf": "on"}).status_code == 302
    return sue


def test_a_subscriber_gets_each_week_once_as_chosen(subscribed: User, week: PublishedWeek) -> None:
    for _ in range(2):
        letters.send_letters(by=SYSTEM, now=MONDAY)
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["sue@example.org"], "Counts of the week until November 21, 2026")
    [(name, content, kind)] = sent.attachments
    assert (name, kind) == ("counts-2026-11-21.pdf", "application/pdf")
    assert hashlib.sha256(content).hexdigest() == week.files.get(name=name).sha256
    assert "/admin/counts/published/2026-11-21/" in sent.body
    assert AuditEvent.objects.filter(verb="counts.send", subject=f"user:{subscribed.pk}").count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
        lambda user: User.objects.filter(pk=user.pk).update(roles=[Role.OFFICER]),
        lambda user: User.objects.filter(pk=user.pk).update(email=""),
        lambda user: CountSubscription.objects.all().delete(),
    ],
)
def test_nothing_goes_to_who_may_not_or_will_not(subscribed: User, week: PublishedWeek, change) -> None:
    change(subscribed)
    assert letters.send_letters(by=SYSTEM, now=MONDAY) == 0
    assert (mail.outbox, CountLetter.objects.get().done_at) == ([], MONDAY)


def test_a_failed_letter_is_tried_again(subscribed: User, week: PublishedWeek, settings, caplog) -> None:
    settings.EMAIL_BACKEND = "tests.reports.counts.test_publish.Refusing"
    now = MONDAY
    for attempt in range(1, letters.MOST_ATTEMPTS + 1):
        assert letters.send_letters(by=SYSTEM, now=now) == 0
        assert letters.send_letters(by=SYSTEM, now=now + timedelta(seconds=1)) == 0
        assert CountLetter.objects.get().attempts == attempt
        now += timedelta(minutes=2**attempt)
    assert CountLetter.objects.get().done_at
    assert "sue@example.org" not in caplog.text
    assert "SMTPServerDisconnected" in caplog.text


class Refusing:
    """A mail server that hangs up."""

    def __init__(self, **options: object) -> None:
        self.options = options

    def send_messages(self, messages: object) -> int:  # noqa: ARG002 (Django's own signature)
        """Hang up."""
        raise smtplib.SMTPServerDisconnected("sue@example.org")


def test_a_choice_is_kept_and_taken_back(subscribed: User, at_desk) -> None:
    client = at_desk(subscribed)
    assert client.get("/admin/counts/subscribe/").context["form"].initial == {"pdf": True, "xlsx": False}
    client.post("/admin/counts/subscribe/", {"pdf": "on", "xlsx": "on"})
    assert CountSubscription.objects.get().xlsx
    client.post("/admin/counts/subscribe/", {})
    assert not CountSubscription.objects.exists()
    events = AuditEvent.objects.filter(verb="counts.subscribe").order_by("id")
    assert [(event.details["pdf"], event.details["xlsx"]) for event in events] == [
        (True, False), (True, True), (False, False),
    ]  # fmt: skip


def test_what_is_published_is_a_moment_of_the_agencys_clock() -> None:
    assert datetime(2026, 11, 23, 14, tzinfo=ZoneInfo("UTC")) == MONDAY
