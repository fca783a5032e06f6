"""From a report to the one before or behind it in the list that one came from."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from reports.models import Report
from tests.desk import another, show

LIST = "tab=unclaimed&sort=newest"


@pytest.fixture
def three(queued: Report) -> list[Report]:
    """Three reports of the queue, the oldest first."""
    later = [another(queued, reported_at=queued.reported_at + timedelta(hours=hours)) for hours in (1, 2)]
    return [queued, *later]


def beside(client, report: Report, way: str, came_from: str = ""):
    url = reverse("review:beside", args=[report.pk, way])
    return client.get(url + (f"?{came_from}" if came_from else ""))


def page_of(report: Report, came_from: str = "") -> str:
    return reverse("review:show", args=[report.pk]) + (f"?{came_from}" if came_from else "")


def test_it_follows_the_order_of_the_list_one_came_from(three, olga: User, at_desk) -> None:
    client = at_desk(olga)
    first, second, third = three
    assert beside(client, second, "next").url == page_of(third)
    assert beside(client, second, "previous").url == page_of(first)
    assert beside(client, second, "next", LIST).url == page_of(first, LIST)
    assert beside(client, second, "previous", LIST).url == page_of(third, LIST)


def test_at_the_end_it_leads_back_to_the_list(three, olga: User, at_desk) -> None:
    answer = beside(at_desk(olga), three[0], "next", LIST)
    assert answer.url == reverse("review:queue") + "?" + LIST


def test_every_way_from_the_page_keeps_where_one_came_from(three, olga: User, at_desk) -> None:
    client = at_desk(olga)
    page = client.get(page_of(three[0], LIST))
    kept = "?" + LIST.replace("&", "&amp;")
    assert page.context["queue_url"] == reverse("review:queue") + "?" + LIST
    for name, args in [("beside", ["next"]), ("correct", ["area"]), ("note", []), ("inform", []), ("reveal", [])]:
        assert reverse(f"review:{name}", args=[three[0].pk, *args]) + kept in page.text
    answer = client.post(f"{reverse('review:reveal', args=[three[0].pk])}?{LIST}", {"reason": "decide"})
    assert answer.url == page_of(three[0], LIST)


@pytest.mark.parametrize("odd", ["https://evil.example/", "//evil.example", "a\r\nX: y", "\0", "#y", "<script>"])
def test_whatever_stands_there_leads_nowhere_else(queued: Report, olga: User, at_desk, odd: str) -> None:
    client = at_desk(olga)
    for given in ({"tab": odd, "sort": odd}, {odd: odd}):
        page = client.get(reverse("review:show", args=[queued.pk]), given)
        assert page.context["queue_url"].startswith(reverse("review:queue") + "?")
        assert "<script>" not in page.context["queue_url"]
        answer = client.get(reverse("review:beside", args=[queued.pk, "next"]), given)
        assert answer.url.startswith(reverse("review:queue") + "?")


def test_reports_out_of_reach_are_passed_over(three, olga: User, at_desk) -> None:
    Report.objects.filter(pk=three[1].pk).update(area=None)
    assert beside(at_desk(olga), three[0], "next").url == page_of(three[2])
    assert show(at_desk(olga), three[1]).status_code == 404
