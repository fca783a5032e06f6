"""Wrong codes make the next try wait, up to three seconds, and lock nobody out.

After the wait the very code that was typed is checked, however many others try meanwhile: the page carries a signed
ticket for it. Which code is meant is told by a keyed hash; no address of anybody's machine is looked at. While Redis
does not answer nobody knows how many there were: every code waits the longest time then, at every process alike.
"""

import hmac
import time
from contextlib import suppress
from hashlib import sha256

from django.core import signing
from django.utils.translation import ngettext

from reports import counters, vault

# So many wrong codes for one reference, and for all together, go without any wait.
FREE, FREE_FOR_ALL = 5, 100
REMEMBERED_SECONDS, ALL_SECONDS = 15 * 60, 60
LONGEST_WAIT = 3
TICKET_SECONDS = 10 * 60


def wait(name: str, typed: str, ticket: str = "") -> int:
    """Return the seconds to wait before `typed` is checked for `name`, 0 for at once."""
    seconds = _delay(name)
    return 0 if not seconds or _age(ticket, name, typed) >= seconds else seconds


def ticket(name: str, typed: str) -> str:
    """Return what lets exactly this code be checked after the wait."""
    return signing.dumps([_digest(f"{name}={typed}"), time.time()], salt="slowing")


def please_wait(seconds: int) -> str:
    """Return the sentence for a resident who has to wait."""
    said = ngettext(
        "Please wait %(seconds)d second, then press the button again. What you typed is still here.",
        "Please wait %(seconds)d seconds, then press the button again. What you typed is still here.",
        seconds,
    )
    return said % {"seconds": seconds}


def note_wrong(name: str) -> None:
    """Remember a wrong code."""
    with suppress(counters.Unreachable):
        counters.add(_key(name), seconds=REMEMBERED_SECONDS)
        counters.add("wrong:all", seconds=ALL_SECONDS)


def _delay(name: str) -> int:
    try:
        of_this, of_all = counters.read(_key(name), "wrong:all")
    except counters.Unreachable:
        return LONGEST_WAIT
    return min(LONGEST_WAIT, max(0, of_this - FREE, of_all - FREE_FOR_ALL))


def _age(ticket: str, name: str, typed: str) -> float:
    """Return the seconds since the ticket was given for this very code, -1 when it was not."""
    try:
        digest, given = signing.loads(ticket, salt="slowing", max_age=TICKET_SECONDS)
    except signing.BadSignature:
        return -1
    return time.time() - given if digest == _digest(f"{name}={typed}") else -1


def _key(name: str) -> str:
    return f"wrong:{_digest(name)}"


def _digest(text: str) -> str:
    return hmac.new(vault.derived_key("slowing"), text.encode(), sha256).hexdigest()[:32]
