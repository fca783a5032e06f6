"""What all tests of the field share."""

from pathlib import Path

import pytest

from reports.catalogue.boundaries import Imported
from tests.maps import draw


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Spare the tests a hundred thousand rounds for each member of staff: no test here is about passwords."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def unhurried(settings) -> None:
    """Let residents of tests write as fast as they do without their reports being held for it."""
    settings.LEAST_FILING_SECONDS = 0


@pytest.fixture
def two_areas(db: None, tmp_path: Path) -> Imported:
    """A map of Central and Rampart, side by side."""
    return draw(tmp_path)
