"""Secret codes against their Argon2id hashes. Wrong and unknown take the same time, and hardly any.

Argon2id keeps a stolen database from telling the codes; it costs a server a thirtieth of a second each time. So that
guesses by the thousand cost nothing, and nobody who has the right code ever waits for a place among them, a short keyed
mark is looked at first: it stops all wrong codes but one in 65,536, and is worthless without the keyring.
"""

import hmac
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from reports import vault

# OWASP's second profile for Argon2id: 19 MiB, two passes.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Verified where there is nothing to verify.
NOBODYS = HASHER.hash("nobody's code")
# Few enough bits that even with the keyring 44 of a code's 60 are left to guess at, each by Argon2id.
MARK_BYTES = 2


def fits(stored: str, letters: str) -> bool:
    """Tell whether `letters` are what `stored` is the hash of; an empty hash fits nothing, as slowly."""
    try:
        return HASHER.verify(stored or NOBODYS, letters) and bool(stored)
    except (Argon2Error, InvalidHashError):
        return False


def mark(name: str, letters: str) -> int:
    """Return the mark of a code for what is called `name`, 0 to 65,535."""
    digest = hmac.digest(vault.derived_key("access-mark"), f"{name}={letters}".encode(), sha256)
    return int.from_bytes(digest[:MARK_BYTES])


def nobodys_mark(name: str) -> int:
    """Return the mark where there is nothing of this name: as many wrong codes pass it as where there is something."""
    return mark(name, "")


def may_fit(marked: int | None, *, name: str, letters: str) -> bool:
    """Tell whether a code is worth its hash. Without a mark, as of reports from before there were any, each is."""
    return mark(name, letters) == marked or marked is None
