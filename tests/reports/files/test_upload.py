"""The way in: nothing in the clear on disk, nothing whole in memory."""

import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as live_settings
from django.http.multipartparser import MultiPartParser
from django.http.request import UnreadablePostError
from django.test import RequestFactory

from reports.files.limits import MOST_BODY, MOST_BYTES, Refusal, Refused
from reports.files.upload import SealingHandler, takes_files
from reports.models import Attachment
from tests.reports.files.conftest import CAMERA, PDF, add, named, picture, stored
from tests.resident import Resident

BOUNDARY = "a-boundary"
HEAD = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="big.pdf"\r\n'
    "Content-Type: application/pdf\r\n\r\n"
).encode()
TAIL = f"\r\n--{BOUNDARY}--\r\n".encode()


class Sending:
    """A request's body that comes piece by piece and is nowhere whole; may break off."""

    def __init__(self, length: int, breaks_at: int | None = None) -> None:
        self.length, self.breaks_at, self.sent = len(HEAD) + length + len(TAIL), breaks_at, 0
        self._pieces = self._body(length)
        self._left = b""

    def _body(self, length: int) -> Iterator[bytes]:
        yield HEAD + PDF
        left, piece = length - len(PDF), bytes(range(256)) * 128
        while left > 0:
            yield piece[:left]
            left -= len(piece)
        yield TAIL

    def readline(self, most: int) -> bytes:
        return self.read(most)

    def read(self, most: int) -> bytes:
        if self.breaks_at is not None and self.sent > self.breaks_at:
            raise OSError("gone")
        if not self._left:
            self._left = next(self._pieces, b"")
        part, self._left = self._left[:most], self._left[most:]
        self.sent += len(part)
        return part


def parse(sending: Sending) -> Any:
    """Read a request as Django does, for a view that takes files."""
    request = RequestFactory().post("/")
    request.resolver_match = SimpleNamespace(func=takes_files(lambda request: None))  # type: ignore[assignment]
    meta = {"CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}", "CONTENT_LENGTH": str(sending.length)}
    return MultiPartParser(meta, sending, [SealingHandler(request)]).parse()[1]["files"]


def test_it_is_the_only_way_in() -> None:
    assert live_settings.FILE_UPLOAD_HANDLERS == ["reports.files.upload.SealingHandler"]


def test_25_megabytes_pass_through_little_memory(store) -> None:
    tracemalloc.start()
    try:
        incoming = parse(Sending(MOST_BYTES))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert incoming.refusal is None
    assert incoming.size == MOST_BYTES
    assert stored(store)[0].stat().st_size > MOST_BYTES
    assert peak < 2 * 1024 * 1024, peak
    incoming.close()


def test_a_gigabyte_without_end_is_not_stored(store) -> None:
    incoming = parse(Sending(MOST_BYTES * 3))
    assert incoming.refusal == Refusal.TOO_LARGE
    assert stored(store) == []


def test_too_much_at_once_is_told_and_none_is_stored(store) -> None:
    sending = Sending(100_000)
    sending.length = MOST_BODY + 1
    incoming = parse(sending)
    assert Refused(incoming.refusal, incoming.name).words().startswith("“big.pdf” was not added: this was too much")
    assert stored(store) == []


def test_who_breaks_off_leaves_nothing(resident: Resident, draft: UUID, store) -> None:
    sending = Sending(5_000_000, breaks_at=2_000_000)
    body = {
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": str(sending.length),
        "wsgi.input": sending,
    }
    with pytest.raises(UnreadablePostError):
        resident.client.generic("POST", resident.url("intake:step", draft, "files"), **body)
    assert sending.sent > 2_000_000
    assert stored(store) == []


def test_what_nobody_kept_is_removed_with_the_request(store) -> None:
    incoming = parse(Sending(200_000))
    assert len(stored(store)) == 1
    assert b"".join(incoming.chunks()).startswith(PDF)
    incoming.close()
    assert stored(store) == []


def test_nothing_is_stored_in_the_clear(resident: Resident, draft: UUID, store, tmp_path, settings) -> None:
    content = picture() + b"canary " * 30_000
    add(resident, draft, named("canary-name.jpg", content))
    row = Attachment.objects.get()
    files = stored(store)
    assert [path.name for path in files] == [row.stored]
    # Longer than what stands by chance among so many bytes.
    begins = content[:11]
    assert begins.endswith(b"JFIF\0")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert not any(word in path.read_bytes() for word in (b"canary", CAMERA.encode(), begins))
    assert b"canary" not in bytes(row.sealed_name)
    assert files[0].stat().st_mode & 0o077 == 0


def test_a_small_file_goes_the_same_way(store) -> None:
    incoming = parse(Sending(len(PDF)))
    assert b"".join(incoming.chunks()) == PDF
    assert BytesIO(stored(store)[0].read_bytes()).read(1) == b"\x02"
    incoming.close()


def test_a_full_disk_refuses_the_file_and_nothing_else(resident: Resident, monkeypatch) -> None:
    """`/dev/full` takes what is buffered, and refuses it when it is written, once more when it is closed."""
    monkeypatch.setattr("reports.files.storage.create", lambda name: open("/dev/full", "wb"))  # noqa: PTH123, SIM115
    draft = resident.begin("lost-property")
    page = add(resident, draft, named("a.png", picture("PNG")))
    assert page.status_code == 200
    assert "could not be kept just now" in page.content.decode()
    assert not Attachment.objects.exists()
