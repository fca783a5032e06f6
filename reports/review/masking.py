"""Personal data in running text: stories, messages and notes are shown with it covered until somebody reveals it.

What the report itself holds as personal is covered wherever it is repeated, and whatever has the form of an e-mail
address or of a number that somebody can be reached or charged by. The text itself is never changed.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from reports.sections import SECTIONS

# Which answers are names, wherever they stand; each of their words is covered by itself too.
NAMES = frozenset({"name", "for_whom", "owner_name"})
SHORTEST = 3
# An address; or seven digits and more, however they are grouped, unless they are a day. Nothing here goes back over
# what it has read, so that a long text takes no longer than it is long.
DAY = r"\d{4}-\d\d?-\d\d?(?!\d)|\d\d?[./-]\d\d?[./-]\d{2,4}(?!\d)"
REACHED_BY = (
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    rf"|(?<![\w./-])(?!{DAY})[+(]?\d(?:[\s().\-/\u2010-\u2015]{{0,2}}\d){{6,}}"
)
# What may stand between the signs of a plate or serial number.
SPACING = r"[\s.\-/]{0,3}"
LONGEST_NUMBER = 20


class Mask:
    """Covers what is personal in texts of one report."""

    def __init__(self, parts: dict[str, Any], *, is_open: bool = False) -> None:
        self.is_open = is_open
        self._pattern = None if is_open else re.compile("|".join(_patterns(parts)))

    def __call__(self, text: str) -> str:
        """Return a text as it may be shown now."""
        return self._pattern.sub(f"[{_('hidden')}]", text) if self._pattern else text


def _patterns(parts: dict[str, Any]) -> Iterator[str]:
    """Yield what is to be covered, the longest first, so that a whole name goes before its parts."""
    values = sorted(filter(_is_told_by, _values(parts)), key=len, reverse=True)
    yield from (f"(?i:{_spaced(value)})" for value in values)
    words = {word for name in _names(parts) for word in name.split() if _is_told_by(word)}
    yield from map(_whole, sorted(words, key=len, reverse=True))
    yield REACHED_BY


def _is_told_by(word: str) -> bool:
    """Tell whether a word is long enough to be known again: two signs are a name in some scripts, not in Latin."""
    return len(word) >= (SHORTEST if word.isascii() else 2)


def _whole(word: str) -> str:
    """Return a pattern of a word that is not part of another one; beyond ASCII a word's end is not so easily told."""
    return rf"(?<!\w){re.escape(word)}(?!\w)" if word.isascii() else re.escape(word)


def _values(parts: dict[str, Any]) -> Iterator[str]:
    for key, part in parts.items():
        if key in SECTIONS:
            for line in SECTIONS[key].lines(part):
                if line.personal:
                    yield from (value.strip() for value in re.split(r"\n| · ", line.value))


def _names(parts: Any) -> Iterator[str]:
    if isinstance(parts, list):
        for each in parts:
            yield from _names(each)
    elif isinstance(parts, dict):
        for key, value in parts.items():
            if key in NAMES and isinstance(value, str):
                yield value.strip()
            else:
                yield from _names(value)


def _spaced(value: str) -> str:
    """Return a pattern of the value as a whole; a plate or number also with other blanks and hyphens in it."""
    bare = re.sub(r"[\s.\-/]", "", value)
    if value.isascii() and SHORTEST <= len(bare) <= LONGEST_NUMBER and any(letter.isdigit() for letter in bare):
        return rf"(?<!\w){SPACING.join(map(re.escape, bare))}(?!\w)"
    return _whole(value)
