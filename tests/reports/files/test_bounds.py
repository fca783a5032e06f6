"""What one picture may cost: the real program that reads it, with less time or memory than usual."""

import io
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from reports.files import pictures
from reports.models import Attachment, Job, Report
from reports.processing import actions as processing
from tests.reports.files.conftest import PDF, named, picture
from tests.reports.files.hostile import PNG, chunk

Kind = Attachment.Kind


@pytest.fixture
def with_less(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str, str], None]:
    """Let the program run with another limit: with_less("MOST_SECONDS = 15", "MOST_SECONDS = 1")."""

    def change(line: str, other: str) -> None:
        source = pictures.PROGRAM.read_text()
        assert source.count(line) == 1
        (tmp_path / "picture.py").write_text(source.replace(line, other))
        monkeypatch.setattr(pictures, "PROGRAM", tmp_path / "picture.py")

    return change


def widest() -> bytes:
    """Return a small file that holds as many points as are taken, and needs four bytes of memory for each."""
    side = 8940
    packer = zlib.compressobj(1)
    row = bytes(1 + 2 * side)
    pixels = b"".join(packer.compress(row) for _row in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 4, 0, 0, 0)  # 4: grey, and how much shines through
    return PNG + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def scans_without_end() -> bytes:
    """Return a JPEG of half a megabyte that tells each of its points thousands of times."""
    content = io.BytesIO()
    Image.new("L", (3000, 3000), 90).save(content, "JPEG", progressive=True)
    jpeg = content.getvalue()
    at = jpeg.rindex(b"\xff\xda")
    return jpeg[:at] + jpeg[at:-2] * 5000 + b"\xff\xd9"


def test_the_largest_picture_needs_half_of_the_memory_that_it_may_take(with_less: Callable[[str, str], None]) -> None:
    with_less("MOST_MEMORY = 2 * 1024**3", "MOST_MEMORY = 1024**3")
    assert pictures.plain_copy(widest(), Kind.PNG).startswith(b"\xff\xd8\xff")


def test_one_that_needs_more_memory_is_not_readable(with_less: Callable[[str, str], None]) -> None:
    with_less("MOST_MEMORY = 2 * 1024**3", "MOST_MEMORY = 256 * 1024**2")
    with pytest.raises(pictures.Unreadable):
        pictures.plain_copy(widest(), Kind.PNG)


def test_one_that_takes_too_long_is_not_readable_and_not_tried_again(
    with_less: Callable[[str, str], None], filed: Callable[..., Report]
) -> None:
    with_less("MOST_SECONDS = 15", "MOST_SECONDS = 1")
    report = filed(named("a.jpg", scans_without_end()))
    processing.work()
    assert report.attachments.get().scan == Attachment.Scan.FAILED
    job = Job.objects.get(kind=Job.Kind.SCAN)
    assert (job.attempts, job.done_at is not None) == (1, True)


def test_a_program_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "hangs.py").write_text("import threading; threading.Event().wait()")
    monkeypatch.setattr(pictures, "PROGRAM", tmp_path / "hangs.py")
    monkeypatch.setattr(pictures, "MOST_SECONDS", 0.3)
    with pytest.raises(subprocess.TimeoutExpired):
        pictures.plain_copy(picture(), Kind.JPEG)


def test_no_program_reads_what_is_no_picture(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, filed: Callable[..., Report]
) -> None:
    """A PDF is never opened here, so none can be a bomb here."""
    monkeypatch.setattr(pictures, "PROGRAM", tmp_path / "nowhere.py")
    report = filed(named("a.pdf", PDF))
    processing.work()
    assert report.attachments.get().copy == ""
    assert not Job.objects.filter(done_at=None).exists()
