"""After the purge a word that stood in every field is nowhere: not in a dump, not in the store, by no key or term."""

import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import Role
from reports.audit import RESIDENT, SYSTEM
from reports.backups import programs
from reports.models import Attachment, Document, Message, Report, ReportKey
from reports.retention import actions
from reports.status import actions as status
from tests.canary import Canary, age, plant, terms_of


def dump() -> bytes:
    """Return the whole database as text."""
    command = [str(programs.find("pg_dump")), "--format=plain"]
    return subprocess.run(command, env=programs.environment(), capture_output=True, check=True).stdout


@pytest.fixture
def store(settings, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    settings.FILES_DIR.mkdir()
    return settings.FILES_DIR


@pytest.fixture
def canary(transactional_db: None, store: Path, staff) -> Canary:
    return plant(
        officer=staff("olga", Role.OFFICER, areas=[1]),
        coordinator=staff("cora", Role.COORDINATOR, citywide=True),
        translator=staff("tara", Role.TRANSLATOR, languages=["es"]),
    )


def kept_in(store: Path) -> list[Path]:
    """Return every stored file: two originals and a plain copy."""
    return [path for path in store.rglob("*") if path.is_file()]


def traces(canary: Canary) -> set[str]:
    """Return what a dump holds of the report while it is there: sealed bytes, wrapped keys, keyed terms."""
    report = canary.report
    sealed = [ReportKey.objects.get(report=report).wrapped, Document.objects.get(report=report).sealed]
    sealed += [message.sealed for message in Message.objects.filter(report=report)]
    sealed += [file.wrapped_key for file in Attachment.objects.filter(report=report)]
    known = set(Document.objects.get(report=report).terms)
    return {bytes(each).hex() for each in sealed} | {str(term) for term in known & set(terms_of(canary.words))}


def test_after_the_purge_the_word_is_nowhere(canary: Canary, store: Path) -> None:
    left = traces(canary)
    before = dump().decode()
    assert all(trace in before for trace in left)
    assert len(left) > 20
    assert canary.words[0] in canary.everywhere()
    assert len(canary.words) > 40
    assert len(kept_in(store)) == 3

    status.withdraw(report=Report.objects.get(pk=canary.report.pk), by=RESIDENT)
    age(canary.report, settings.RETENTION_WITHDRAWN_DAYS)
    assert actions.purge(by=SYSTEM) == 1

    after = dump().decode()
    assert str(canary.report.pk) in after
    assert [trace for trace in left if trace in after] == []
    assert [word for word in canary.words if word in after or word.encode().hex() in after] == []
    assert kept_in(store) == []
