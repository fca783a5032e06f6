"""Looking into files after sending: the scanner where there is one, and the copy for viewing."""

import io
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from PIL import Image

from reports.files import actions, scanner
from reports.models import Attachment, AuditEvent, Job, Report
from reports.processing import actions as processing
from tests.reports.files.conftest import CAMERA, GPS, MP3, PDF, boxes, heic, named, picture

# The harmless test word of all scanners, in two parts so that no scanner takes this file for one.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.ThreadingTCPServer):
    """Speaks clamd's INSTREAM as its manual describes it, and finds the test word."""

    allow_reuse_address = True
    daemon_threads = True
    answer: bytes | None = None
    seen: int = 0


class Conversation(socketserver.StreamRequestHandler):
    """One command."""

    server: Clamd

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            assert length <= 64 * 1024
            content += self.rfile.read(length)
        self.server.seen += 1
        verdict = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        self.wfile.write(verdict if self.server.answer is None else self.server.answer)


@pytest.fixture
def clamd(settings, store) -> Iterator[Clamd]:
    with Clamd(("127.0.0.1", 0), Conversation) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()
        thread.join()


def copy_of(row: Attachment) -> bytes:
    row = Attachment.objects.select_related("report__sealing_key").get(pk=row.pk)
    from accounts.models import User

    return b"".join(actions.view(attachment=row, by=User.objects.create_user(f"viewer-{row.pk}")))


@pytest.mark.parametrize(
    "make", [picture, lambda: picture("PNG"), lambda: picture("WEBP"), heic], ids=["jpeg", "png", "webp", "heic"]
)
def test_the_copy_holds_pixels_and_nothing_else(worked: Callable[..., Attachment], make) -> None:
    original = make()
    assert CAMERA.encode() in original
    copy = copy_of(worked(original))
    assert CAMERA.encode() not in copy
    with Image.open(io.BytesIO(copy)) as image:
        assert image.format == "JPEG"
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        red, _green, blue = image.convert("RGB").getpixel((20, 20))
        assert abs(red - blue) > 80


def test_the_original_still_says_where_it_was_taken(worked: Callable[..., Attachment]) -> None:
    sent = picture()
    row = Attachment.objects.select_related("report__sealing_key").get(pk=worked(sent).pk)
    assert b"".join(actions.original(row)) == sent
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(GPS)[1] == "N"


def test_a_picture_stands_upright_and_is_no_larger_than_needed(worked: Callable[..., Attachment]) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    content = io.BytesIO()
    Image.new("RGB", (4000, 1000), "white").save(content, "JPEG", exif=exif.tobytes())
    with Image.open(io.BytesIO(copy_of(worked(content.getvalue())))) as image:
        assert image.size == (640, 2560)


def test_what_shines_through_becomes_white(worked: Callable[..., Attachment]) -> None:
    content = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(content, "PNG")
    with Image.open(io.BytesIO(copy_of(worked(content.getvalue())))) as image:
        assert image.getpixel((10, 10)) == (255, 255, 255)


def test_without_a_scanner_it_says_not_scanned(worked: Callable[..., Attachment]) -> None:
    row = worked(picture())
    assert (row.scan, bool(row.copy)) == ("unscanned", True)
    assert actions.may_view(row)
    assert actions.may_download(row)


def test_an_agency_may_forbid_to_view_what_is_not_scanned(worked: Callable[..., Attachment], settings) -> None:
    settings.VIEW_UNSCANNED_COPIES = False
    assert not actions.may_view(worked(picture()))


@pytest.mark.parametrize("content", [PDF, MP3, boxes(b"isom")])
def test_no_copy_is_made_of_what_is_no_picture(worked: Callable[..., Attachment], content: bytes) -> None:
    row = worked(content)
    assert (row.copy, actions.may_view(row)) == ("", False)


def test_a_picture_that_breaks_its_reader_is_parked(filed: Callable[..., Report], monkeypatch, tmp_path) -> None:
    # A reader that a picture kills, in place of the real one: a process of its own, so no worker dies of it.
    reader = tmp_path / "reader.py"
    reader.write_text("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    monkeypatch.setattr("reports.files.pictures.PROGRAM", reader)
    report = filed(named("a.jpg", picture()))
    for _attempt in range(processing.MOST_ATTEMPTS):
        processing.work()
        Job.objects.filter(done_at=None).update(run_after="2020-01-01T00:00Z")
    job = Job.objects.get(kind=Job.Kind.SCAN)
    assert (job.last_error, job.attempts, job.parked_at is None) == ("Broken", processing.MOST_ATTEMPTS, False)
    report.refresh_from_db()
    assert (report.state, report.attachments.get().scan) == ("queued", "unscanned")


def test_the_reader_of_pictures_knows_no_secrets(filed: Callable[..., Report], monkeypatch, tmp_path) -> None:
    reader = tmp_path / "reader.py"
    reader.write_text(
        "import os, sys; sys.exit(1 if {'KEYRING', 'SECRET_KEY', 'DATABASE_URL'} & set(os.environ) else print('x'))"
    )
    monkeypatch.setattr("reports.files.pictures.PROGRAM", reader)
    monkeypatch.setenv("KEYRING", "something")
    report = filed(named("a.jpg", picture()))
    processing.work()
    assert report.attachments.get().copy != ""


def test_a_scanner_clears_a_file(clamd: Clamd, worked: Callable[..., Attachment]) -> None:
    row = worked(picture() + bytes(300_000))
    assert (row.scan, bool(row.copy), clamd.seen) == ("clean", True, 1)
    assert actions.may_view(row)
    assert actions.may_download(row)


def test_an_infected_file_is_neither_shown_nor_given_out(clamd: Clamd, worked: Callable[..., Attachment]) -> None:
    row = worked(picture() + EICAR)
    assert (row.scan, row.copy) == ("infected", "")
    assert not actions.may_view(row)
    assert not actions.may_download(row)
    assert row.report.state == "queued"
    event = AuditEvent.objects.get(verb="files.scan")
    assert (event.subject, event.details) == (f"report:{row.report_id}", {"file": 1, "found": "infected"})


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK", b"nonsense\0", b"stream: OK\0" * 2]
)
def test_only_a_plain_ok_is_an_ok(clamd: Clamd, answer: bytes) -> None:
    clamd.answer = answer
    if answer == b"stream: OK":
        assert scanner.is_clean([PDF])
    else:
        with pytest.raises(scanner.NoVerdict):
            scanner.is_clean([PDF])


def test_while_the_scanner_is_down_the_file_waits_and_the_report_does_not(
    worked: Callable[..., Attachment], settings
) -> None:
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    row = worked(picture())
    assert (row.scan, row.copy, row.report.state) == ("unscanned", "", "queued")
    assert not actions.may_view(row)
    assert not actions.may_download(row)
    job = Job.objects.get(kind=Job.Kind.SCAN)
    assert (job.done_at, job.attempts, job.last_error) == (None, 0, "Away")


def test_a_file_over_which_the_scanner_hangs_up_is_given_up_at_last(clamd: Clamd, monkeypatch) -> None:
    monkeypatch.setattr(Conversation, "handle", lambda self: None)
    with pytest.raises(scanner.NoVerdict):
        scanner.is_clean([bytes(60_000)] * 50)


def test_a_scanner_that_is_stuck_is_away(clamd: Clamd, monkeypatch) -> None:
    done = threading.Event()
    monkeypatch.setattr(scanner, "ANSWER_SECONDS", 0.05)
    monkeypatch.setattr(Conversation, "handle", lambda self: done.wait(5))
    with pytest.raises(scanner.Away):
        scanner.is_clean([PDF])
    done.set()


def test_scan_files_asks_again(worked: Callable[..., Attachment], request, capsys) -> None:
    row = worked(picture())
    clamd = request.getfixturevalue("clamd")
    assert not actions.may_view(row)
    call_command("scan_files")
    call_command("scan_files")  # once asked, it is not asked twice
    assert capsys.readouterr().out == "Files to be scanned: 1\nFiles to be scanned: 0\n"
    processing.work()
    row.refresh_from_db()
    assert (row.scan, clamd.seen) == ("clean", 1)
    assert actions.may_view(row)
