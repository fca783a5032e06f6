"""Real files of every kind that is taken, made here; and a file store for each test."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from reports.models import Attachment, Report
from reports.processing import actions as processing
from tests.resident import Resident

GPS = 0x8825
CAMERA = "Canary-Camera-4711"


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    """An empty file store; no scanner."""
    settings.FILES_DIR, settings.CLAMD_URL = tmp_path / "files", ""
    settings.FILES_DIR.mkdir()
    return settings.FILES_DIR


def stored(store: Path) -> list[Path]:
    """Return every file in the store."""
    return [path for path in store.rglob("*") if path.is_file()]


def picture(picture_format: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """Return a picture that says where and with which camera it was taken."""
    exif = Image.Exif()
    exif[0x0110] = CAMERA
    exif[GPS] = {1: "N", 2: (34.0, 3.0, 8.0), 3: "W", 4: (118.0, 14.0, 37.0)}
    content = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(content, picture_format, exif=exif.tobytes(), **options)
    return content.getvalue()


def heic() -> bytes:
    """Return a picture as an iPhone sends it."""
    content = io.BytesIO()
    exif = Image.Exif()
    exif[0x0110] = CAMERA
    image = pillow_heif.from_pillow(Image.new("RGB", (64, 64), "navy"))
    image.save(content, exif=exif.tobytes())
    return content.getvalue()


def boxes(brand: bytes) -> bytes:
    """Return the beginning of an MP4 or QuickTime file."""
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\2\0" + brand + b"mp41" + b"\0\0\0\x08mdat" + bytes(400)


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
WAV = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0" + bytes(40)
MP3 = b"\xff\xfb\x90\x64" + bytes(413)
KINDS: dict[str, Callable[[], bytes]] = {
    "jpeg": picture,
    "png": lambda: picture("PNG"),
    "webp": lambda: picture("WEBP"),
    "heic": heic,
    "pdf": lambda: PDF,
    "mp4": lambda: boxes(b"isom"),
    "mov": lambda: boxes(b"qt  "),
    "wav": lambda: WAV,
    "mp3": lambda: MP3,
}


def named(name: str, content: bytes, content_type: str = "application/octet-stream") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type)


def add(resident: Resident, draft: UUID, *files: SimpleUploadedFile, go: str = "next", **fields: str) -> Any:
    """Send files on their step."""
    return resident.fill(draft, "files", {"files": list(files), **fields}, go=go)


@pytest.fixture
def draft(resident: Resident) -> UUID:
    """A draft that is ready to be sent."""
    return resident.answer_all("theft-from-vehicle")


@pytest.fixture
def filed(resident: Resident, draft: UUID) -> Callable[..., Report]:
    """Add files and send: filed(named("a.jpg", ...)) is the report, its jobs not done yet."""

    def send(*files: SimpleUploadedFile, **fields: str) -> Report:
        assert add(resident, draft, *files, **fields).status_code == 302
        assert resident.submit(draft).status_code == 302
        return Report.objects.get(draft_id=draft)

    return send


@pytest.fixture
def worked(filed: Callable[..., Report]) -> Callable[..., Attachment]:
    """Add one file, send, let the jobs be done, and return the file's row."""

    def send(content: bytes, name: str = "a.jpg") -> Attachment:
        report = filed(named(name, content))
        processing.work()
        return Attachment.objects.get(report_id=report.pk)

    return send


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Iterator[Callable[..., Any]]:
    """Run a step as if its transaction were committed, with what follows a commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
