"""A web process at its start."""

import os
import subprocess
import sys

from django.conf import settings

from tests.product import free_port

SAID = "import gc, cors.wsgi; print(gc.get_freeze_count(), len(gc.get_objects()))"


def test_the_collector_leaves_out_what_was_loaded_so_that_it_stops_no_page_for_long() -> None:
    """Without a database, in which a web process that starts would leave a trace."""
    nowhere = os.environ | {"DATABASE_URL": f"postgresql://127.0.0.1:{free_port()}/none"}
    done = subprocess.run(
        [sys.executable, "-c", SAID], cwd=settings.BASE_DIR, env=nowhere, capture_output=True, text=True, check=True
    )
    frozen, others = map(int, done.stdout.split())
    assert frozen > 10 * others
