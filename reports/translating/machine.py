"""The translation service: a program that speaks the LibreTranslate API. Optional, named by TRANSLATE_URL.

Without that address nothing here opens a connection. No redirect is followed and no proxy asked, so that a text goes
nowhere else.
"""

import json
import re
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from reports.deadlines import in_time

# Our languages under the service's names, and the names that its versions use under ours.
THEIRS = {"zh-hans": "zh", "zh-hant": "zt", "fil": "tl"}
OURS = {"zh": "zh-hans", "zh-cn": "zh-hans", "zt": "zh-hant", "zh-tw": "zh-hant", "tl": "fil", "iw": "he"}
CODE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")
# Which writing of Chinese it is, the letters and the page tell better than the service.
ALIKE = ({"zh-hans", "zh-hant"},)
# Percent of confidence from which a language that it finds is believed.
SURE = 80
# So much of a text tells its language; no more of it is sent for that.
TELLING = 1000
LONGEST_ANSWER = 1_000_000
# A translation that is so many times longer than its original is no translation.
MOST_TIMES = 12
# Where a text is best cut: after a paragraph, a line, a sentence, a word.
BREAKS = [re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"[.!?։؟۔।]\s+|[。！？។]\s*"), re.compile(r"\s+")]


class NoTranslation(Exception):
    """The service gave none. Its own words are not kept: they could quote a resident."""


class ServiceDown(NoTranslation):
    """It was not reached, broke off, or took too long."""


class ServiceBusy(NoTranslation):
    """It has too much to do (429)."""


class ServiceRefused(NoTranslation):
    """It answered with another error: a language that it lacks, a wrong key, a fault of its own."""


class ServiceNonsense(NoTranslation):
    """What it answered is not what was asked for."""


def is_configured() -> bool:
    """Tell whether there is a service to ask."""
    return bool(settings.TRANSLATE_URL)


def detect(text: str) -> str:
    """Return the code of the language that the service is sure of, "" where it is not. Raises NoTranslation."""
    found = _ask("/detect", q=text[:TELLING])
    try:
        best = max(found, key=lambda each: float(each["confidence"]))
        return _ours(str(best["language"])) if float(best["confidence"]) >= SURE else ""
    except (TypeError, KeyError, ValueError):
        raise ServiceNonsense from None


def are_alike(one: str, other: str) -> bool:
    """Tell whether two codes are so near that the service does not tell them apart."""
    return one == other or any({one, other} <= each for each in ALIKE)


def translate(text: str, *, source: str, target: str) -> str:
    """Return the text in the language `target`, with its blank space as it was. Raises NoTranslation."""
    return "".join(_translated(piece, source, target) for piece in pieces(text, settings.TRANSLATE_MOST_CHARACTERS))


def pieces(text: str, most: int) -> list[str]:
    """Cut a text into pieces of at most `most` characters, at the best place of each; together they are the text."""
    cut = []
    while len(text) > most:
        at = _break(text, most)
        cut.append(text[:at])
        text = text[at:]
    return [*cut, text]


def _break(text: str, most: int) -> int:
    """Return where to cut: after the last break of the best kind in the second half of what is allowed."""
    for kind in BREAKS:
        ends = [found.end() for found in kind.finditer(text, most // 2, most)]
        if ends:
            return ends[-1]
    return most


def _translated(piece: str, source: str, target: str) -> str:
    words = piece.strip()
    if not words:
        return piece
    answer = _ask("/translate", q=words, source=_theirs(source), target=_theirs(target), format="text")
    made = answer.get("translatedText") if isinstance(answer, dict) else None
    if not isinstance(made, str) or not made.strip() or len(made) > MOST_TIMES * len(words) + 200:
        raise ServiceNonsense
    return piece.replace(words, made.strip(), 1)


def _ask(path: str, **fields: str) -> Any:
    """Return what the service answers, as JSON. Raises NoTranslation."""
    where = urlsplit(settings.TRANSLATE_URL)
    kind = HTTPSConnection if where.scheme == "https" else HTTPConnection
    link = kind(where.hostname or "", where.port, timeout=settings.TRANSLATE_SECONDS)
    try:
        link.connect()
        # Kept here: the connection forgets it as soon as an answer begins that ends with it.
        sock = link.sock
        with in_time(lambda: sock, settings.TRANSLATE_SECONDS):
            link.request("POST", where.path.rstrip("/") + path, _body(fields), {"Content-Type": "application/json"})
            response = link.getresponse()
            raw = response.read(LONGEST_ANSWER + 1)
    except (OSError, HTTPException):
        raise ServiceDown from None
    finally:
        link.close()
    return _understood(response.status, raw)


def _body(fields: dict[str, str]) -> bytes:
    key = {"api_key": settings.TRANSLATE_KEY} if settings.TRANSLATE_KEY else {}
    return json.dumps(fields | key).encode()


def _understood(status: int, raw: bytes) -> Any:
    if status == 429:
        raise ServiceBusy
    if status != 200:
        raise ServiceRefused
    try:
        return json.loads(raw)
    except ValueError:
        raise ServiceNonsense from None


def _theirs(code: str) -> str:
    return THEIRS.get(code, code)


def _ours(code: str) -> str:
    code = code.lower()
    return OURS.get(code, code) if CODE.fullmatch(code) else ""
