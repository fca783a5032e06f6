"""Date and areas, as they are typed on a version's page; and the buttons of its life."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reports.models import Area, ReportType
from reports.workshop import actions, life
from tests.reports.workshop.conftest import live_version

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
State = ReportType.State
TODAY = timezone.localdate()


def url(verb: str, version: ReportType) -> str:
    return reverse(f"workshop:{verb}", args=[version.pk])


def again(version: ReportType) -> ReportType:
    return ReportType.objects.get(pk=version.pk)


@pytest.fixture
def client(max_: User, at_desk: Desk) -> Client:
    return at_desk(max_)


def typed(**fields: Any) -> dict[str, Any]:
    return {f"publish-{name}": value for name, value in ({"where": "everywhere"} | fields).items()}


def day(ahead: int) -> str:
    return (TODAY + timedelta(days=ahead)).isoformat()


def moment(ahead: int, hour: int = 0) -> datetime:
    at = datetime.combine(TODAY + timedelta(days=ahead), datetime.min.time(), timezone.get_default_timezone())
    return at + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("fields", "state", "begins"),
    [({}, State.LIVE, None), ({"day": day(3)}, State.APPROVED, moment(3)), ({"day": day(0)}, State.LIVE, moment(0))],
)
def test_the_day_is_the_agencys(
    client: Client, approved: ReportType, fields: dict[str, str], state: str, begins: datetime | None
) -> None:
    assert client.post(url("publish", approved), typed(**fields)).status_code == 302
    after = again(approved)
    assert after.state == state
    assert begins is None or after.live_from == begins


def test_areas_come_first_and_all_the_others_on_a_day(client: Client, approved: ReportType) -> None:
    areas = list(Area.objects.filter(number__in=[1, 5]))
    fields = {"where": "chosen", "areas": [area.pk for area in areas], "everywhere_day": day(20), "day": day(2)}
    client.post(url("publish", approved), typed(**fields, clock="08:00"))
    after = again(approved)
    assert (after.state, after.live_from, after.everywhere_from) == (State.APPROVED, moment(2, 8), moment(20))
    assert list(after.areas.all()) == areas
    page = client.get(url("show", approved))
    assert "Central, Harbor." in page.text
    form = page.context["forms"]["publish"]
    assert [form[name].value() for name in ("day", "where", "everywhere_day")] == [
        TODAY + timedelta(days=2),
        "chosen",
        TODAY + timedelta(days=20),
    ]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"day": day(-1)}, "day"),
        ({"clock": "08:00"}, "day"),
        ({"where": "chosen"}, "areas"),
        ({"where": "chosen", "areas": [0]}, "areas"),
        ({"where": ""}, "where"),
        ({"where": "chosen", "day": day(5), "everywhere_day": day(4)}, "everywhere_day"),
        ({"where": "chosen", "everywhere_day": day(0)}, "everywhere_day"),
        ({"day": "soon"}, "day"),
    ],
)
def test_what_cannot_be_is_said_beside_the_box(
    client: Client, approved: ReportType, fields: dict[str, Any], wrong: str
) -> None:
    if fields.get("where") == "chosen" and wrong == "everywhere_day":
        fields = fields | {"areas": [Area.objects.first().pk]}
    page = client.post(url("publish", approved), typed(**fields))
    assert wrong in page.context["forms"]["publish"].errors
    assert again(approved).live_from is None


def test_a_version_in_chosen_areas_is_widened_on_its_page(client: Client, approved: ReportType) -> None:
    actions.publish(report_type_id=approved.pk, areas=Area.objects.filter(number=1), by=approved.approved_by)
    assert "Residents can file it in Central" in client.get(url("show", approved)).text
    client.post(url("publish", approved), typed())
    assert again(approved).state == State.LIVE


# --- The other buttons --------------------------------------------------------------------
def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_who_worked_on_it_is_told_why_not(draft: ReportType, sue: User, at_desk: Desk) -> None:
    client = at_desk(sue)
    assert said(client.post(url("submit", draft), follow=True))[0].startswith("Sent.")
    answer = client.post(url("approve", draft), {"approve-seen": life.mark(draft)}, follow=True)
    assert said(answer) == ["You worked on this version. A second person has to approve it."]


def test_a_second_person_approves_once_and_what_changed_meanwhile_is_told(
    client: Client, draft: ReportType, sue: User
) -> None:
    actions.submit(report_type_id=draft.pk, by=sue)
    page = client.post(url("approve", draft), {"approve-seen": life.mark(draft)})
    assert "Tick this, or have the missing texts translated first." in page.text
    ticked = {"approve-seen": "1:2.0", "approve-english_stands_in": "on"}
    assert said(client.post(url("approve", draft), ticked, follow=True))[0].startswith("It was changed while")
    ticked["approve-seen"] = life.mark(draft)
    assert said(client.post(url("approve", draft), ticked, follow=True))[0].startswith("Approved.")
    answer = client.post(url("approve", draft), ticked, follow=True)
    assert said(answer) == ["That is not possible any more: the version is “approved” now."]


def test_it_is_sent_back_with_a_word(client: Client, draft: ReportType, sue: User) -> None:
    actions.submit(report_type_id=draft.pk, by=sue)
    page = client.post(url("send_back", draft), {"send_back-note": "Ask for the frame number."}, follow=True)
    assert "Ask for the frame number." in page.text
    assert again(draft).state == State.DRAFT


def test_a_second_new_version_leads_to_the_first(client: Client) -> None:
    version = live_version("theft")
    first = client.post(url("copy", version))
    second = client.post(url("copy", version), follow=True)
    assert second.redirect_chain[-1][0] == first.url
    assert said(second)[-1] == "This version is in work already."


def test_it_is_retired_and_thrown_away(client: Client, draft: ReportType) -> None:
    version = live_version("graffiti")
    client.post(url("retire", version), {"retire-note": "The city has a page for it."})
    assert again(version).state == State.RETIRED
    assert client.post(url("discard", draft)).url == reverse("workshop:choose")
    assert not ReportType.objects.filter(pk=draft.pk).exists()
    page = client.get(reverse("workshop:choose")).text
    assert "Retired types" in page


@pytest.mark.parametrize("verb", ["submit", "approve", "publish", "retire", "copy", "discard", "arrange"])
def test_a_button_is_pressed_and_not_followed(client: Client, draft: ReportType, verb: str) -> None:
    assert client.get(url(verb, draft)).status_code == 405
    assert client.post(reverse(f"workshop:{verb}", args=[0])).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_as_many_statements_for_many_types(
    client: Client, number: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for at in range(number):
        ReportType.objects.create(slug=f"more-{at}", name=f"More {at}", summary="x", state=State.LIVE)
    client.get(reverse("workshop:choose"))
    with django_assert_max_num_queries(12):
        client.get(reverse("workshop:choose"))


def test_dates_in_the_history_are_in_words(approved: ReportType, client: Client) -> None:
    client.post(url("publish", approved), typed(day=day(3), clock="08:30"))
    when = date.fromisoformat(day(3))
    assert (
        f"To be live from {when:%B} {when.day}, {when.year}, 8:30 AM, everywhere."
        in client.get(url("show", approved)).text
    )
