"""Proof of work: a browser with script has worked for a second on the page from which it sends. A quiet check only.

The page carries a challenge for its draft; `static/js/proof-worker.js` looks for the numbers that it asks for. What it
stops and what not is told in docs/decisions/0008-proof-of-work.md.
"""

import hmac
import re
import time
from hashlib import sha256
from uuid import UUID

from reports import vault

# Several small searches take a more even time than one long one: 16 of 13 bits are 131,072 hashes on average, and one
# time in a hundred 1.7 times as many.
PARTS, BITS = 16, 13
# A page may stay open for a day. Nothing is stored: a draft becomes one report, so a proof is of use once.
GOOD_FOR_SECONDS = 24 * 60 * 60
# The fields of the page, which are no answers.
FIELDS = frozenset({"challenge", "proof", "script"})
CHALLENGE = re.compile(r"(?P<given>[0-9]{10})-[0-9a-f]{32}", re.ASCII)
PROOF = re.compile(rf"[0-9]{{1,9}}(?:\.[0-9]{{1,9}}){{{PARTS - 1}}}", re.ASCII)


def asked(draft_id: UUID) -> dict[str, str | int]:
    """Return what the page's fields need."""
    return {"challenge": challenge(draft_id), "parts": PARTS, "bits": BITS}


def challenge(draft_id: UUID, *, given: int | None = None) -> str:
    """Return what a page asks the browser to work on: the moment (in seconds) and a keyed hash of it and the draft."""
    moment = f"{int(time.time()) if given is None else given:010d}"
    key = vault.derived_key("proof-of-work")
    return f"{moment}-{hmac.new(key, f'{moment}:{draft_id.hex}'.encode(), sha256).hexdigest()[:32]}"


def is_proof(proof: str, *, challenge: str, draft_id: UUID) -> bool:
    """Tell whether the work was done on a challenge that was given for this draft within the last day.

    Costs 17 hashes at most, whatever was sent.
    """
    if not (PROOF.fullmatch(proof) and _was_given(challenge, draft_id)):
        return False
    return all(fits(challenge, part, number) for part, number in enumerate(proof.split(".")))


def fits(challenge: str, part: int, number: str | int) -> bool:
    """Tell whether one part's number gives a hash that begins with 13 zero bits."""
    digest = sha256(f"{challenge}.{part}.{number}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - BITS) == 0


def _was_given(text: str, draft_id: UUID) -> bool:
    found = CHALLENGE.fullmatch(text)
    if found is None:
        return False
    given = int(found["given"])
    is_ours = hmac.compare_digest(text, challenge(draft_id, given=given))
    return is_ours and time.time() - given <= GOOD_FOR_SECONDS
