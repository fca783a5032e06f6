"""Locks that the kernel gives back when their holder dies, however it dies. A pid file cannot do that."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHARED = fcntl.LOCK_SH
EXCLUSIVE = fcntl.LOCK_EX


def opened(path: Path) -> int:
    """Return a descriptor of the lock file, which is made where missing. The descriptor is closed on exec."""
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def take(descriptor: int, kind: int) -> None:
    """Wait for the lock."""
    fcntl.flock(descriptor, kind)


def try_take(descriptor: int, kind: int) -> bool:
    """Take the lock if that needs no waiting, and tell whether it was taken."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_free(path: Path) -> bool:
    """Tell whether nobody holds the lock exclusively."""
    descriptor = opened(path)
    try:
        return try_take(descriptor, SHARED)
    finally:
        os.close(descriptor)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock exclusively within the block."""
    descriptor = opened(path)
    try:
        take(descriptor, EXCLUSIVE)
        yield
    finally:
        os.close(descriptor)
