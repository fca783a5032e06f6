"""The file of a backup: a line that says which key opens it, then one sealed stream of entries, a manifest last.

What is sealed is bound to this backup's own id. Cut off or altered anywhere, it does not open (`vault.open_stream`).
"""

import base64
import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO

from reports import codes, vault

MAGIC = b"CORS-BACKUP 1 "
LONGEST_HEAD = 4096
BLOCK = 1024 * 1024
LENGTH = struct.Struct(">I")


class NotABackup(Exception):
    """The file is none, or is not whole."""


class Writer:
    """Writes entries one after the other; each is known by its name, size and SHA-256 afterwards."""

    def __init__(self, file: BinaryIO, *, made_at: str) -> None:
        backup_id = str(codes.new_id())
        key = vault.new_data_key(place=_key_place(backup_id))
        head = {"id": backup_id, "made_at": made_at, "key": key.wrapped_by}
        head["wrapped"] = base64.b64encode(key.wrapped).decode()
        self._file, self.entries = file, dict[str, dict[str, Any]]()
        self._sealer = vault.StreamSealer(key=key, place=_place(backup_id))
        file.write(MAGIC + json.dumps(head).encode() + b"\n")

    def add(self, name: str, content: Iterable[bytes]) -> int:
        """Write one entry; return its bytes."""
        digest, size = sha256(), 0
        self._block(json.dumps({"name": name}).encode())
        for part in content:
            for start in range(0, len(part), BLOCK):
                block = part[start : start + BLOCK]
                digest.update(block)
                size += len(block)
                self._block(block)
        self._block(b"")
        self.entries[name] = {"bytes": size, "sha256": digest.hexdigest()}
        return size

    def end(self, manifest: dict[str, Any]) -> None:
        """Write the manifest with what is known of each entry, and close the stream."""
        self._block(json.dumps({"manifest": manifest | {"entries": self.entries}}).encode())
        self._file.write(self._sealer.end())

    def _block(self, content: bytes) -> None:
        self._file.write(self._sealer.add(LENGTH.pack(len(content)) + content))


@dataclass(frozen=True)
class Head:
    """What is said of a backup in the clear."""

    backup_id: str
    made_at: str
    key: vault.DataKey


def read_head(file: BinaryIO) -> Head:
    """Return the head of the backup. Raises NotABackup, or vault.CannotOpen when the keyring lacks its key."""
    line = file.readline(LONGEST_HEAD)
    try:
        if not line.startswith(MAGIC):
            raise ValueError
        told = json.loads(line.removeprefix(MAGIC))
        backup_id, made_at, wrapped_by = str(told["id"]), str(told["made_at"]), str(told["key"])
        wrapped = base64.b64decode(told["wrapped"], validate=True)
    except (ValueError, KeyError, TypeError):
        raise NotABackup("This is no backup of the portal.") from None
    key = vault.unwrap(wrapped=wrapped, wrapped_by=wrapped_by, place=_key_place(backup_id))
    return Head(backup_id, made_at, key)


class Reader:
    """Reads the entries in their order; `manifest` is there when all were read."""

    def __init__(self, file: BinaryIO) -> None:
        self.head = read_head(file)
        self.manifest: dict[str, Any] = {}
        self._left = b""
        self._chunks = vault.open_stream(file, key=self.head.key, place=_place(self.head.backup_id))

    def __iter__(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield each entry's name with its content, which must be read before the next one.

        Raises vault.CannotOpen where the file is cut off or altered, NotABackup where an entry is not as it was.
        """
        found = dict[str, dict[str, Any]]()
        while not self.manifest:
            told = json.loads(self._block())
            if "manifest" in told:
                self.manifest = told["manifest"]
                break
            yield told["name"], self._content(told["name"], found)
        for _rest in self._chunks:
            raise NotABackup("Something follows the end of the backup.")
        if found != self.manifest["entries"]:
            raise NotABackup("The backup does not hold what its manifest says.")

    def _content(self, name: str, found: dict[str, dict[str, Any]]) -> Iterator[bytes]:
        digest, size = sha256(), 0
        while block := self._block():
            digest.update(block)
            size += len(block)
            yield block
        found[name] = {"bytes": size, "sha256": digest.hexdigest()}

    def _block(self) -> bytes:
        (length,) = LENGTH.unpack(self._take(LENGTH.size))
        return self._take(length)

    def _take(self, number: int) -> bytes:
        parts, have = [self._left], len(self._left)
        while have < number:
            part = next(self._chunks, None)
            if part is None:
                raise NotABackup("The backup breaks off.")
            parts.append(part)
            have += len(part)
        whole = b"".join(parts)
        self._left = whole[number:]
        return whole[:number]


def _key_place(backup_id: str) -> vault.Place:
    return vault.Place("backup", "wrapped_key", backup_id)


def _place(backup_id: str) -> vault.Place:
    return vault.Place("backup", "content", backup_id)
