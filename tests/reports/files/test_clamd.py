"""The real scanner, where it is installed: a process of these tests with one signature, the harmless test word."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reports.files import actions, scanner
from reports.files.limits import MOST_BYTES
from reports.models import Attachment, Report
from reports.processing import actions as processing
from tests.product import wait_for
from tests.reports.files.conftest import named, picture
from tests.reports.files.hostile import pdf, stream
from tests.reports.files.test_scan import EICAR

PROGRAM = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
CONFIGURATION = """
LocalSocket {folder}/socket
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
Foreground yes
StreamMaxLength 26M
AlertExceedsMax yes
MaxScanSize 30M
MaxThreads 2
"""


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    """The address of a scanner that knows nothing but the test word."""
    if PROGRAM is None:
        pytest.skip("no clamd on this machine: install clamav-daemon to ask a real scanner")
    # A socket's path is to be short.
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        (folder / "signatures").mkdir()
        (folder / "signatures" / "test.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
        (folder / "clamd.conf").write_text(CONFIGURATION.format(folder=folder))
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen([PROGRAM, "-c", folder / "clamd.conf"], stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for((folder / "socket").exists, what="clamd")
            yield f"unix://{folder}/socket"
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture
def asked(clamd: str, settings, filed: Callable[..., Report]) -> Callable[..., list[Attachment]]:
    """Send files, let the real scanner look into them, and return their rows."""

    def send(**files: bytes) -> list[Attachment]:
        settings.CLAMD_URL = clamd
        report = filed(*[named(name, content) for name, content in files.items()])
        processing.work()
        return list(Attachment.objects.filter(report=report))

    return send


def test_the_real_scanner_finds_the_test_word_and_clears_the_rest(asked: Callable[..., list[Attachment]]) -> None:
    files = {
        "plain": (picture(), "clean"),
        "infected": (picture() + EICAR, "infected"),
        "paper": (pdf(stream(b"words")), "clean"),
        "in-a-packed-stream": (pdf(stream(EICAR)), "infected"),
        # More to unpack than the scanner looks into: it does not pass for clean.
        "bomb": (pdf(stream(bytes(40_000_000))), "infected"),
    }
    rows = asked(**{name: content for name, (content, _found) in files.items()})
    assert dict(zip(files, (row.scan for row in rows), strict=True)) == {
        name: scan for name, (_, scan) in files.items()
    }
    assert [actions.may_view(row) for row in rows] == [True, False, False, False, False]
    assert [actions.may_download(row) for row in rows] == [True, False, True, False, False]
    assert [bool(row.copy) for row in rows] == [True, False, False, False, False]


def test_the_real_scanner_takes_the_largest_file(clamd: str, settings) -> None:
    settings.CLAMD_URL = clamd
    assert scanner.is_clean([bytes(64 * 1024)] * (MOST_BYTES // (64 * 1024)))
    with pytest.raises(scanner.NoVerdict):
        scanner.is_clean([bytes(64 * 1024)] * (2 * MOST_BYTES // (64 * 1024)))


def test_the_real_scanner_leaves_nothing_in_its_folder(clamd: str, asked: Callable[..., list[Attachment]]) -> None:
    asked(one=picture(), two=picture() + EICAR)
    folder = Path(clamd.removeprefix("unix://")).parent
    assert sorted(path.name for path in folder.iterdir()) == ["clamd.conf", "log", "signatures", "socket"]
