"""A web process at its start."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests.product import beside

SAID = "import gc, cors.wsgi; print(gc.get_freeze_count(), len(gc.get_objects()))"


@pytest.mark.django_db
def test_the_collector_leaves_out_what_was_loaded_so_that_it_stops_no_page_for_long() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAID], cwd=settings.BASE_DIR, env=beside(), capture_output=True, text=True, check=True
    )
    frozen, others = map(int, done.stdout.split())
    assert frozen > 10 * others
