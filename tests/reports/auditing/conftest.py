"""A guarded log, and heads printed into a file of the test's own."""

from pathlib import Path

import pytest
from django.db import connection, transaction

from accounts.models import Role, User
from reports import audit
from reports.audit import SYSTEM
from reports.models import AuditEvent

VERBS = ["intake.submit", "review.look", "review.reveal", "review.claim", "review.approve", "review.look"]


@pytest.fixture(autouse=True)
def heads_file(settings, tmp_path: Path) -> Path:
    """Where the heads are printed."""
    settings.AUDIT_HEAD_FILE, settings.AUDIT_HEAD_SYSLOG = str(tmp_path / "audit" / "heads.log"), ""
    return tmp_path / "audit" / "heads.log"


@pytest.fixture
def guarded(db: None) -> None:
    """Let all triggers stand, as they do outside of tests; the rollback at the end takes that back."""
    sql("ALTER TABLE reports_auditevent ENABLE TRIGGER audit_no_truncate")


@pytest.fixture
def log(guarded: None) -> list[int]:
    """Six events in an empty log, and their numbers."""
    tamper("DELETE FROM reports_auditevent")
    for verb in VERBS:
        audit.record(verb, by=SYSTEM, subject="report:1", source="queued")
    return list(AuditEvent.objects.order_by("id").values_list("id", flat=True))


@pytest.fixture
def aldo(staff) -> User:
    """An auditor."""
    return staff("aldo", Role.AUDITOR)


def sql(statement: str, *values: object) -> None:
    """Run one statement."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def tamper(statement: str, *values: object) -> None:
    """Do what only the owner of the table can do: silence the guards, act, and let them stand again."""
    for guard in ("audit_no_change", "audit_chain"):
        sql(f"ALTER TABLE reports_auditevent DISABLE TRIGGER {guard}")
    sql(statement, *values)
    for guard in ("audit_no_change", "audit_chain"):
        sql(f"ALTER TABLE reports_auditevent ENABLE TRIGGER {guard}")
