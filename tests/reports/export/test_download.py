"""The file leaves: to who asked for it, proven anew, for a reason that is recorded; and the report knows of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import sessions
from accounts.models import Role, User
from reports.models import Alert, AuditEvent, Export, Report
from tests.desk import show
from tests.reports.export.conftest import content


def get(client: Client, export: Export, **typed: str) -> object:
    return client.post(reverse("export:download", args=[export.pk]), {"reason": "records", **typed})


def test_it_streams_the_whole_and_says_how_long_it_is(march: Report, made, sue: User, at_desk) -> None:
    export = made()
    answer = get(at_desk(sue), export)
    body = b"".join(answer)
    assert answer.streaming
    assert body == content(export)
    name = f"reports-{timezone.localdate():%Y-%m-%d}-{str(export.pk)[-6:]}.csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Content-Length"] == str(len(body))
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (
        "text/csv; charset=utf-8",
        "nosniff",
    )
    assert "no-store" in answer.headers["Cache-Control"]
    event = AuditEvent.objects.filter(verb="export.download").first()
    assert (event.actor, event.subject) == (f"user:{sue.pk}", f"export:{export.pk}")
    assert event.details == {"of": "file", "format": "csv", "rows": 1, "personal": False, "reason": "records"}


@pytest.mark.parametrize(("of", "begins"), [("misfits", b"reference,column,value,why"), ("proof", b"# complete: yes")])
def test_its_companions(march: Report, made, sue: User, at_desk, of: str, begins: bytes) -> None:
    assert b"".join(get(at_desk(sue), made(preset="nibrs"), of=of)).startswith(begins)


@pytest.mark.parametrize(
    ("preset", "reason"),
    [("standard", ""), ("standard", "curiosity"), ("everything", "statistics"), ("everything", "")],
)
def test_it_needs_a_reason_of_the_list(march: Report, made, sue: User, at_desk, preset: str, reason: str) -> None:
    page = get(at_desk(sue), made(preset=preset), reason=reason)
    assert list(page.context["form"].errors) == ["reason"]
    assert not AuditEvent.objects.filter(verb="export.download").exists()


def test_it_asks_once_more_who_is_there(march: Report, made, sue: User, at_desk) -> None:
    export, desk = made(), at_desk(sue)
    session = desk.session
    session[sessions.FRESH] -= 16 * 60
    session.save()
    answer = get(desk, export)
    assert answer.status_code == 302
    assert answer.url.startswith("/admin/account/again/")
    assert desk.get("/admin/export/new/").status_code == 302
    assert not AuditEvent.objects.filter(verb="export.download").exists()


def test_it_is_not_there_for_others_nor_for_who_may_not_any_more(
    march: Report, made, sue: User, staff, at_desk
) -> None:
    export = made()
    assert get(at_desk(staff("carl", Role.CLERK, citywide=True)), export).status_code == 404
    desk = at_desk(sue)
    User.objects.filter(pk=sue.pk).update(citywide=True)
    assert get(desk, export).url == reverse("export:show", args=[export.pk])
    User.objects.filter(pk=sue.pk).update(roles=[Role.OFFICER])
    assert get(desk, export).status_code == 403
    assert not AuditEvent.objects.filter(verb="export.download").exists()


def test_an_expired_one_is_not_there(march: Report, made, sue: User, at_desk) -> None:
    export = made()
    Export.objects.update(state="expired")
    page = at_desk(sue).post(reverse("export:download", args=[export.pk]), {"reason": "records"}, follow=True)
    assert "This file cannot be had any more" in page.text
    assert "Its file is deleted" in page.text


def test_each_page_of_an_export_says_how_it_stands(march: Report, ask, sue: User, at_desk) -> None:
    export, desk = ask(), at_desk(sue)
    for state, words in {
        "waiting": "It waits for its turn",
        "running": "It is being made",
        "failed": "It could not be made",
        "cancelled": "It was cancelled",
        "expired": "Its file is deleted",
    }.items():
        Export.objects.update(state=state, total=3, rows=1, why="too_many" if state == "failed" else "")
        page = desk.get(reverse("export:show", args=[export.pk]))
        assert words in page.text
    Export.objects.update(state="running", leased_until=timezone.now() + timedelta(seconds=60))
    assert "1 of 3 reports are stored." in " ".join(desk.get(reverse("export:show", args=[export.pk])).text.split())
    done = desk.post(reverse("export:cancel", args=[export.pk]), follow=True)
    assert "The export is cancelled." in done.text
    again = desk.post(reverse("export:cancel", args=[export.pk]), follow=True)
    assert "It had ended already." in again.text


def test_the_report_says_that_it_was_exported(march: Report, made, olga: User, sue: User, at_desk) -> None:
    made(preset="everything")
    told = [f"{entry.name} {entry.words}" for entry in show(at_desk(olga), march).context["entries"]]
    assert "sue exported it with personal data as CSV to enter the reports into the records system" in told


def test_a_clerk_is_told_where_the_file_is(march: Report, made, staff, at_desk) -> None:
    clerk = staff("carl", Role.CLERK, areas=[1])
    export = made(by=clerk)
    assert Alert.objects.get().user == clerk
    page = at_desk(clerk).get(reverse("alerts:show"))
    assert reverse("export:show", args=[export.pk]) in page.text
