"""The list of notices, the bell, and how one wants to be told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from reports.alerts import queries
from reports.alerts.actions import alert
from reports.audit import SYSTEM
from reports.models import Alert, AlertChoice, AlertKind, Area, Report
from tests.desk import another, show
from tests.reports.alerts.test_alert import tell

LIST, READ, CHOOSE = "/admin/alerts/", "/admin/alerts/read/", "/admin/alerts/choose/"


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_the_same_few_statements_however_many_rows(queued: Report, olga: User, at_desk, count: int) -> None:
    for _each in range(count):
        tell(another(queued), to=[olga])
    client = at_desk(olga)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(LIST)
    assert len(page.context["rows"]) == count
    assert len(captured) == 5, [query["sql"][:100] for query in captured]


def test_it_lists_the_newest_first_with_a_link(queued: Report, olga: User, at_desk) -> None:
    later = another(queued)
    for report in (queued, later):
        tell(report, to=[olga])
    page = at_desk(olga).get(LIST)
    assert [row.report for row in page.context["rows"]] == [later, queued]
    assert f"/admin/review/{queued.pk}/" in page.text


def test_a_report_out_of_reach_is_not_shown_and_not_counted(queued: Report, olga: User, at_desk) -> None:
    tell(queued, to=[olga])
    Report.objects.filter(pk=queued.pk).update(area=Area.objects.get(number=5))
    page = at_desk(olga).get(LIST)
    assert page.context["rows"] == []
    assert queued.reference not in page.text
    assert queries.unseen(olga) == 0


def test_nobody_reads_the_notices_of_another(queued: Report, olga: User, sue: User, at_desk) -> None:
    tell(queued, to=[olga])
    client = at_desk(sue)
    assert queued.reference not in client.get(LIST).text
    client.post(READ, {"alert": Alert.objects.get().pk})
    client.post(READ)
    assert Alert.objects.get().seen_at is None


def test_the_bell_counts_what_is_new_on_every_page_of_work(queued: Report, olga: User, at_desk) -> None:
    for _each in range(3):
        tell(another(queued), to=[olga])
    for path in ("/admin/", "/admin/review/", LIST):
        assert "3 new notices" in at_desk(olga).get(path).text


def test_many_are_counted_as_many(queued: Report, olga: User, at_desk) -> None:
    rows = [Alert(user=olga, report=queued, kind=AlertKind.PRIORITY, way="here") for _each in range(120)]
    Alert.objects.bulk_create(rows)
    assert "99+ new notices" in at_desk(olga).get(LIST).text


def test_one_or_all_are_counted_as_read(queued: Report, olga: User, at_desk) -> None:
    client = at_desk(olga)
    for _each in range(3):
        tell(another(queued), to=[olga])
    page = client.post(READ, {"alert": Alert.objects.first().pk}, follow=True)
    assert "2 new notices" in page.text
    page = client.post(READ, follow=True)
    assert "none new" in page.text


@pytest.mark.parametrize("alert", ["x", "²", "-1", "9" * 40, "999999"])
def test_a_made_up_number_does_no_harm(olga: User, at_desk, alert: str) -> None:
    assert at_desk(olga).post(READ, {"alert": alert}).status_code == 302
    assert at_desk(olga).get(LIST, {"before": alert}).status_code == 200


def test_opening_the_report_counts_as_reading(queued: Report, olga: User, sue: User, at_desk) -> None:
    tell(queued)
    assert "none new" in show(at_desk(olga), queued).text
    assert (queries.unseen(olga), queries.unseen(sue)) == (0, 1)


def test_its_pages_hold_each_notice_once(queued: Report, olga: User) -> None:
    for _each in range(queries.PAGE + 2):
        alert(kind=AlertKind.PRIORITY, report=queued, by=SYSTEM, to=[olga])
    first, before = queries.page(olga)
    second, end = queries.page(olga, before)
    assert end is None
    assert len({row.pk for row in first + second}) == queries.PAGE + 2


def test_who_sees_no_report_has_no_bell(ada: User, at_desk) -> None:
    page = at_desk(ada).get("/admin/")
    assert "bell" not in page.text
    assert at_desk(ada).get(LIST).status_code == 403


def test_each_person_chooses_how(olga: User, sue: User, at_desk) -> None:
    client = at_desk(olga)
    page = client.get(CHOOSE)
    assert page.context["form"]["overdue"].initial == "daily"
    assert "escalated" not in page.context["form"].fields
    typed = dict.fromkeys(page.context["form"].fields, "here")
    assert "Saved." in client.post(CHOOSE, typed, follow=True).text
    assert client.get(CHOOSE).context["form"]["overdue"].initial == "here"
    assert not AlertChoice.objects.filter(user=sue).exists()


def test_a_supervisor_cannot_switch_escalations_off(sue: User, at_desk) -> None:
    client = at_desk(sue)
    fields = client.get(CHOOSE).context["form"].fields
    assert [value for value, _label in fields["escalated"].choices] == ["now", "daily"]
    page = client.post(CHOOSE, dict.fromkeys(fields, "now") | {"escalated": "never"})
    assert page.context["form"].errors.keys() == {"escalated"}
    assert not AlertChoice.objects.exists()
