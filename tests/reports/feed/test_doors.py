"""Who gets in, how often, and what a refusal says: nothing."""

import json
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reports import counters
from reports.feed import tokens
from reports.models import AuditEvent, FeedReceipt, FeedToken, Report
from reports.review import timeline
from tests.desk import show
from tests.reports.feed.conftest import LIST, System
from tests.resident import PERSON, STORY

Systems = Callable[..., System]
UNKNOWN = "00000000-0000-7000-8000-000000000000"


def doors(report: Report | str) -> list[tuple[str, str]]:
    """Return every door of the feed that needs a token."""
    pk = getattr(report, "pk", report)
    arguments = {"report_id": pk, "attachment_id": UNKNOWN}
    named = [("get", "pull", []), ("get", "look", ["report_id"]), ("put", "acknowledge", ["report_id"])]
    named += [("get", "fetch", ["report_id", "attachment_id"])]
    return [(how, reverse(f"api:{name}", kwargs={key: arguments[key] for key in keys})) for how, name, keys in named]


def asked(client: Client, how: str, url: str, **headers: str) -> Any:
    body = {"data": json.dumps({"number": "A-1"}), "content_type": "application/json"} if how == "put" else {}
    return getattr(client, how)(url, headers=headers, **body)


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer x", "Bearer feed_abc_def", "Basic feed", "Bearer \x00"])
def test_without_a_token_nothing_opens(report: Report, shown: str) -> None:
    for how, url in doors(report):
        answer = asked(Client(), how, url, **({"Authorization": shown} if shown else {}))
        assert (answer.status_code, answer.json()) == (401, {"error": "unauthorised"})
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_session_opens_nothing(report: Report, at_desk: Any, citywide: User) -> None:
    client = at_desk(citywide)
    assert show(client, report).status_code == 200
    assert {asked(client, how, url).status_code for how, url in doors(report)} == {401}


def test_a_token_opens_nothing_of_the_staffs(report: Report, system: Systems) -> None:
    answer = system().get(reverse("review:show", args=[report.pk]))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/admin/login/")


def test_a_token_needs_no_form_token(report: Report, system: Systems) -> None:
    records = system()
    records.client = Client(enforce_csrf_checks=True)
    assert records.acknowledge(report, "A-1").status_code == 200


@pytest.mark.parametrize(
    "spoiled",
    [
        {"revoked_at": timezone.now()},
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        {"digest": b"of another"},
    ],
)
def test_a_token_that_ended_opens_nothing(report: Report, system: Systems, spoiled: dict[str, Any]) -> None:
    records = system()
    assert records.get(LIST).status_code == 200
    FeedToken.objects.update(**spoiled)
    assert records.get(LIST).status_code == 401


def test_a_token_is_stored_as_nothing_that_opens(system: Systems) -> None:
    records = system()
    row = FeedToken.objects.values().get()
    assert records.text.startswith(row["prefix"])
    assert records.text.encode() not in bytes(row["digest"])
    assert len(records.text) > len(row["prefix"]) + 40


def test_a_token_says_when_it_was_last_used(system: Systems) -> None:
    records = system()
    assert records.token.used_at is None
    records.get(LIST)
    first = FeedToken.objects.get().used_at
    assert first
    records.get(LIST)
    assert FeedToken.objects.get().used_at == first


def test_too_many_requests_have_to_wait(settings: Any, monkeypatch: Any, system: Systems) -> None:
    settings.FEED_REQUESTS_A_MINUTE = 2
    monkeypatch.setattr(time, "time", lambda: 1_800_000_015.0)
    records, other = system(), system("other")
    assert [records.get(LIST).status_code for _time in range(3)] == [200, 200, 429]
    answer = records.get(LIST)
    assert (answer.json(), answer["Retry-After"]) == ({"error": "too_many_requests"}, "45")
    assert other.get(LIST).status_code == 200


def test_without_redis_the_database_spaces_requests_out(settings: Any, monkeypatch: Any, system: Systems) -> None:
    settings.FEED_REQUESTS_A_MINUTE = 2
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(counters, "_rest_until", 0.0)
    records, other = system(), system("other")
    assert [records.get(LIST).status_code for _time in range(3)] == [200, 429, 429]
    assert records.get(LIST)["Retry-After"] == "30"
    assert other.get(LIST).status_code == 200
    # Half a minute later, at whichever process.
    FeedToken.objects.filter(pk=records.token.pk).update(used_at=timezone.now() - timedelta(seconds=31))
    assert [records.get(LIST).status_code for _time in range(2)] == [200, 429]
    FeedToken.objects.filter(pk=records.token.pk).update(used_at=timezone.now() - timedelta(minutes=2))
    assert [records.get(LIST).status_code for _time in range(2)] == [200, 429]
    monkeypatch.setattr(counters, "_rest_until", 0.0)


def test_no_answer_may_be_kept_between(report: Report, system: Systems) -> None:
    records = system()
    answers = [records.get(LIST), records.get(f"{LIST}/{report.pk}"), records.get(f"{LIST}/{UNKNOWN}")]
    answers += [records.acknowledge(report, "A-1"), Client().get(LIST), Client().get("/api/v2/anything")]
    assert {answer["Cache-Control"] for answer in answers} == {"private, no-store"}


def test_what_did_not_change_is_not_sent_again(report: Report, system: Systems) -> None:
    records = system()
    for url in (LIST, f"{LIST}/{report.pk}"):
        tag = records.get(url)["ETag"]
        looks = AuditEvent.objects.count()
        assert records.get(url, headers={"If-None-Match": tag}).status_code == 304
        assert AuditEvent.objects.count() == looks
        Report.objects.update(language=f"x{len(url)}")
        assert records.get(url, headers={"If-None-Match": tag}).status_code == 200


BAD = [
    ("get", LIST, {"limit": "0"}, ["limit"]),
    ("get", LIST, {"limit": "201"}, ["limit"]),
    ("get", LIST, {"limit": "Ana Flores"}, ["limit"]),
    ("get", LIST, {"cursor": "Ana Flores"}, ["cursor"]),
    ("get", f"{LIST}/{UNKNOWN}/files/{UNKNOWN}", {"form": "Ana Flores"}, ["form"]),
    ("put", f"{LIST}/{UNKNOWN}/acknowledgement", {"number": "Ana Flores"}, ["number"]),
    ("put", f"{LIST}/{UNKNOWN}/acknowledgement", {"number": "A-1", "Ana Flores": 1}, ["body"]),
    ("put", f"{LIST}/{UNKNOWN}/acknowledgement", {}, ["number"]),
    ("put", f"{LIST}/{UNKNOWN}/acknowledgement", [], ["body"]),
]


@pytest.mark.parametrize(("how", "url", "sent", "where"), BAD)
def test_a_refusal_names_the_place_and_quotes_nothing(
    system: Systems, how: str, url: str, sent: Any, where: list[str]
) -> None:
    records = system()
    answer = records.get(url, **sent) if how == "get" else records.put(url, sent)
    assert (answer.status_code, answer.json()) == (422, {"error": "invalid", "where": where})
    assert "Ana" not in answer.text


def test_a_body_that_is_no_json_is_refused_alike(report: Report, system: Systems) -> None:
    records = system()
    url, headers = f"{LIST}/{report.pk}/acknowledgement", {"Authorization": f"Bearer {records.text}"}
    answer = Client().put(url, b"\x00 Ana Flores", content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()) == (422, {"error": "invalid", "where": ["body"]})


def test_what_is_not_there_is_told_in_json(report: Report, system: Systems) -> None:
    records = system()
    for url in (f"{LIST}/{UNKNOWN}", f"{LIST}/{report.reference}", "/api/v1/", "/api/v2/reports", "/api/"):
        answer = records.get(url)
        assert (answer.status_code, answer.json()) == (404, {"error": "not_found"})
    records.client = Client(enforce_csrf_checks=True)
    assert records.put(f"{LIST}/x/acknowledgement", {}).json() == {"error": "not_found"}


def test_logs_hold_no_token_and_no_resident(report: Report, system: Systems, caplog: Any, settings: Any) -> None:
    records = system(columns=["narrative"], reason="records")
    with caplog.at_level(logging.DEBUG):
        records.get(LIST)
        records.get(f"{LIST}/{report.pk}")
        records.acknowledge(report, "A-1")
        settings.KEYRING = json.dumps({"encryption": {"primary": "x", "keys": {}}})
        from reports import vault

        vault.forget_keyring()
        assert records.get(LIST).status_code == 500
    told = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert told
    for secret in (records.text, records.text.split("_")[2], "127.0.0.1", STORY, PERSON["name"]):
        assert secret not in " ".join(told)


def test_acknowledging_is_kept_once_and_told_to_staff(
    report: Report, system: Systems, citywide: User, at_desk: Any
) -> None:
    records = system("Records 2000")
    first, again = records.acknowledge(report, "RMS-2026/0042"), records.acknowledge(report, "RMS-2026/0042")
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert FeedReceipt.objects.count() == AuditEvent.objects.filter(verb="feed.acknowledge").count() == 1
    assert records.get(f"{LIST}/{report.pk}").json()["acknowledged_as"] == "RMS-2026/0042"
    assert records.acknowledge(report, "RMS-2026/0043").json()["number"] == "RMS-2026/0043"
    assert [row.number for row in FeedReceipt.objects.all()] == ["RMS-2026/0042", "RMS-2026/0043"]
    words = [entry.words for entry in timeline.of_report(report)]
    assert "Records 2000 has it as RMS-2026/0042" in words
    page = show(at_desk(citywide), report)
    assert "Records 2000 has it as RMS-2026/0043" in page.text
    assert f"Looked at by a system outside (token {records.token.prefix})" in page.text


def test_each_system_has_a_number_of_its_own(report: Report, system: Systems) -> None:
    one, two = system("one"), system("two")
    one.acknowledge(report, "A-1")
    two.acknowledge(report, "B-1")
    assert [each.pull()[0][0]["acknowledged_as"] for each in (one, two)] == ["A-1", "B-1"]


def test_the_document_is_open_and_tells_every_door(client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.")
    assert sorted(told["paths"]) == [
        "/api/v1/reports",
        "/api/v1/reports/{report_id}",
        "/api/v1/reports/{report_id}/acknowledgement",
        "/api/v1/reports/{report_id}/files/{attachment_id}",
    ]


def test_a_token_for_nothing_is_not_made(ada: User) -> None:
    fields = {"columns": [], "expires_at": timezone.now(), "by": ada, "name": "x"}
    for scope in ({"citywide": False, "every_type": True}, {"citywide": True, "every_type": False}):
        with pytest.raises(ValueError, match="opens nothing"):
            tokens.make(areas=[], **scope, **fields)
    with pytest.raises(ValueError, match="reason"):
        tokens.make(areas=[], citywide=True, every_type=True, **(fields | {"columns": ["narrative"]}))
