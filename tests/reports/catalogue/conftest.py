"""A village with one area and one report type, to edit at will; and the shipped city."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reports.models import (
    Area,
    Bureau,
    Code,
    MessageTemplate,
    Partner,
    RejectReason,
    ReportType,
    Stopper,
    SupportOrganisation,
)

VILLAGE = Path(__file__).parent / "village"


@pytest.fixture
def nothing_loaded(db: None) -> None:
    """A database without the catalogue with which every other test begins."""
    for model in (ReportType, Stopper, SupportOrganisation, RejectReason, Partner, MessageTemplate, Code, Area, Bureau):
        model.objects.all().delete()


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """A copy of the village's folder."""
    return Path(shutil.copytree(VILLAGE, tmp_path / "village"))


@pytest.fixture
def edit(village: Path) -> Callable[..., None]:
    """Change names of the village's report type, as a new release of the folder would."""
    path = village / "report_types" / "broken-window.json"

    def change(**values: Any) -> None:
        path.write_text(json.dumps({**json.loads(path.read_text()), **values}))

    return change
