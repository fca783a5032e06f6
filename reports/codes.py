"""References, access codes and identifiers. Forgiving to read, hard to guess. Imports nothing of ours."""

import hmac
import re
import secrets
import time
import unicodedata
import uuid
from hashlib import sha256

# Crockford's base 32: no I, L, O or U, so that what is heard or copied wrongly still has one meaning.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISTAKEN = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
REFERENCE_LENGTH = 8
ACCESS_CODE_LENGTH = 12
RESUME_CODE_LENGTH = 16


def new_id() -> uuid.UUID:
    """Return a time-ordered UUID (RFC 9562, version 7): new rows stand together in an index."""
    value = int(time.time() * 1000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return uuid.UUID(int=value)


def new_reference() -> str:
    """Return a random reference such as R-7K4M-93QX: 40 bits, and no likeness to an agency's own numbers."""
    return format_reference("".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH)))


def format_reference(letters: str) -> str:
    """Return the eight letters as they are shown."""
    return f"R-{letters[:4]}-{letters[4:]}"


def access_code(key: bytes, draft_id: uuid.UUID) -> str:
    """Return the draft's access code, 60 bits, the same each time.

    Made from the draft, so that a resident whose answer was lost on the way and who sends again
    meets the same code, though nothing but its Argon2id hash is stored.
    """
    return _derived(key, b"access-code:" + draft_id.bytes, ACCESS_CODE_LENGTH)


def resume_code(key: bytes, draft_id: uuid.UUID) -> str:
    """Return the code that opens a saved draft on another device, 80 bits, the same each time it is saved."""
    return _derived(key, b"resume-code:" + draft_id.bytes, RESUME_CODE_LENGTH)


def _derived(key: bytes, message: bytes, length: int) -> str:
    digest = int.from_bytes(hmac.digest(key, message, sha256)[: -(-length * 5 // 8)], "big")
    letters = "".join(ALPHABET[digest >> shift & 31] for shift in range(0, length * 5, 5))
    return "-".join(letters[at : at + 4] for at in range(0, length, 4))


def understand(text: str) -> str:
    """Return the letters meant by `text`: any script's digits, lower case, spaces and O/0, I/1 forgiven."""
    digits = (str(unicodedata.digit(letter, letter)) for letter in unicodedata.normalize("NFKC", text))
    letters = "".join(digits).upper().translate(MISTAKEN)
    return "".join(letter for letter in letters if letter in ALPHABET)


def is_written_as_reference(text: str) -> bool:
    """Tell what is written with its hyphen, R-7K4M-93QX or 7k4m-93qx: nothing but a reference looks so.

    Eight letters in a row may be anything that somebody typed, a name as well.
    """
    return bool(re.fullmatch(r"\s*(r-)?[0-9a-z]{4}-[0-9a-z]{4}\s*", text, re.IGNORECASE | re.ASCII))


def understand_reference(text: str) -> str:
    """Return the reference meant by `text` as it is stored, or "" when it can't be one."""
    letters = understand(text)
    if len(letters) == REFERENCE_LENGTH + 1 and letters[0] == "R":
        letters = letters[1:]
    return format_reference(letters) if len(letters) == REFERENCE_LENGTH else ""
