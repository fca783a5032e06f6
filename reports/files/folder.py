"""The file store as a folder that web and workers share."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class Folder(FileSystemStorage):
    """Django's storage in FILES_DIR; what is settled there survives a power cut, and is for this user only."""

    @property
    def base_location(self) -> str:
        """The folder."""
        return str(settings.FILES_DIR)

    @property
    def location(self) -> str:
        """The folder, whole."""
        return os.path.abspath(self.base_location)  # noqa: PTH100 (Django's own way)

    def _open(self, name: str, mode: str = "rb") -> BinaryIO:
        where = Path(self.path(name))
        if mode == "wb":
            where.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            where.touch(0o600, exist_ok=False)
        return where.open(mode)  # type: ignore[return-value]

    def settle(self, file: BinaryIO) -> None:
        """Close a written file so that it survives a power cut."""
        file.flush()
        os.fsync(file.fileno())
        file.close()
        folder = os.open(Path(file.name).parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Yield the keys of what was last written before `moment`."""
        for file in Path(self.location).glob("??/*"):
            if _written(file) < moment.timestamp():
                yield file.relative_to(self.location).as_posix()


def _written(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
