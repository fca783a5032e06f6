"""A word is found in whatever form it is kept; what only looks like one is none."""

import base64
import gzip
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.faults.needles import Needles

WORD, OTHER = "canaryabcdefgh", "203.0.113.187"
KEPT: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "in upper case": lambda word: word.upper().encode(),
    "hex": lambda word: word.encode().hex().encode(),
    "hex in upper case": lambda word: word.encode().hex().upper().encode(),
    "hex of upper case": lambda word: word.upper().encode().hex().encode(),
    "base64": lambda word: base64.b64encode(word.encode()),
    "base64 behind one letter": lambda word: base64.b64encode(b"x" + word.encode() + b"yz"),
    "base64 behind two": lambda word: base64.b64encode(b"xy" + word.encode() + b"z"),
    "base64 for addresses": lambda word: base64.urlsafe_b64encode(b"\xfb\xff" + word.encode()),
    "base64 of upper case": lambda word: base64.b64encode(word.upper().encode()),
    "utf-16": lambda word: word.encode("utf-16"),
    "utf-16 the other way": lambda word: word.encode("utf-16-be"),
    "percent": lambda word: "".join(f"%{byte:02X}" for byte in word.encode()).encode(),
    "percent twice": lambda word: "".join(f"%25{byte:02x}" for byte in word.encode()).encode(),
    "zlib": lambda word: zlib.compress(word.encode() * 3),
    "gzip": lambda word: gzip.compress(b"before " + word.encode()),
}


def zipped(word: str) -> bytes:
    """Return a ZIP with a file that holds the word."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", f"before {word} after")
    return packed.getvalue()


@pytest.mark.parametrize("word", [WORD, OTHER])
@pytest.mark.parametrize("kept", [*KEPT.values(), zipped], ids=[*KEPT, "ZIP"])
def test_a_word_is_found_however_it_is_kept(kept: Callable[[str], bytes], word: str) -> None:
    whole = kept(word)
    blob = whole if whole.startswith((b"PK", b"x\x9c", b"\x1f\x8b")) else b"\x00 before," + whole + b"\nafter"
    needles = Needles([WORD, OTHER, "canaryzzzzzzzz"])
    assert needles.in_whole(blob) == {word}


def test_what_only_begins_like_a_word_is_none() -> None:
    blob = b"the canary sang; canaryabcdef; Canary Islands; 203.0.113.18"
    assert Needles([WORD, OTHER]).in_whole(blob) == set()


def test_every_other_word_beside_one_that_is_found_is_found_too() -> None:
    blob = b"canaryabcdefgh " + b"canaryzzzzzzzz".hex().encode()
    assert Needles([WORD, "canaryzzzzzzzz"]).in_whole(blob) == {WORD, "canaryzzzzzzzz"}
