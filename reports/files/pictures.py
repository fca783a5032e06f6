"""Plain copies of pictures for viewing, made by a process apart (see picture.py)."""

import signal
import subprocess
import sys
from pathlib import Path

from reports.models import Attachment

Kind = Attachment.Kind
FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.HEIC: "HEIF", Kind.WEBP: "WEBP"}
PROGRAM = Path(__file__).with_name("picture.py")
# By the clock, on a machine that has other things to do.
MOST_SECONDS = 45


class Unreadable(Exception):
    """It is no picture that we can read, or needs too much memory or time; asking again would not help."""


class Broken(Exception):
    """The picture broke the process that read it."""


def plain_copy(original: bytes, kind: Kind) -> bytes:
    """Return a JPEG of the picture without metadata. Raises Unreadable, Broken or subprocess.TimeoutExpired."""
    done = subprocess.run(
        [sys.executable, "-I", str(PROGRAM), FORMATS[kind]],
        input=original,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=MOST_SECONDS,
        env={},
        check=False,
    )
    if done.returncode < 0 and done.returncode != -signal.SIGXCPU:
        raise Broken
    if done.returncode or not done.stdout:
        raise Unreadable
    return done.stdout
