"""The keyed search terms of demo reports: what the sections say, asked once for each word instead of each text."""

from functools import lru_cache
from typing import Any

from reports import terms, vault
from reports.sections import SECTIONS, pin
from reports.sections.base import nothing

# Free text of endless variety: its words may be asked for one by one, and most are known already.
FREE_TEXT = frozenset(
    {
        ("narrative", "story"),
        ("where", "address"),
        ("person", "name"),
        ("person", "for_whom"),
    }
)
NAMES = frozenset({("person", "name"), ("person", "for_whom")})
REMEMBERED = 60_000


def keyed_terms(parts: dict[str, dict[str, Any]]) -> list[int]:
    """Return the terms that intake would store for these parts."""
    found: set[int] = set()
    for step, part in parts.items():
        if SECTIONS[step].terms is nothing:
            continue
        is_repeated = "each" in part
        for row in part["each"] if is_repeated else (part,):
            for name, value in row.items():
                for text in _texts(step, name, value):
                    found.update(_terms(step, name, text, is_repeated))
    # Two fields make one mark.
    found.update(vault.keyed(pin.search_terms(parts.get("where", {}))))
    return sorted(found)


def _texts(step: str, name: str, value: Any) -> list[str] | tuple[str, ...]:
    if not isinstance(value, str):
        return ()
    # A name in a script without spaces is found in pairs across its parts.
    is_whole = (step, name) in NAMES and not value.isascii()
    return value.split() if (step, name) in FREE_TEXT and not is_whole else (value,)


def keyed_words(text: str) -> set[int]:
    """Return the terms of what was written or translated."""
    return {term for word in text.split() for term in _words(word)}


def forget() -> None:
    """Forget the terms of another keyring."""
    _terms.cache_clear()
    _words.cache_clear()


@lru_cache(maxsize=REMEMBERED)
def _words(text: str) -> tuple[int, ...]:
    return tuple(vault.keyed(terms.words(text)))


@lru_cache(maxsize=REMEMBERED)
def _terms(step: str, name: str, text: str, is_repeated: bool) -> tuple[int, ...]:  # noqa: FBT001
    part = {"each": [{name: text}]} if is_repeated else {name: text}
    return tuple(vault.keyed(SECTIONS[step].terms(part)))
