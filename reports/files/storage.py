"""The file store: sealed files under random names. Nothing unsealed is ever written here or elsewhere.

Where it is, Django's STORAGES says under "files": a folder (`folder`) or a bucket of an S3-like service (`bucket`).
"""

import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from django.core.files.storage import storages

NAME = re.compile(r"[0-9a-f]{32}")


class Store(Protocol):
    """What is asked of a store, beyond what Django's storages have in common."""

    def open(self, name: str, mode: str = "rb") -> BinaryIO:
        """Open an object to read, or a new one to write ("wb"). Raises FileNotFoundError and other OSErrors."""

    def settle(self, file: BinaryIO) -> None:
        """Close what was written so that it lasts."""

    def exists(self, name: str) -> bool:
        """Tell whether it is there."""

    def delete(self, name: str) -> None:
        """Remove it."""

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Yield what was written before a moment."""

    def probe(self) -> None:
        """Raise OSError where it cannot be reached."""

    def path(self, name: str) -> str:
        """Return where it lies in this machine's file system. Raises NotImplementedError where it does not."""


def store() -> Store:
    """Return the store."""
    return cast("Store", storages["files"])


def new_name() -> str:
    """Return a random name; it says nothing about the file."""
    return secrets.token_hex(16)


def key(name: str) -> str:
    """Return how the store calls a file. Raises ValueError for what is not a name of ours."""
    if not NAME.fullmatch(name):
        raise ValueError("not a name of the file store")
    return f"{name[:2]}/{name}"


def path(name: str) -> Path:
    """Return where a file lies in a store that is a folder. Raises NotImplementedError for another one."""
    return Path(store().path(key(name)))


def create(name: str) -> BinaryIO:
    """Open a new file for writing, for this user only."""
    return store().open(key(name), "wb")


def settle(file: BinaryIO) -> None:
    """Close a written file so that it survives a power cut: its row is committed only afterwards."""
    store().settle(file)


def read(name: str) -> BinaryIO:
    """Open a stored file. Raises FileNotFoundError."""
    return store().open(key(name))


def is_there(name: str) -> bool:
    """Tell whether a file is stored."""
    return store().exists(key(name))


def delete(name: str) -> None:
    """Remove a file; one that is gone already is no mistake."""
    store().delete(key(name))


def probe() -> None:
    """Raise OSError where the store cannot be reached."""
    store().probe()


def older_than(moment: datetime) -> Iterator[str]:
    """Yield the names of the files that were last written before `moment`."""
    for found in store().older_than(moment):
        if NAME.fullmatch(name := found.rpartition("/")[2]):
            yield name
