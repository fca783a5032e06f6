"""The quiet checks: every report is taken, some are held for a look."""

import re

import pytest

from accounts.models import User
from reports import codes, counters
from reports.intake import guard
from reports.models import Report
from tests.desk import show
from tests.resident import Resident


def sign(**given) -> str:
    return guard.sign(**({"trap": "", "drafts": [], "address": "192.0.2.7"} | given))


def test_an_ordinary_report_is_not_held(resident: Resident) -> None:
    report = resident.file("lost-property").report
    assert (report.held, report.held_for) == (False, "")


def test_a_filled_trap_is_taken_and_held(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    sent = resident.client.post(resident.url("intake:submit", draft), {"truth": "on", "website": "https://x.example"})
    assert sent.url == resident.url("intake:sent", draft)
    assert "R-" in resident.client.get(sent.url).text
    report = Report.objects.get()
    assert (report.held, report.held_for, report.state) == (True, "trap", "received")


def test_the_trap_stands_on_the_page_out_of_reach(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    page = resident.client.get(resident.url("intake:check", draft)).text
    assert '<input type="text" name="website" tabindex="-1" autocomplete="off">' in page


def test_one_sent_in_haste_is_held(resident: Resident, settings) -> None:
    settings.LEAST_FILING_SECONDS = 3600
    report = resident.file("lost-property").report
    assert (report.held, report.held_for) == (True, "haste")


def test_the_sixth_in_an_hour_from_one_browser_is_held(db: None) -> None:
    drafts = [codes.new_id() for _each in range(5)]
    assert sign(drafts=drafts) == ""
    assert sign(drafts=[*drafts, codes.new_id()]) == "browser"


def test_old_drafts_of_a_browser_do_not_count(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = [codes.new_id() for _each in range(8)]
    monkeypatch.setattr(guard, "HOUR", -10)
    assert guard.begun_lately(drafts) == 0


def test_many_from_one_connection_are_held_and_those_of_others_are_not(db: None, settings) -> None:
    said = [sign() for _each in range(settings.MOST_FROM_ADDRESS + 1)]
    assert said == [""] * settings.MOST_FROM_ADDRESS + ["address"]
    assert sign(address="192.0.2.8") == ""


@pytest.mark.parametrize("limit", ["MOST_IN_A_MINUTE", "MOST_IN_AN_HOUR"])
def test_a_flood_from_everywhere_is_held(db: None, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(guard, limit, 3)
    assert [sign(address=f"192.0.2.{each}") for each in range(5)] == ["", "", "", "flood", "flood"]


def test_the_address_is_nowhere_in_redis_nor_anything_of_it_for_long(db: None, settings) -> None:
    sign(address="192.0.2.77")
    client = counters.client(settings.REDIS_URL)
    keys = list(client.scan_iter(f"{counters.SPACE}:*"))
    assert len(keys) == 4
    assert all(b"192.0.2" not in key + client.get(key) for key in keys)
    assert all(0 < client.ttl(key) <= (86_400 if b"salt" in key else 3600) for key in keys)


def test_what_comes_from_one_place_has_a_name_in_common_that_tells_nothing(db: None, settings) -> None:
    """One connection; and one browser wherever it goes, once it sends much."""
    mine, busy = [codes.new_id()], [codes.new_id() for _each in range(6)]

    def of(drafts: list, address: str) -> str:
        return guard.source(drafts=drafts, address=address)

    here = of(mine, "192.0.2.77")
    assert re.fullmatch("[0-9a-f]{16}", here)
    assert here == of([], "192.0.2.77") != of([], "192.0.2.78")
    roaming = of(busy, "192.0.2.77")
    assert roaming == of([codes.new_id(), *busy[:5]], "192.0.2.99") != here
    assert of(mine, "") == ""
    client = counters.client(settings.REDIS_URL)
    kept = [key + client.get(key) for key in client.scan_iter(f"{counters.SPACE}:*")]
    assert kept
    assert all(b"192.0.2" not in each and each.find(busy[0].hex.encode()) < 0 for each in kept)


def test_a_flood_over_http_is_held_in_one_group_while_a_resident_elsewhere_is_not(db: None, settings) -> None:
    settings.MOST_FROM_ADDRESS = 2

    def file(address: str) -> Report:
        resident = Resident()
        resident.client.defaults["REMOTE_ADDR"] = address
        return resident.file("lost-property").report

    flood = [file("198.51.100.1") for _each in range(4)]
    elsewhere = file("198.51.100.2")
    assert [report.held_for for report in [*flood, elsewhere]] == ["", "", "address", "address", ""]
    assert flood[2].held_from == flood[3].held_from != ""
    assert flood[2].held_like == flood[3].held_like != ""
    # Of what is not held nothing is kept of where it came from.
    assert {report.held_from + report.held_like for report in (*flood[:2], elsewhere)} == {""}


def test_another_day_has_another_salt(db: None) -> None:
    assert counters.salt("2026-03-02") == counters.salt("2026-03-02") != counters.salt("2026-03-03")


def test_without_redis_nothing_is_held(resident: Resident, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.REDIS_URL = "unix:///nowhere/at/all.sock"
    monkeypatch.setattr(counters, "_rest_until", 0.0)
    monkeypatch.setattr(guard, "MOST_IN_A_MINUTE", 0)
    assert not resident.file("lost-property").report.held
    monkeypatch.setattr(counters, "_rest_until", 0.0)


@pytest.mark.parametrize(
    ("behind", "forwarded", "address"),
    [
        (False, "198.51.100.9", "192.0.2.1"),
        (True, "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        (True, "", ""),
    ],
)
def test_only_the_trusted_proxy_is_believed(settings, behind: bool, forwarded: str, address: str) -> None:
    settings.BEHIND_TLS_PROXY = behind
    assert guard.address_of({"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": forwarded}) == address


def test_the_officer_reads_why(resident: Resident, olga: User, at_desk, settings) -> None:
    settings.LEAST_FILING_SECONDS = 3600
    report = resident.file("lost-property").report
    assert "sent faster than a person can write" in show(at_desk(olga), report).text
