"""The log that cannot be altered unseen. The database itself keeps the promise."""

import threading

import pytest
from django.db import DatabaseError, connection, connections, transaction

from accounts.models import User
from reports import audit
from reports.audit import RESIDENT, SYSTEM
from reports.models import AuditEvent

EVENTS = ["intake.submit", "review.look", "review.claim", "review.approve"]


@pytest.fixture
def log(db: None) -> list[int]:
    """Four events in a log that was empty, and their ids."""
    for verb in EVENTS:
        audit.record(verb, by=SYSTEM, subject="report:1", source="queued")
    return list(AuditEvent.objects.order_by("id").values_list("id", flat=True))[-4:]


def sql(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def tamper(statement: str, *values: object) -> None:
    """Do what only the owner of the table can do: silence the guard first."""
    sql("ALTER TABLE reports_auditevent DISABLE TRIGGER audit_no_change")
    sql(statement, *values)
    sql("ALTER TABLE reports_auditevent ENABLE TRIGGER audit_no_change")


def test_an_event_says_who_did_what_to_which_thing(olga: User) -> None:
    audit.record("review.look", by=olga, subject="report:7", reason="contact", rows=3, personal=True, none=None)
    event = AuditEvent.objects.latest("id")
    assert (event.verb, event.actor, event.subject) == ("review.look", f"user:{olga.pk}", "report:7")
    assert event.details == {"reason": "contact", "rows": 3, "personal": True, "none": None}
    assert event.at is not None
    assert len(event.link) == 32


def test_those_without_an_account_have_names_of_their_own(db: None) -> None:
    assert (audit.actor(RESIDENT), audit.actor(SYSTEM)) == ("resident", "system")


@pytest.mark.parametrize(
    "detail",
    [
        "Ana Flores",
        "ana@example.org",
        "+1 213 555 0142",
        "2135550142",
        "200 N Spring St",
        "line\nbreak",
        "Núñez",
        "x" * 61,
        "O'Neil",
        "two words",
        "2026-3-4",
        "a/b",
        "<b>",
    ],
)
def test_a_detail_that_could_be_personal_is_refused(db: None, detail: str) -> None:
    before = AuditEvent.objects.count()
    with pytest.raises(ValueError, match=r"^Audit detail reason is not a plain token\.$"):
        audit.record("review.reveal", by=SYSTEM, subject="report:1", reason=detail)
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("detail", ["", "contact", "in_review", "2026-03-04", "theft-from-vehicle", "es", "x" * 60])
def test_a_plain_token_is_kept(db: None, detail: str) -> None:
    audit.record("review.reveal", by=SYSTEM, subject="report:1", reason=detail)
    assert AuditEvent.objects.latest("id").details == {"reason": detail}


@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("UPDATE reports_auditevent SET verb = 'review.look'", "UPDATE"),
        ("DELETE FROM reports_auditevent", "DELETE"),
        ("TRUNCATE reports_auditevent", "TRUNCATE"),
    ],
)
def test_the_database_refuses_to_change_the_log(log: list[int], statement: str, refused: str) -> None:
    # The suite's flushes need it off; a rollback at the end of this test restores that.
    sql("ALTER TABLE reports_auditevent ENABLE TRIGGER audit_no_truncate")
    with pytest.raises(DatabaseError, match=f"The audit log is append-only: {refused} is refused."):
        sql(statement)
    assert list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))[-4:] == EVENTS


def test_the_orm_is_refused_too(log: list[int]) -> None:
    event = AuditEvent.objects.get(pk=log[0])
    event.verb = "review.look"
    for change in (event.save, event.delete, AuditEvent.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_an_untouched_log_is_whole(log: list[int]) -> None:
    assert audit.first_broken() is None


def test_an_empty_log_is_whole(db: None) -> None:
    tamper("DELETE FROM reports_auditevent")
    assert audit.first_broken() is None


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
def test_an_altered_row_is_named(log: list[int], change: str) -> None:
    tamper(f"UPDATE reports_auditevent SET {change} WHERE id = %s", log[1])
    assert audit.first_broken() == log[1]


def test_a_removed_row_is_noticed_at_the_one_behind_it(log: list[int]) -> None:
    tamper("DELETE FROM reports_auditevent WHERE id = %s", log[1])
    assert audit.first_broken() == log[2]


def test_a_removed_beginning_is_noticed(log: list[int]) -> None:
    tamper("DELETE FROM reports_auditevent WHERE id <= %s", log[0])
    assert audit.first_broken() == log[1]


def test_two_exchanged_rows_are_noticed(log: list[int]) -> None:
    tamper("UPDATE reports_auditevent SET id = -1 WHERE id = %s", log[1])
    tamper("UPDATE reports_auditevent SET id = %s WHERE id = %s", log[1], log[2])
    tamper("UPDATE reports_auditevent SET id = %s WHERE id = -1", log[2])
    assert audit.first_broken() == log[1]


def test_a_slipped_in_row_is_noticed(log: list[int]) -> None:
    tamper("UPDATE reports_auditevent SET id = id + 1000 WHERE id > %s", log[1])
    sql("ALTER TABLE reports_auditevent DISABLE TRIGGER audit_chain")
    sql(
        "INSERT INTO reports_auditevent (id, at, verb, actor, subject, details, link)"
        " VALUES (%s, now(), 'review.look', 'user:1', 'report:1', '{}', sha256(''))",
        log[1] + 1,
    )
    assert audit.first_broken() == log[1] + 1


def test_removed_last_rows_leave_a_shorter_chain_that_is_whole(log: list[int]) -> None:
    """The limit of any chain: its end must be known elsewhere, by an export of the last link for instance."""
    tamper("DELETE FROM reports_auditevent WHERE id >= %s", log[2])
    assert audit.first_broken() is None


def test_a_rolled_back_event_leaves_no_gap_and_no_break(log: list[int]) -> None:
    with transaction.atomic():
        audit.record("review.look", by=SYSTEM, subject="report:1")
        transaction.set_rollback(True)
    audit.record("review.look", by=SYSTEM, subject="report:1")
    assert AuditEvent.objects.latest("id").pk == log[-1] + 1
    assert audit.first_broken() is None


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_chain() -> None:
    barrier = threading.Barrier(6)

    def write(number: int) -> None:
        barrier.wait()
        try:
            for _each in range(5):
                audit.record("review.look", by=SYSTEM, subject=f"report:{number}")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AuditEvent.objects.filter(verb="review.look").count() == 30
    assert audit.first_broken() is None
