"""Cedar Hollow of docs/town: a portal of another agency, from its settings file and its folders alone."""

import os
import re
import runpy
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.test import override_settings

from cors.catalogues import compile_catalogues
from tests.sources import BASE_DIR

TOWN = BASE_DIR / "docs" / "town"
# Django's own, which the test run has set up differently.
NOT_TAKEN = {"CONTENT_SECURITY_POLICY", "DATABASES", "CACHES"}


def environment() -> dict[str, str]:
    """Return the town's settings file, read as a shell and compose read it."""
    lines = (TOWN / "town.env").read_text(encoding="utf-8").splitlines()
    return dict(shlex.split(line)[0].split("=", 1) for line in lines if line and not line.startswith("#"))


def read_settings(**variables: str) -> dict[str, Any]:
    """Return what the settings become under these variables; raises ImproperlyConfigured as a start would."""
    lacking = {name: module for name, module in sys.modules.items() if name != "cors.look"}
    with patch.dict(os.environ, variables), patch.dict(sys.modules, lacking, clear=True):
        found = runpy.run_path(str(BASE_DIR / "cors" / "settings.py"))
    return {name: value for name, value in found.items() if re.fullmatch(r"[A-Z][A-Z0-9_]+", name)}


@contextmanager
def settings_of_the_town() -> Iterator[dict[str, Any]]:
    """Set what the town's file sets and nothing else."""
    usual, theirs = read_settings(), read_settings(**environment())
    changed = {name: value for name, value in theirs.items() if value != usual.get(name) and name not in NOT_TAKEN}
    compile_catalogues(TOWN / "texts")
    with override_settings(**changed):
        yield changed
