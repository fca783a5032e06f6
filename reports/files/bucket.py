"""The file store as a bucket of an S3-compatible service. What goes there is sealed, as in a folder.

An object is there whole or not at all, and durable once the service has said so.
"""

import errno
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, BinaryIO, cast

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3File, S3Storage

# Seconds. A resident waits for it.
CONNECT, ANSWER, ATTEMPTS = 3, 15, 2
NOT_FOUND, SERVERS_OWN, SLOW_DOWN = 404, 500, 429


@contextmanager
def in_our_words() -> Iterator[None]:
    """Raise what the service says as the errors of a folder, by which callers know what to do."""
    try:
        yield
    except ClientError as error:
        status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", SERVERS_OWN))
        if status == NOT_FOUND:
            raise FileNotFoundError(errno.ENOENT, "not in the bucket") from None
        if status >= SERVERS_OWN or status == SLOW_DOWN:
            raise ConnectionError(errno.EHOSTDOWN, "the storage is busy or ill") from None
        raise PermissionError(errno.EACCES, "the storage refuses") from None
    except BotoCoreError:
        raise ConnectionError(errno.EHOSTUNREACH, "the storage does not answer") from None


class Written(io.RawIOBase):
    """An object on its way into the bucket, five megabytes at a time. It comes to be there by `close`."""

    def __init__(self, file: S3File) -> None:
        self._file = file

    def write(self, data: Any) -> int:
        """Take some more."""
        with in_our_words():
            self._file.write(data)
        return len(data)

    def close(self) -> None:
        """Complete it."""
        if not self.closed:
            super().close()
            with in_our_words():
                self._file.close()


class Received(io.RawIOBase):
    """An object on its way out of the bucket, as it comes."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def readable(self) -> bool:
        """Say so."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read some more."""
        with in_our_words():
            data = self._body.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Hang up."""
        if not self.closed:
            self._body.close()
            super().close()


class Bucket(S3Storage):  # type: ignore[misc]
    """Django's storage in the bucket that FILES_URL names. `by_path` puts its name into the path, not the host."""

    def __init__(self, *, by_path: bool = False, **options: Any) -> None:
        manners = Config(
            connect_timeout=CONNECT,
            read_timeout=ANSWER,
            retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
            signature_version="s3v4",
            s3={"addressing_style": "path" if by_path else "auto"},
        )
        super().__init__(client_config=manners, **options)

    def _open(self, name: str, mode: str = "rb") -> BinaryIO:
        key = self._normalize_name(name)
        with in_our_words():
            if mode == "wb":
                return cast("BinaryIO", Written(S3File(key, mode, self)))
            return io.BufferedReader(Received(self.bucket.Object(key).get()["Body"]))

    def settle(self, file: BinaryIO) -> None:
        """Close a written file; the service keeps it from then on."""
        file.close()

    def exists(self, name: str) -> bool:
        """Tell whether it is there."""
        with in_our_words():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        """Remove it; one that is gone already is no mistake."""
        with in_our_words():
            super().delete(name)

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Yield the keys of what was written before `moment`, a thousand for each request to the service."""
        prefix = f"{self.location}/" if self.location else ""
        with in_our_words():
            for each in self.bucket.objects.filter(Prefix=prefix):
                if each.last_modified < moment:
                    yield each.key[len(prefix) :]

    def probe(self) -> None:
        """Raise OSError unless the bucket answers and is ours."""
        with in_our_words():
            self.connection.meta.client.head_bucket(Bucket=self.bucket_name)
