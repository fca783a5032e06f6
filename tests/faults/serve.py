"""The portal's processes as production runs them, each started again when it ends: `python -m tests.faults.serve`."""

import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cors.settings")
django.setup()

from cors.management.commands.up import processes  # noqa: E402 (the settings come first)
from cors.supervisor import LONGEST_PAUSE, Supervisor  # noqa: E402

if __name__ == "__main__":
    children = processes("127.0.0.1", int(sys.argv[1]), demo=False)
    root = Path(__file__).resolve().parent.parent.parent
    supervisor = Supervisor(
        children,
        folder=root,
        descriptors=(),
        say=lambda words: print(words, flush=True),
        longest_pause=float(os.environ.get("LONGEST_PAUSE", LONGEST_PAUSE)),
    )
    supervisor.run(on_start=lambda: None)
