"""Files on their way in: sealed chunk by chunk as they come; neither memory nor disk holds one in the clear."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from reports import codes, vault
from reports.files import storage
from reports.files.kinds import HEAD_BYTES, kind_of
from reports.files.limits import MOST_BODY, MOST_BYTES, MOST_FILES, MOST_PATIENCE, Refusal
from reports.models import Attachment

logger = logging.getLogger(__name__)


def takes_files(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that files may be sent to. What is sent to any other view is read over and kept nowhere."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


class Incoming(UploadedFile):  # type: ignore[type-arg]
    """One file as it comes in. Deletes what it stored at the end of the request, unless somebody calls `keep`."""

    def __init__(self, name: str, refusal: Refusal | None = None) -> None:
        super().__init__(name=name, size=0)
        self.attachment = Attachment(id=codes.new_id(), stored=storage.new_name())
        self.key, self.refusal = vault.loose_key(), refusal
        self._sealer = vault.StreamSealer(key=self.key, place=self.attachment.place("stored"))
        self._head: bytes | None = b""
        self._stored: BinaryIO | None = None
        self._kept = False

    def add(self, data: bytes) -> None:
        """Take some more of it, unless it is refused already."""
        if self.refusal:
            return
        self.size = (self.size or 0) + len(data)
        if self.size > MOST_BYTES:
            self.refuse(Refusal.TOO_LARGE)
        elif self._head is None:
            self._write(self._sealer.add(data))
        else:
            self._head += data
            if len(self._head) >= HEAD_BYTES:
                self._recognise(self._head)

    def end(self) -> None:
        """Store the rest, so that it survives a power cut."""
        if not self.refusal and not self.size:
            self.refuse(Refusal.EMPTY)
        if not self.refusal and self._head is not None:
            self._recognise(self._head)
        if not self.refusal:
            self._write(self._sealer.end())
        if self._stored and not self.refusal:
            self._guarded(storage.settle, self._stored)

    def keep(self) -> None:
        """Leave the stored file where it is: a row knows it now."""
        self._kept = True

    def refuse(self, refusal: Refusal) -> None:
        """Take no more of it, and remove what was stored."""
        self.refusal = refusal
        self.close()

    def close(self) -> None:
        """Remove what nobody kept. Called at the end of the request, too."""
        if self._stored and not self._kept:
            # What a full disk did not take is written once more by closing, and refused once more. A storage that is
            # away deletes nothing either: the sweep does.
            with suppress(OSError):
                self._stored.close()
            with suppress(OSError):
                storage.delete(self.attachment.stored)
            self._stored = None

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the content again, opened from what is stored."""
        with storage.read(self.attachment.stored) as file:
            yield from vault.open_stream(file, key=self.key, place=self.attachment.place("stored"))

    def _recognise(self, head: bytes) -> None:
        kind = kind_of(head)
        if kind is None:
            return self.refuse(Refusal.WRONG_KIND)
        self.attachment.kind, self._head = kind, None
        self._guarded(self._create)
        return self._write(self._sealer.add(head))

    def _create(self) -> None:
        self._stored = storage.create(self.attachment.stored)

    def _write(self, sealed: bytes) -> None:
        if self._stored and not self.refusal:
            self._guarded(self._stored.write, sealed)

    def _guarded(self, step: Callable[..., object], *args: object) -> None:
        """Take a step on disk. A full disk refuses this file; the resident's other answers are safe elsewhere."""
        try:
            step(*args)
        except OSError as error:
            logger.error("a file could not be stored: %s", error.strerror)  # noqa: TRY400 (a trace could quote its name)
            self.refuse(Refusal.NOT_KEPT)


def drop_unfinished(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Remove, as a middleware, the beginning of a file whose sender went away: Django tells its handlers only late."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for handler in request.upload_handlers:
            handler.upload_interrupted()
        return response

    return middleware


class SealingHandler(FileUploadHandler):
    """Django's way in for files, for every request of the portal: FILE_UPLOAD_HANDLERS names this one alone."""

    chunk_size = vault.CHUNK_BYTES
    _files = 0
    _too_much = False
    _incoming: Incoming | None = None

    def handle_raw_input(self, input_data: object, META: Any, content_length: int, *_more: Any) -> None:
        """Judge the request by its announced length before anything is read."""
        if content_length > MOST_PATIENCE:
            raise RequestDataTooBig
        self._too_much = content_length > MOST_BODY

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file. Of more files than a report may have none is stored, but each is named."""
        super().new_file(*args, **kwargs)
        match = self.request.resolver_match if self.request else None
        if match is None or not getattr(match.func, "takes_files", False):
            raise SkipFile
        self._files += 1
        refusal = Refusal.TOO_MUCH if self._too_much else Refusal.TOO_MANY if self._files > MOST_FILES else None
        self._incoming = Incoming(self.file_name or "", refusal)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal and store a chunk; no further handler sees it."""
        if self._incoming:
            self._incoming.add(raw_data)

    def file_complete(self, file_size: int) -> Incoming | None:
        """Hand over the stored file, or the refused one, which still knows its name."""
        incoming, self._incoming = self._incoming, None
        if incoming:
            incoming.end()
        return incoming

    def upload_interrupted(self) -> None:
        """Remove the beginning of a file whose sender went away."""
        if self._incoming:
            self._incoming.close()
