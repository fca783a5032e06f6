"""The administrators' pages: tokens and webhooks made, shown once, looked after."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import sessions
from accounts.models import User
from reports.audit import SYSTEM
from reports.feed import handing, webhooks
from reports.feed.columns import COLUMNS
from reports.models import AuditEvent, FeedToken, Job, Report, Webhook, WebhookDelivery
from tests.reports.feed.conftest import LIST, PLAIN, System

SYSTEMS, MAKE, HOOK = "/admin/feed/", "/admin/feed/token/", "/admin/feed/webhook/"
TYPED = {
    "name": "Records system",
    "place": "some",
    "areas": [],
    "kinds": "some",
    "types": ["theft-from-vehicle"],
    "plain": PLAIN,
    "files": "none",
    "reason": "",
    "days": "90",
}


@pytest.fixture
def client(at_desk: Callable[[User], Client], ada: User) -> Client:
    return at_desk(ada)


@pytest.fixture
def typed(report: Report) -> dict[str, Any]:
    return TYPED | {"areas": [report.area_id]}


def secret_of(page: Any) -> str:
    found = re.search(r'class="feed-secret">([^<]+)<', page.text)
    assert found
    return found[1]


def test_a_token_is_made_shown_once_and_works(client: Client, typed: dict[str, Any], report: Report) -> None:
    page = client.post(MAKE, typed)
    text = secret_of(page)
    assert "no-store" in page["Cache-Control"]
    records = System(FeedToken.objects.get(), text)
    assert [item["reference"] for item in records.pull()[0]] == [report.reference]
    listed = client.get(SYSTEMS).text
    assert text not in listed
    for words in ("Records system", records.token.prefix, "Central", "Theft from a vehicle", "none of them personal"):
        assert words in listed
    event = AuditEvent.objects.get(verb="feed.make")
    assert (event.details["areas"], event.details["types"], event.details["columns"]) == (1, 1, len(PLAIN))
    assert "Records" not in str(event.details)


REFUSED = [
    ({"name": ""}, "name"),
    ({"place": ""}, "place"),
    ({"areas": []}, "areas"),
    ({"types": []}, "types"),
    ({"types": ["unknown"]}, "types"),
    ({"plain": []}, "plain"),
    ({"personal": ["narrative"]}, "reason"),
    ({"files": "copies"}, "reason"),
    ({"days": "9999"}, "days"),
]


@pytest.mark.parametrize(("changes", "field"), REFUSED)
def test_what_is_missing_is_said_and_nothing_is_made(
    client: Client, typed: dict[str, Any], changes: dict[str, Any], field: str
) -> None:
    page = client.post(MAKE, typed | changes)
    assert set(page.context["form"].errors) == {field}
    assert not FeedToken.objects.exists()


def test_all_is_only_what_somebody_chose(client: Client, typed: dict[str, Any], report: Report) -> None:
    client.post(MAKE, typed | {"place": "all", "kinds": "all", "personal": ["narrative"], "reason": "records"})
    token = FeedToken.objects.get()
    assert (token.citywide, token.area_ids, token.every_type, token.types) == (True, [], True, [])
    assert token.reason == "records"
    assert "What happened, as written" in client.get(SYSTEMS).text


@pytest.mark.parametrize("url", [MAKE, HOOK])
def test_who_logged_in_long_ago_is_asked_once_more(client: Client, url: str, typed: dict[str, Any]) -> None:
    session = client.session
    session[sessions.FRESH] = 0
    session.save()
    for answer in (client.get(url), client.post(url, typed)):
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/admin/account/again/")
    assert not FeedToken.objects.exists()


def test_a_revoked_token_opens_nothing_and_stays_in_the_list(
    client: Client, typed: dict[str, Any], report: Report
) -> None:
    records = System(FeedToken.objects.none(), secret_of(client.post(MAKE, typed)))
    token = FeedToken.objects.get()
    assert records.get(LIST).status_code == 200
    client.post(reverse("feed:revoke", args=[token.pk]))
    client.post(reverse("feed:revoke", args=[token.pk]))
    assert records.get(LIST).status_code == 401
    page = client.get(SYSTEMS)
    assert [each.row.pk for each in page.context["ended"]] == [token.pk]
    assert "Revoked and expired tokens" in page.text
    assert AuditEvent.objects.filter(verb="feed.revoke").count() == 1


@pytest.fixture
def webhook(settings: Any, report: Report, ada: User) -> Webhook:
    """A webhook of the whole city with one delivery that waits."""
    settings.WEBHOOK_HOSTS = ["rms.example.gov"]
    scope = {"citywide": True, "areas": [], "every_type": True}
    made, _secret = webhooks.hook(name="RMS", url="https://rms.example.gov/hook", by=ada, **scope)
    Report.objects.filter(pk=report.pk).update(language="es")
    handing.hand_out(by=SYSTEM)
    return made


def test_a_webhook_is_made_and_its_secret_shown_once(client: Client, typed: dict[str, Any], settings: Any) -> None:
    settings.WEBHOOK_HOSTS = ["rms.example.gov"]
    refused = client.post(HOOK, typed | {"url": "https://other.example.gov/"})
    assert "only to hosts that the settings name" in refused.text
    secret = secret_of(client.post(HOOK, typed | {"url": "https://rms.example.gov/hook"}))
    made = Webhook.objects.get()
    assert secret.startswith("whsec_")
    for url in (SYSTEMS, reverse("feed:deliveries", args=[made.pk])):
        page = client.get(url).text
        assert secret not in page
        assert "https://rms.example.gov/hook" in page
    changed = client.post(reverse("feed:rotate", args=[made.pk]))
    assert secret_of(changed) != secret
    assert "the old secret signs, too" in changed.text


def test_deliveries_show_how_they_stand_and_are_sent_once_more(client: Client, webhook: Webhook) -> None:
    url, replay = reverse("feed:deliveries", args=[webhook.pk]), reverse("feed:replay", args=[webhook.pk])
    assert "waits" in client.get(url).text
    Job.objects.update(attempts=13, parked_at=timezone.now())
    WebhookDelivery.objects.update(answer=503, tried_at=timezone.now())
    page = client.get(url).text
    for words in ("given up", "answered 503", "13 tries", "Send all that was given up once more"):
        assert words in page
    assert "1 given up" in client.get(SYSTEMS).text
    client.post(replay)
    job = Job.objects.get(delivery__isnull=False)
    assert (job.parked_at, job.attempts) == (None, 0)
    Job.objects.update(done_at=timezone.now())
    client.post(replay, {"delivery": str(WebhookDelivery.objects.get().pk)})
    assert Job.objects.get(delivery__isnull=False).done_at is None
    client.post(replay, {"delivery": "Ana"})


def test_a_webhook_is_switched_off_and_on(client: Client, webhook: Webhook) -> None:
    url = reverse("feed:switch", args=[webhook.pk])
    client.post(url, {"on": "no"})
    assert (Webhook.objects.get().active, Job.objects.get(delivery__isnull=False).last_error) == (False, "SwitchedOff")
    client.post(url, {"on": "yes"})
    assert Webhook.objects.get().active


def test_the_list_takes_as_many_statements_for_many_as_for_one(
    client: Client, system: Callable[..., System], webhook: Webhook, ada: User
) -> None:
    counted = []
    for number in range(30):
        system(f"system {number}", areas=[1], columns=list(COLUMNS), reason="records")
        scope = {"citywide": True, "areas": [], "every_type": True}
        webhooks.hook(name=f"hook {number}", url=webhook.url, by=ada, **scope)
        if number in {0, 29}:
            with CaptureQueriesContext(connection) as told:
                client.get(SYSTEMS)
            counted.append(len(told))
    assert counted[0] == counted[1]
