"""Binding a process's death to its parent's. Only Linux's kernel knows how.

Elsewhere a left-over server is found by its lock, and stopped, at the next start.
"""

import ctypes
import os
import platform
import signal
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def bound_to_parent(number: signal.Signals) -> Callable[[], None] | None:
    """Return what a child calls, after dropping its privileges, to get the signal when its parent dies."""
    if platform.system() != "Linux":
        return None
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl

    def bind() -> None:
        prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return bind


def bind_to_launcher() -> None:
    """Let this process get SIGTERM when the one that started it dies, however it dies."""
    if platform.system() == "Linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
