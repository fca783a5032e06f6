"""The static files as production serves them, gathered once for all tests that do so, and again when one changes."""

import fcntl
import os
import shutil
import subprocess
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

from tests.databases import BASE_DIR

# What decides what is gathered.
SOURCES = ("static/**/*", "*/static/**/*", "cors/settings.py", "requirements.txt")
NAME = "static-"


@cache
def folder() -> Path:
    """Return the folder, for STATIC_ROOT. Nobody writes into it."""
    made = BASE_DIR / "var" / f"{NAME}{_digest()}"
    with (BASE_DIR / "var" / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _gather(made)
    return made


def _gather(made: Path) -> None:
    """Gather under another name first: an interrupted run leaves no half folder."""
    for old in made.parent.glob(f"{NAME}*"):
        shutil.rmtree(old)
    half = made.with_name(f"{NAME}half")
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
    own = {"DEBUG": "False", "SECRET_KEY": "s" * 60, "ALLOWED_HOSTS": "localhost", "STATIC_ROOT": str(half)}
    subprocess.run(command, env={**os.environ, **own}, cwd=BASE_DIR, check=True)
    half.rename(made)


def _digest() -> str:
    digest = sha256()
    for path in sorted(path for pattern in SOURCES for path in BASE_DIR.glob(pattern) if path.is_file()):
        digest.update(str(path.relative_to(BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]
