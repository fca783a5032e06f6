"""No process begins with a keyring that does not open the newest report."""

import subprocess
import sys

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError

from reports import vault
from reports.keys import fitting
from reports.models import ReportKey
from tests.product import beside
from tests.sources import BASE_DIR


@pytest.fixture
def wrong_ring(settings) -> None:
    settings.KEYRING = vault.new_keyring()
    vault.forget_keyring()


def test_the_right_one_begins(queued) -> None:
    assert fitting.fault() == ""
    fitting.at_start()
    call_command("check", "--database", "default", verbosity=0)


def test_without_reports_any_keyring_begins(db, wrong_ring) -> None:
    fitting.at_start()


def test_a_wrong_one_is_refused_in_plain_words(queued, wrong_ring) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        fitting.at_start()
    said = str(refused.value)
    assert said.startswith("KEYRING does not open the newest report (The keyring has no key named ")
    assert "Nothing is lost" in said
    assert "cors.E001" in [error.id for error in run_checks(databases=["default"])]
    with pytest.raises(CommandError, match="does not open the newest report"):
        call_command("check", "--database", "default")


def test_a_key_of_the_right_name_and_wrong_bytes_is_refused(queued, settings) -> None:
    name = ReportKey.objects.get(report=queued).wrapped_by
    ring = vault.new_keyring()
    settings.KEYRING = ring.replace(vault.read_keyring(ring).primary, name)
    vault.forget_keyring()
    with pytest.raises(ImproperlyConfigured, match=r"report\.wrapped_key does not open with this key"):
        fitting.at_start()


def test_a_database_that_is_away_keeps_nobody(monkeypatch, caplog) -> None:
    def away() -> str:
        raise OperationalError("secret words of a connection")

    monkeypatch.setattr(fitting, "fault", away)
    fitting.at_start()
    assert [record.message for record in caplog.records] == ["the keyring could not be tried: OperationalError"]


DOORS = {
    "web": ["-c", "import cors.wsgi"],
    "worker": ["-m", "celery", "-q", "-A", "cors", "worker", "--pool", "solo"],
    "beat": ["-m", "celery", "-q", "-A", "cors", "beat", "--pidfile="],
}


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_no_process_begins_with_a_wrong_one(queued, tmp_path) -> None:
    """Each as its own process, on this test's database."""
    environment = beside(KEYRING=vault.new_keyring())
    doors = DOORS | {"beat": [*DOORS["beat"], "-s", str(tmp_path / "schedule")]}
    started = {
        door: subprocess.Popen(
            [sys.executable, *arguments], cwd=BASE_DIR, env=environment, stderr=subprocess.PIPE, text=True
        )
        for door, arguments in doors.items()
    }
    for door, process in started.items():
        _nothing, said = process.communicate(timeout=90)
        assert process.returncode != 0, door
        assert "KEYRING does not open the newest report" in said, door
