"""Which way a text runs and which language it is in, told from its letters: a report may mix any of them."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

COVERAGE = Path(__file__).resolve().parent / "fonts" / "COVERAGE"
RIGHT_TO_LEFT = frozenset({"R", "AL"})
# The languages that each script may stand for, the likeliest first, and the script's letters.
SCRIPTS = {
    ("ko",): "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    ("ja",): "\u3040-\u30ff\u31f0-\u31ff",
    ("zh-hans", "zh-hant", "ja", "ko"): "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
    ("en", "es", "fil", "vi"): "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    ("ru",): "\u0400-\u052f",
    ("ar", "fa"): "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
    ("he",): "\u0590-\u05ff",
    ("hy",): "\u0530-\u058f",
    ("hi",): "\u0900-\u097f",
    ("pa",): "\u0a00-\u0a7f",
    ("th",): "\u0e00-\u0e7f",
    ("km",): "\u1780-\u17ff",
}
LETTERS = {languages: re.compile(f"[{letters}]") for languages, letters in SCRIPTS.items()}
CHINESE = ("zh-hans", "zh-hant", "ja", "ko")
# Signs without a shape of their own, which no font needs to draw.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2069\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U000e0000-\U000e0fff]"
)
# They turn the letters that follow around, so that a reader is deceived. Honest typing never needs them.
OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")

MOST_NAMED = 1000


@dataclass(frozen=True)
class Words:
    """A text as the typesetter needs it. `dir` is ltr or rtl; `language` one of the codes above, or another."""

    text: str
    language: str
    dir: str


def words(text: str, language: str) -> Words:
    """Return a text with its direction and language; `language` is that of the page or report around it."""
    shown = printable(text)
    return Words(shown, language_of(shown, language), direction(shown))


def isolated(text: str) -> str:
    """Return a text to be put into a sentence that may run the other way."""
    return f"\u2068{text}\u2069"


def direction(text: str) -> str:
    """Return the direction of the first letter that has one; a phone number or an empty text runs left to right."""
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind == "L" or kind in RIGHT_TO_LEFT)
    return "rtl" if next(strong, "L") in RIGHT_TO_LEFT else "ltr"


def language_of(text: str, language: str) -> str:
    """Return `language` where the text's most frequent script is one of its own, else the likeliest one."""
    counts = {languages: len(letters.findall(text)) for languages, letters in LETTERS.items()}
    most = max(counts, key=lambda languages: counts[languages])
    if not counts[most]:
        return language
    if most == CHINESE:
        # Japanese and Korean mix Chinese signs with letters of their own.
        most = next((own for own in (("ja",), ("ko",)) if counts[own]), most)
    return language if language in most else most[0]


def printable(text: str) -> str:
    """Name each sign that no font of ours draws, such as [U+13000], so that nothing is lost unseen.

    After a thousand of them in one text a question mark in a diamond stands for each: to set them takes seconds.
    """
    left = iter(range(MOST_NAMED))
    return "".join(sign if _can_be_shown(sign) else _name(sign, left) for sign in text.expandtabs(4))


def _name(sign: str, left: Iterator[int]) -> str:
    return "\ufffd" if next(left, None) is None else f"[U+{ord(sign):04X}]"


def _can_be_shown(sign: str) -> bool:
    if sign in OVERRIDES or unicodedata.category(sign) == "Cc":
        return False
    # An odd number of boundaries up to here: inside a range.
    return bisect_right(_boundaries(), ord(sign)) % 2 == 1 or bool(INVISIBLE.match(sign))


@cache
def _boundaries() -> list[int]:
    """Return where the ranges that the fonts cover begin and end, in order."""
    ranges = (line.split("-") for line in COVERAGE.read_text().split())
    return [edge for first, last in ranges for edge in (int(first, 16), int(last, 16) + 1)]
