"""A question that waits for its answer, and an empty file store."""

from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from reports.models import Report
from reports.review import actions as review
from reports.review import claiming
from tests.resident import Receipt, Resident


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    """An empty file store; no scanner."""
    settings.FILES_DIR, settings.CLAMD_URL = tmp_path / "files", ""
    settings.FILES_DIR.mkdir()
    return settings.FILES_DIR


@pytest.fixture
def asked(resident: Resident, receipt: Receipt, queued: Report, olga: User) -> Receipt:
    """A report with an open question, on its resident's screen."""
    claiming.claim(report_id=queued.pk, by=olga)
    review.ask(report_id=queued.pk, text="Which window?", by=olga)
    resident.come_back(receipt)
    return receipt
