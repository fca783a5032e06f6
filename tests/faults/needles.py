"""Words to be looked for in anything: as they are, and in every form in which a program might have kept them."""

import base64
import re
import zlib
from collections.abc import Iterable
from io import BytesIO
from urllib.parse import quote
from zipfile import BadZipFile, ZipFile

# All planted words begin so: where a form of this is not, none of theirs is.
BEGIN = "canary"


def forms(word: str) -> dict[str, set[bytes]]:
    """Return the forms of a word by their names; but for base64 they are in lower case."""
    low = word.lower()
    each = "".join(f"%{byte:02x}" for byte in low.encode())
    return {
        "plain": {low.encode(), quote(low, safe="").lower().encode()},
        "percent": {each.encode(), each.replace("%", "%25").encode()},
        "hex": {low.encode().hex().encode(), word.encode().hex().encode(), word.upper().encode().hex().encode()},
        "utf-16": {low.encode("utf-16-le"), low.encode("utf-16-be")},
        "base64": {part for each in (word, low, word.upper()) for part in in_base64(each.encode())},
    }


def in_base64(text: bytes) -> set[bytes]:
    """Return what base64 makes of a text, wherever in a longer one it stands: without what its neighbours decide."""
    found = set()
    for before in range(3):
        whole = base64.b64encode(bytes(before) + text)
        begin, end = -(-before * 8 // 6), (before + len(text)) * 8 // 6
        part = whole[begin:end]
        found |= {part, part.replace(b"+", b"-").replace(b"/", b"_")}
    return found


class Needles:
    """Words to look for. Those that begin with BEGIN are looked for all at once, others one by one."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = {word.lower() for word in words}
        self.begun = {word for word in self.words if word.startswith(BEGIN)}
        self.begins = forms(BEGIN)
        self.others = {word: forms(word) for word in self.words - self.begun}

    def found_in(self, blob: bytes) -> set[str]:
        """Return the words that stand in a blob in any form."""
        low = blob.lower()
        found = {word for word, each in self.others.items() if kinds_in(each, blob, low)}
        kinds = kinds_in(self.begins, blob, low)
        if "plain" in kinds:
            # What only begins alike is none of ours.
            plain = {match.decode() for match in re.findall(rb"canary[a-z]{6,}", low)}
            found |= {word for word in self.begun if any(word in text for text in plain)}
        if disguised := kinds - {"plain"}:
            found |= {word for word in self.begun - found if disguised & kinds_in(forms(word), blob, low)}
        return found

    def in_whole(self, blob: bytes) -> set[str]:
        """Return the words that stand in a blob, or in what is packed in it."""
        return set().union(*(self.found_in(each) for each in unpacked(blob)))


def kinds_in(each: dict[str, set[bytes]], blob: bytes, low: bytes) -> set[str]:
    """Return which kinds of a word's forms stand in a blob."""
    return {kind for kind, parts in each.items() if any(part in (blob if kind == "base64" else low) for part in parts)}


def unpacked(blob: bytes) -> Iterable[bytes]:
    """Yield a blob, and what it holds: the members of a ZIP, what zlib or gzip packed."""
    yield blob
    if blob.startswith(b"PK"):
        try:
            with ZipFile(BytesIO(blob)) as archive:
                yield from (archive.read(name) for name in archive.namelist())
        except BadZipFile:
            return
    for window in (zlib.MAX_WBITS, zlib.MAX_WBITS | 16):
        try:
            yield zlib.decompress(blob, window)
        except zlib.error:
            continue
