"""The log's beginning goes when its time is over, and the rest is still proven."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from reports import audit
from reports.audit import SYSTEM, first_broken
from reports.auditing import actions, chain, checkpoints, heads
from reports.auditing.chain import Finding, Head, Kind
from reports.models import AuditCheckpoint, AuditEvent
from tests.reports.auditing.conftest import sql, tamper

OLD = timedelta(days=4000)


@pytest.fixture
def log(guarded: None) -> list[AuditEvent]:
    """Six events of eleven years ago, four of today."""
    tamper("DELETE FROM reports_auditevent")
    for number in range(10):
        at = timezone.now() - OLD + timedelta(days=number) if number < 6 else timezone.now()
        AuditEvent.objects.create(
            at=at, verb="review.look", actor="system", subject="reports", details={"rows": number}
        )
    return list(AuditEvent.objects.order_by("pk"))


def purge() -> int:
    return actions.purge(by=SYSTEM)


def alter(statement: str) -> None:
    """Do what only the database's owner can, with the guards off."""
    sql("ALTER TABLE reports_auditcheckpoint DISABLE TRIGGER checkpoint_no_change")
    tamper(statement)
    sql("ALTER TABLE reports_auditcheckpoint ENABLE TRIGGER checkpoint_no_change")


def kind(*printed: Head) -> Kind | None:
    result = chain.read(printed)
    return result.kind if isinstance(result, Finding) else None


def test_the_old_beginning_goes_and_the_rest_verifies(log) -> None:
    assert purge() == 6
    left = list(AuditEvent.objects.order_by("pk"))
    assert [event.pk for event in left][:4] == [event.pk for event in log[6:]]
    assert (left[-1].verb, left[-1].details) == ("auditing.purge", {"event": log[5].pk, "rows": 6})
    row = AuditCheckpoint.objects.get()
    assert (row.event, row.count, bytes(row.link), row.until) == (log[5].pk, 6, bytes(log[5].link), log[5].at)
    found = chain.read()
    assert isinstance(found, Head)
    assert (found.event, found.count) == (left[-1].pk, 11)
    assert heads.current().count == 11
    assert first_broken() is None
    assert purge() == 0


def test_a_young_event_keeps_what_is_behind_it(log) -> None:
    """The beginning goes, not what is old somewhere."""
    AuditEvent.objects.create(at=timezone.now() - OLD, verb="review.look", actor="system", subject="reports")
    assert purge() == 6
    assert purge() == 0


def test_it_goes_on_from_checkpoint_to_checkpoint(log, monkeypatch) -> None:
    monkeypatch.setattr(actions, "PORTION", 4)
    assert purge() == 6
    assert list(AuditCheckpoint.objects.values_list("count", flat=True)) == [4, 6]
    assert kind() is None


def test_heads_printed_before_and_after_agree(log) -> None:
    def printed(event: AuditEvent, at) -> Head:
        return Head(event.pk, event.pk - log[0].pk + 1, bytes(event.link), at, verified=True)

    before = [printed(log[2], log[2].at), printed(log[5], log[5].at), printed(log[7], timezone.now())]
    assert kind(*before) is None
    purge()
    assert kind(*before) is None
    assert isinstance(chain.read(before, since=before[0]), Head)
    # One that says that events were new which the checkpoint let go.
    assert kind(printed(log[2], timezone.now())) is Kind.FORGED
    other = Head(log[5].pk, 6, b"x" * 32, log[5].at)
    assert kind(other) is Kind.WRITTEN_ANEW


def test_a_log_that_is_not_whole_stays_as_evidence(log, caplog) -> None:
    alter(f"UPDATE reports_auditevent SET verb = 'x.y' WHERE id = {log[3].pk}")
    assert purge() == 0
    assert AuditEvent.objects.filter(pk=log[0].pk).exists()
    assert "is not whole, so nothing is removed" in caplog.text


def test_nothing_goes_without_a_checkpoint(log) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=log[0].pk).delete()
    purge()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=log[6].pk).delete()
    for step in (AuditCheckpoint.objects.all().delete, lambda: AuditCheckpoint.objects.update(count=1)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            step()


def test_a_checkpoint_that_the_portal_did_not_write_is_found(log) -> None:
    """Somebody with the database, but without the keyring, lets young events go."""
    event = log[8]
    AuditCheckpoint.objects.create(
        event=event.pk, link=event.link, count=9, until=event.at - OLD, made_at=timezone.now(), seal=b"x" * 32
    )
    AuditEvent.objects.filter(pk__lte=event.pk).delete()
    assert first_broken() is None
    assert kind() is Kind.FORGED


@pytest.mark.parametrize("statement", [
    "UPDATE reports_auditcheckpoint SET event = event + 1",
    "UPDATE reports_auditcheckpoint SET count = count - 1",
    "UPDATE reports_auditcheckpoint SET until = until + interval '1 day'",
    "DELETE FROM reports_auditcheckpoint",
])  # fmt: skip
def test_an_altered_or_removed_checkpoint_is_found(log, statement: str) -> None:
    purge()
    alter(statement)
    assert kind() in {Kind.FORGED, Kind.MISSING, Kind.ALTERED}


def test_events_behind_a_checkpoint_are_still_guarded(log) -> None:
    purge()
    alter(f"DELETE FROM reports_auditevent WHERE id = {log[6].pk}")
    assert kind() is Kind.MISSING


def test_the_seal_holds_the_one_before(log, monkeypatch) -> None:
    monkeypatch.setattr(actions, "PORTION", 2)
    purge()
    first, second, _third = AuditCheckpoint.objects.order_by("event")
    alter(f"DELETE FROM reports_auditcheckpoint WHERE id = {first.pk}")
    assert checkpoints.first_forged() == second.event
    audit.record("review.look", by=SYSTEM, subject="reports")
    assert kind() is Kind.FORGED
