"""The file store: a folder of sealed files under random names. Nothing unsealed is ever written here or elsewhere."""

import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

NAME = re.compile(r"[0-9a-f]{32}")


def new_name() -> str:
    """Return a random name; it says nothing about the file."""
    return secrets.token_hex(16)


def path(name: str) -> Path:
    """Return where a file lies. Raises ValueError for what is not a name of ours."""
    if not NAME.fullmatch(name):
        raise ValueError("not a name of the file store")
    return Path(settings.FILES_DIR) / name[:2] / name


def create(name: str) -> BinaryIO:
    """Open a new file for writing, for this user only."""
    where = path(name)
    where.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    where.touch(0o600, exist_ok=False)
    return where.open("wb")


def settle(file: BinaryIO) -> None:
    """Close a written file so that it survives a power cut: its row is committed only afterwards."""
    file.flush()
    os.fsync(file.fileno())
    file.close()
    folder = os.open(Path(file.name).parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read(name: str) -> BinaryIO:
    """Open a stored file. Raises FileNotFoundError."""
    return path(name).open("rb")


def delete(name: str) -> None:
    """Remove a file; one that is gone already is no mistake."""
    path(name).unlink(missing_ok=True)


def older_than(moment: datetime) -> Iterator[str]:
    """Yield the names of the files that were last written before `moment`."""
    for file in Path(settings.FILES_DIR).glob("??/*"):
        if NAME.fullmatch(file.name) and _written(file) < moment.timestamp():
            yield file.name


def _written(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
