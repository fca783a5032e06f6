"""The only module that sees keys: seals documents, opens them, makes keyed search terms.

A report has a data key of its own, wrapped by a key-encryption key of the keyring. What is sealed is
bound to its table, column and row, so that a ciphertext moved elsewhere does not open. Destroying a
data key shreds everything sealed with it.
"""

import base64
import binascii
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ImproperlyConfigured

# What a database column of bytes gives back.
Stored = bytes | memoryview

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b"\x01"
SMALLEST_BUCKET = 512
# A stream is sealed in chunks of this many bytes, each with its nonce and tag.
STREAM_FORMAT = b"\x02"
CHUNK_BYTES = 64 * 1024
SEALED_CHUNK_BYTES = NONCE_BYTES + CHUNK_BYTES + 16


class CannotOpen(Exception):
    """The ciphertext does not belong to this key and place, or was altered."""


@dataclass(frozen=True)
class Keyring:
    """Key-encryption keys by name, the name that wraps new data keys, and the keys of the search terms by name.

    The first search key makes new terms; a second one, while terms are made anew, made those that are still there.
    Codes and digests are made from `derived`, which a new search key leaves as it is.
    """

    primary: str
    keys: dict[str, bytes] = field(repr=False)
    search: dict[str, bytes] = field(repr=False)
    derived: bytes = field(repr=False)


@dataclass(frozen=True)
class Place:
    """Where a ciphertext lives. Part of its authentication."""

    table: str
    column: str
    row: str

    def __bytes__(self) -> bytes:
        return f"{self.table}\x1f{self.column}\x1f{self.row}".encode()


@dataclass(frozen=True)
class DataKey:
    """One report's key. `wrapped` and `wrapped_by` are what is stored."""

    secret: bytes
    wrapped: bytes
    wrapped_by: str

    def __repr__(self) -> str:
        return f"DataKey(wrapped_by={self.wrapped_by!r})"


def new_keyring() -> str:
    """Return a fresh keyring as the JSON text that KEYRING takes."""
    name = secrets.token_hex(4)
    return json.dumps({"encryption": {"primary": name, "keys": {name: _fresh()}}, "search": {"key": _fresh()}})


def next_keyring(text: str, *, of: str) -> str:
    """Return the keyring in `text` with a fresh key before the old ones: `of` "encryption" or "search".

    With `of` "last" those before are left out. Raises ImproperlyConfigured as `read_keyring` does.
    """
    read_keyring(text)
    ring = json.loads(text)
    encryption, search = ring["encryption"], ring["search"]
    if of == "encryption":
        name = secrets.token_hex(4)
        ring["encryption"] = {"primary": name, "keys": {name: _fresh(), **encryption["keys"]}}
    elif of == "search":
        ring = {"derived": {"key": search["key"]}, **ring, "search": {"key": _fresh(), "before": search["key"]}}
    else:
        name = encryption["primary"]
        ring |= {"encryption": {"primary": name, "keys": {name: encryption["keys"][name]}}}
        ring |= {"search": {"key": search["key"]}}
    return json.dumps(ring)


def read_keyring(text: str) -> Keyring:
    """Return the keyring in `text`. Raises ImproperlyConfigured without quoting any of it."""
    try:
        raw = json.loads(text)
        keys = {name: _from_text(key) for name, key in raw["encryption"]["keys"].items()}
        search = [_from_text(raw["search"][name]) for name in ("key", "before") if name in raw["search"]]
        derived = _from_text(raw["derived"]["key"]) if "derived" in raw else search[0]
        ring = Keyring(str(raw["encryption"]["primary"]), keys, {_name(key): key for key in search}, derived)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, binascii.Error):
        raise ImproperlyConfigured("KEYRING is not a keyring. Make one with `python manage.py make_keyring`.") from None
    if ring.primary not in keys or any(len(key) != KEY_BYTES for key in (*keys.values(), *search, derived)):
        raise ImproperlyConfigured("KEYRING lacks its primary key, or a key in it is not 32 bytes long.")
    return ring


def primary_key() -> str:
    """Return the name of the key that wraps new data keys."""
    return _keyring().primary


def new_data_key(*, place: Place) -> DataKey:
    """Return a fresh data key wrapped for `place` by the primary key."""
    ring, secret = _keyring(), secrets.token_bytes(KEY_BYTES)
    return DataKey(secret, _encrypt(ring.keys[ring.primary], secret, place), ring.primary)


def unwrap(*, wrapped: Stored, wrapped_by: str, place: Place) -> DataKey:
    """Return the stored data key. Raises CannotOpen when its wrapping key is unknown or it was altered."""
    key = _keyring().keys.get(wrapped_by)
    if key is None:
        raise CannotOpen(f"The keyring has no key named {wrapped_by}.")
    return DataKey(_decrypt(key, wrapped, place), bytes(wrapped), wrapped_by)


def rewrap(*, wrapped: Stored, wrapped_by: str, place: Place) -> DataKey:
    """Return the same data key wrapped by the primary key: one step of a rotation, harmless to repeat."""
    ring = _keyring()
    secret = unwrap(wrapped=wrapped, wrapped_by=wrapped_by, place=place).secret
    return DataKey(secret, _encrypt(ring.keys[ring.primary], secret, place), ring.primary)


def seal(document: Any, *, key: DataKey, place: Place) -> bytes:
    """Return `document` (anything JSON can hold) encrypted for `place`, its length hidden in a bucket."""
    plain = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return _encrypt(key.secret, _pad(plain), place)


def open_sealed(sealed: Stored, *, key: DataKey, place: Place) -> Any:
    """Return the document sealed for `place`. Raises CannotOpen for any other key, place or altered byte."""
    return json.loads(_decrypt(key.secret, sealed, place).rstrip(b"\x00"))


class Opener:
    """Opens one column of many rows, each sealed with a data key of its own: what they share is made ready once.

    The data keys lie wrapped in another column of the same table.
    """

    def __init__(self, *, table: str, key_column: str, column: str) -> None:
        self._wrapping = {name: AESGCM(key) for name, key in _keyring().keys.items()}
        self._key_place, self._place = (bytes(Place(table, name, "")) for name in (key_column, column))
        self._names = f"{table}.{key_column}", f"{table}.{column}"

    def open(self, row: str, *, sealed: bytes, wrapped: bytes, wrapped_by: str) -> tuple[Any, DataKey]:
        """Return what `open_sealed` returns, and the key. Raises CannotOpen as that and `unwrap` do."""
        wrapping = self._wrapping.get(wrapped_by)
        if wrapping is None:
            raise CannotOpen(f"The keyring has no key named {wrapped_by}.")
        at = row.encode()
        secret = _decrypted(wrapping, wrapped, self._key_place + at, self._names[0])
        plain = _decrypted(AESGCM(secret), sealed, self._place + at, self._names[1])
        return json.loads(plain.rstrip(b"\x00").decode()), DataKey(secret, wrapped, wrapped_by)


def loose_key() -> DataKey:
    """Return a fresh data key that nothing wraps yet: for what arrives before it is known whose it is."""
    return DataKey(secrets.token_bytes(KEY_BYTES), b"", "")


def wrap_under(key: DataKey, *, parent: DataKey, place: Place) -> DataKey:
    """Return the same data key wrapped by another data key, so that it is shredded with that one."""
    return DataKey(key.secret, _encrypt(parent.secret, key.secret, place), "")


def unwrap_under(wrapped: bytes, *, parent: DataKey, place: Place) -> DataKey:
    """Return the data key that `parent` wraps. Raises CannotOpen for any other key, place or altered byte."""
    return DataKey(_decrypt(parent.secret, wrapped, place), bytes(wrapped), "")


def seal_text(text: str, *, place: Place) -> str:
    """Return a short secret as text, sealed for `place` under a data key of its own that lies wrapped beside it."""
    key = new_data_key(place=place)
    sealed = (base64.b64encode(part).decode() for part in (key.wrapped, seal(text, key=key, place=place)))
    return ".".join([key.wrapped_by, *sealed])


def open_text(sealed: str, *, place: Place) -> str:
    """Return the secret. Raises CannotOpen for any other keyring, place or altered character."""
    try:
        wrapped_by, wrapped, rest = sealed.split(".")
        key = unwrap(wrapped=base64.b64decode(wrapped, validate=True), wrapped_by=wrapped_by, place=place)
        return str(open_sealed(base64.b64decode(rest, validate=True), key=key, place=place))
    except ValueError:
        raise CannotOpen(f"{place.table}.{place.column} holds no sealed text.") from None


def reseal_text(sealed: str, *, place: Place) -> str:
    """Return the secret sealed by the primary key: as it was where that sealed it already. Raises CannotOpen."""
    if sealed.partition(".")[0] == primary_key():
        return sealed
    return seal_text(open_text(sealed, place=place), place=place)


class StreamSealer:
    """Seals bytes as they come, a chunk at a time, and never holds more than one.

    Each chunk is bound to its place, its number and whether it is the last, so that a stream with a chunk
    missing, moved or cut off does not open.
    """

    def __init__(self, *, key: DataKey, place: Place) -> None:
        self._key, self._place, self._number = key, place, 0
        self._head, self._held = STREAM_FORMAT, bytearray()

    def add(self, data: bytes) -> bytes:
        """Return what can be stored by now. The last full chunk is held back: only `end` knows that it is the last."""
        self._held += data
        sealed, self._head = bytearray(self._head), b""
        while len(self._held) > CHUNK_BYTES:
            sealed += self._seal(bytes(self._held[:CHUNK_BYTES]), last=False)
            del self._held[:CHUNK_BYTES]
        return bytes(sealed)

    def end(self) -> bytes:
        """Return the rest of the sealed stream."""
        sealed, self._head = self._head, b""
        return sealed + self._seal(bytes(self._held), last=True)

    def _seal(self, plain: bytes, *, last: bool) -> bytes:
        nonce, bound = os.urandom(NONCE_BYTES), _chunk_place(self._place, self._number, last=last)
        self._number += 1
        return nonce + AESGCM(self._key.secret).encrypt(nonce, plain, bound)


def seal_stream(chunks: Iterable[bytes], *, key: DataKey, place: Place) -> Iterator[bytes]:
    """Yield `chunks` sealed for `place`, as StreamSealer does."""
    sealer = StreamSealer(key=key, place=place)
    for chunk in chunks:
        yield sealer.add(chunk)
    yield sealer.end()


def open_stream(file: BinaryIO, *, key: DataKey, place: Place) -> Iterator[bytes]:
    """Yield what was sealed as a stream, chunk by chunk.

    Raises CannotOpen as soon as a chunk is altered, missing, out of order, or the end is cut off: what came before
    is authentic, but not the whole.
    """
    if file.read(1) != STREAM_FORMAT:
        raise CannotOpen("Unknown format of a sealed stream.")
    number, following = 0, file.read(SEALED_CHUNK_BYTES)
    while following or not number:
        sealed, following = following, file.read(SEALED_CHUNK_BYTES)
        yield _open_chunk(sealed, key, place, number, last=not following)
        number += 1


def search_keys() -> list[str]:
    """Return the names of the search keys: of the one that makes new terms, and of one before, if there is one."""
    return list(_keyring().search)


def made_with(name: str) -> str:
    """Return the search key that made what was stored under a name; "" stands for before keys had names."""
    return name if name in _keyring().search else search_keys()[-1]


def keyed(words: Iterable[str], *, by: str = "") -> list[int]:
    """Return the sorted 64-bit search terms of `words`, worthless without the search key (HMAC-SHA-256).

    `by` names a search key; without one it is the key that makes new terms.
    """
    ring = _keyring()
    key = ring.search[by] if by else next(iter(ring.search.values()))
    digests = {hmac.digest(key, word.encode(), sha256)[:8] for word in words}
    return sorted(int.from_bytes(digest, "big", signed=True) for digest in digests)


def derived_key(purpose: str) -> bytes:
    """Return a key for one named purpose."""
    return hmac.digest(_keyring().derived, b"derived:" + purpose.encode(), sha256)


def key_for(purpose: str) -> DataKey:
    """Return the data key of one named purpose, which nothing wraps: for what is sealed for a short while."""
    return DataKey(derived_key(purpose), b"", "")


def forget_keyring() -> None:
    """Read the keyring anew at the next use (after a rotation, and between tests)."""
    _keyring.cache_clear()


@lru_cache(maxsize=1)
def _keyring() -> Keyring:
    from django.conf import settings  # a keyring can be made where settings cannot be read yet

    return read_keyring(settings.KEYRING)


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _from_text(key: str) -> bytes:
    return base64.b64decode(key, validate=True)


def _name(key: bytes) -> str:
    """Return by what a search key is known: it tells nothing of the key."""
    return hmac.digest(key, b"name", sha256)[:4].hex()


def _pad(plain: bytes) -> bytes:
    """Fill up with NUL, which JSON text never ends in, to the next half step between powers of two."""
    bucket = SMALLEST_BUCKET
    while bucket < len(plain):
        bucket += bucket // 2 if bucket & (bucket - 1) == 0 else bucket // 3
    return plain.ljust(bucket, b"\x00")


def _encrypt(key: bytes, plain: bytes, place: Place) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, bytes(place))


def _decrypt(key: bytes, sealed: Stored, place: Place) -> bytes:
    return _decrypted(AESGCM(key), bytes(sealed), bytes(place), f"{place.table}.{place.column}")


def _decrypted(cipher: AESGCM, sealed: bytes, place: bytes, name: str) -> bytes:
    if sealed[:1] != FORMAT:
        raise CannotOpen("Unknown format of a sealed document.")
    try:
        return cipher.decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], place)
    except (InvalidTag, ValueError):  # the second for what is too short to hold a nonce
        raise CannotOpen(f"{name} does not open with this key in this place.") from None


def _chunk_place(place: Place, number: int, *, last: bool) -> bytes:
    return bytes(place) + b"\x1f" + number.to_bytes(8, "big") + (b"\x01" if last else b"\x00")


def _open_chunk(sealed: bytes, key: DataKey, place: Place, number: int, *, last: bool) -> bytes:
    try:
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        return AESGCM(key.secret).decrypt(nonce, rest, _chunk_place(place, number, last=last))
    except (InvalidTag, ValueError):
        raise CannotOpen(f"{place.table}.{place.column} breaks off or was altered in chunk {number}.") from None
