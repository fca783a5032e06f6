"""What the tests of exports share: an approved report of March, and an export of what there is in one call."""

import csv
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from reports.export import actions, running
from reports.export.table import PRESETS
from reports.export.wanted import Wanted
from reports.models import Export, Report
from tests.desk import approved

ZONE = ZoneInfo("America/Los_Angeles")


def local(text: str) -> datetime:
    """Return an aware moment of Los Angeles."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture(autouse=True)
def files_apart(settings, tmp_path) -> None:
    """Keep the parts of these tests in a folder of their own."""
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def march(queued: Report, olga: User) -> Report:
    """A report of Central approved on 4 March 2026 at noon."""
    report = approved(queued, olga)
    Report.objects.update(
        reported_at=local("2026-03-03T08:15"),
        decided_at=local("2026-03-04T12:00"),
        state_since=local("2026-03-04T12:00"),
    )
    return Report.objects.get(pk=report.pk)


@pytest.fixture
def ask(sue: User) -> Callable[..., Export]:
    """Ask for an export: of everything as CSV with the standard columns, unless said otherwise."""

    def make(**asked: object) -> Export:
        preset = asked.pop("preset", "standard")
        usual = {
            "wanted": Wanted(),
            "keys": PRESETS[preset].columns,
            "kind": Export.Format.CSV,
            "personal": False,
            "with_bom": False,
            "reason": "records",
            "by": sue,
        }
        return actions.ask(**(usual | asked))

    return make


@pytest.fixture
def made(ask: Callable[..., Export]) -> Callable[..., Export]:
    """Ask for an export and let a worker make it."""

    def make(**asked: object) -> Export:
        export = ask(**asked)
        for _turn in range(20):
            running.work()
        return Export.objects.get(pk=export.pk)

    return make


def content(export: Export, of: str = "file") -> bytes:
    """Download as the requester does."""
    return b"".join(actions.download(export=export, reason="records", of=of, by=export.requester))


def rows(export: Export, of: str = "file") -> list[dict[str, str]]:
    """Read a CSV or the list of what does not fit."""
    return list(csv.DictReader(StringIO(content(export, of).decode("utf-8-sig"), newline="")))
