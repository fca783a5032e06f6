"""The log is checked from outside: what was altered, removed, put back or written anew is named."""

import logging
import socket
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from reports import audit
from reports.audit import SYSTEM
from reports.auditing import actions, chain, heads
from reports.auditing.chain import Finding, Head, Kind
from reports.models import AuditEvent
from tests.reports.auditing.conftest import VERBS, sql, tamper

RELINK = (
    "UPDATE reports_auditevent e SET link = audit_link((SELECT link FROM reports_auditevent WHERE id = e.id - 1), e)"
)


def found(printed: list[Head] = [], **options: object) -> tuple[Kind, int] | None:  # noqa: B006
    result = chain.read(printed, **options)
    return (result.kind, result.event) if isinstance(result, Finding) else None


def head() -> Head:
    result = heads.current()
    assert result
    return result


def verify(*arguments: str) -> str:
    told = StringIO()
    call_command("verify_audit", *arguments, stdout=told, stderr=StringIO())
    return told.getvalue()


def refused(*arguments: str) -> tuple[int, str]:
    with pytest.raises(CommandError) as refusal:
        verify(*arguments)
    return refusal.value.returncode, str(refusal.value)


# --- The chain ------------------------------------------------------------------------
def test_an_untouched_log_is_whole_and_its_head_is_returned(log: list[int]) -> None:
    result = chain.read()
    assert isinstance(result, Head)
    assert (result.event, result.count, result.verified) == (6, 6, True)
    assert result.link == bytes(AuditEvent.objects.get(pk=6).link)


def test_events_are_numbered_without_gaps_also_after_a_rollback(log: list[int]) -> None:
    with transaction.atomic():
        audit.record("review.look", by=SYSTEM, subject="report:1")
        transaction.set_rollback(True)
    audit.record("review.look", by=SYSTEM, subject="report:1")
    assert list(AuditEvent.objects.order_by("id").values_list("id", flat=True)) == [1, 2, 3, 4, 5, 6, 7]
    assert found() is None


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'review.reject'",
        "actor = 'user:9'",
        "subject = 'report:2'",
        "at = at + interval '1 microsecond'",
        'details = \'{"source": "received"}\'',
        "link = sha256('')",
    ],
)
def test_an_altered_event_is_named(log: list[int], change: str) -> None:
    tamper(f"UPDATE reports_auditevent SET {change} WHERE id = 3")
    assert found() == (Kind.ALTERED, 3)


def test_a_forged_link_is_named_by_the_event_behind_it(log: list[int]) -> None:
    tamper("UPDATE reports_auditevent SET actor = 'user:9' WHERE id = 3")
    tamper(f"{RELINK} WHERE id = 3")
    assert found() == (Kind.ALTERED, 4)


@pytest.mark.parametrize(("removed", "missing"), [("id = 3", 3), ("id IN (3, 4)", 3), ("id = 1", 1), ("id < 4", 1)])
def test_a_removed_event_is_named(log: list[int], removed: str, missing: int) -> None:
    tamper(f"DELETE FROM reports_auditevent WHERE {removed}")
    assert found() == (Kind.MISSING, missing)


def test_an_event_put_back_otherwise_is_named(log: list[int]) -> None:
    tamper("DELETE FROM reports_auditevent WHERE id = 4")
    tamper(
        "INSERT INTO reports_auditevent (id, at, verb, actor, subject, details, link)"
        " VALUES (4, now(), 'review.look', 'user:1', 'report:1', '{}', sha256('x'))"
    )
    assert found() == (Kind.ALTERED, 4)


def test_an_event_put_back_at_the_end_is_still_missing(log: list[int]) -> None:
    tamper("DELETE FROM reports_auditevent WHERE id = 4")
    audit.record("review.claim", by=SYSTEM, subject="report:1", source="queued")
    assert found() == (Kind.MISSING, 4)


def test_the_links_are_recomputed_here_not_by_the_databases_own_function(log: list[int]) -> None:
    tamper("UPDATE reports_auditevent SET actor = 'user:9' WHERE id = 3")
    sql("CREATE OR REPLACE FUNCTION audit_link(previous bytea, event reports_auditevent) RETURNS bytea"
        " LANGUAGE sql STABLE AS $$ SELECT event.link $$")  # fmt: skip
    assert audit.first_broken() is None
    assert found() == (Kind.ALTERED, 3)


@pytest.mark.parametrize("guard", sorted(chain.GUARDS))
def test_a_guard_that_is_off_is_named(log: list[int], guard: str) -> None:
    sql(f"ALTER TABLE reports_auditevent DISABLE TRIGGER {guard}")
    result = chain.read()
    assert isinstance(result, Finding)
    assert (result.kind, guard in result.words) == (Kind.UNGUARDED, True)


def test_an_empty_log_is_whole(log: list[int]) -> None:
    tamper("DELETE FROM reports_auditevent")
    assert found() is None


def test_rows_are_fetched_in_parts(log: list[int], monkeypatch) -> None:
    monkeypatch.setattr(chain, "CHUNK", 2)
    assert found() is None
    tamper("DELETE FROM reports_auditevent WHERE id = 5")
    assert found() == (Kind.MISSING, 5)


# --- The heads outside -------------------------------------------------------------------
def test_a_removed_end_is_noticed_by_the_head_outside(log: list[int]) -> None:
    printed = [head()]
    tamper("DELETE FROM reports_auditevent WHERE id > 4")
    assert found() is None
    assert found(printed) == (Kind.CUT_OFF, 5)


def test_an_end_that_was_written_anew_is_noticed_by_the_head_outside(log: list[int]) -> None:
    printed = [head()]
    tamper("DELETE FROM reports_auditevent WHERE id > 4")
    for _each in range(4):
        audit.record("review.look", by=SYSTEM, subject="report:2")
    assert found() is None
    assert found(printed) == (Kind.WRITTEN_ANEW, 6)


def test_a_log_relinked_from_the_altered_event_on_is_noticed_by_the_head_outside(log: list[int]) -> None:
    printed = [head()]
    tamper("UPDATE reports_auditevent SET actor = 'user:9' WHERE id = 3")
    for event in (3, 4, 5, 6):
        tamper(f"{RELINK} WHERE id = {event}")
    assert found() is None
    assert found(printed) == (Kind.WRITTEN_ANEW, 6)


def test_a_head_is_read_back_as_it_was_printed(log: list[int], heads_file: Path) -> None:
    first, second = head(), Head(5, 5, b"\x07" * 32, head().at, verified=True)
    heads.print_out(first)
    heads.print_out(second)
    assert [heads.line(each) for each in heads.printed(heads_file)] == [heads.line(first), heads.line(second)]
    assert heads_file.stat().st_mode & 0o777 == 0o640
    last = heads.last_verified(heads.printed(heads_file))
    assert last
    assert (last.event, last.link) == (5, second.link)


def test_a_head_is_found_in_a_syslogs_own_file(log: list[int], tmp_path: Path) -> None:
    file = tmp_path / "auth.log"
    file.write_text(f"Mar  4 00:10:01 db sshd: hello\nMar  4 00:10:02 app {heads.line(head())}\n\xff\n", "latin-1")
    assert [each.event for each in heads.printed(file)] == [6]


def test_a_head_goes_to_syslog(log: list[int], settings) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as syslog:
        syslog.bind(("127.0.0.1", 0))
        syslog.settimeout(5)
        settings.AUDIT_HEAD_SYSLOG = f"udp://127.0.0.1:{syslog.getsockname()[1]}"
        printed = head()
        heads.print_out(printed)
        assert syslog.recv(1000).decode() == f"<86>{heads.line(printed)}"


# --- The command ---------------------------------------------------------------------------
def test_the_command_says_that_all_is_whole_and_prints_the_head(log: list[int], heads_file: Path) -> None:
    told = verify()
    assert "No printed heads are known" in told
    assert "The log is whole: 6 events, up to event 6." in told
    assert [(each.event, each.verified) for each in heads.printed(heads_file)] == [(6, True)]
    assert AuditEvent.objects.get(pk=7).verb == "auditing.verify"
    assert AuditEvent.objects.get(pk=7).details == {"found": "whole", "event": 6, "only_new": False}
    assert verify() == "The log is whole: 7 events, up to event 7.\n"


def test_the_command_names_the_event_and_fails(log: list[int], heads_file: Path) -> None:
    tamper("DELETE FROM reports_auditevent WHERE id = 3")
    assert refused() == (1, "Event 3 is missing: event 4 does not follow from event 2.")
    assert AuditEvent.objects.latest("id").details == {"found": "missing", "event": 3, "only_new": False}
    assert [each.verified for each in heads.printed(heads_file)] == [False]


def test_the_command_begins_behind_the_last_head_that_was_whole(log: list[int]) -> None:
    verify()
    tamper("UPDATE reports_auditevent SET actor = 'user:9' WHERE id = 3")
    audit.record("review.look", by=SYSTEM, subject="report:1")
    assert "up to event 8" in verify("--new")
    tamper("UPDATE reports_auditevent SET actor = 'user:9' WHERE id = 9")
    assert refused("--new")[0] == 1
    assert refused() == (1, "Event 3 was altered, or the one before it: it does not follow from event 2.")


def test_what_it_begins_behind_is_compared_too(log: list[int]) -> None:
    verify()
    tamper("UPDATE reports_auditevent SET link = sha256('') WHERE id = 6")
    assert refused("--new")[0] == 1
    tamper("DELETE FROM reports_auditevent WHERE id >= 6")
    assert refused("--new")[1].startswith("Event 6 is missing")


def test_heads_that_cannot_be_read_are_a_failure_of_another_kind(log: list[int], tmp_path: Path) -> None:
    assert refused("--heads", str(tmp_path))[0] == 2


def test_the_nightly_watch_prints_a_head_and_cries_out(log: list[int], heads_file: Path, caplog) -> None:
    actions.keep_watch(by=SYSTEM)
    assert [each.verified for each in heads.printed(heads_file)] == [True]
    assert not caplog.records
    tamper("DELETE FROM reports_auditevent WHERE id >= 6")
    actions.keep_watch(by=SYSTEM)
    assert [(each.levelno, "not whole" in each.getMessage()) for each in caplog.records] == [(logging.CRITICAL, True)]


def test_a_head_that_cannot_be_printed_is_told(log: list[int], settings, tmp_path: Path, caplog) -> None:
    (tmp_path / "file").touch()
    settings.AUDIT_HEAD_FILE = str(tmp_path / "file" / "heads.log")
    actions.keep_watch(by=SYSTEM)
    assert [each.levelno for each in caplog.records] == [logging.ERROR]
    assert len(VERBS) + 1 == AuditEvent.objects.count()
