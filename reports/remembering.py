"""What a long loop asks again and again, asked once: labels in words, texts of the catalogue. A leaf.

An export shows some dozen answers of a report, a million times. Their labels take far more time to be translated than
the answers to be decrypted.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, TypeVar

from django.utils import translation
from django.utils.functional import Promise

S = TypeVar("S")
R = TypeVar("R")
# A catalogue that is read anew meanwhile brings new rows with it.
MOST = 20_000

# What was asked of what (which is held, so that nothing else takes its id), and the answer.
_memory: ContextVar[dict[tuple[Any, Any], tuple[Any, Any]] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Let `once` remember inside of it. The language stays the same there, and nothing is yielded out of it."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def once(ask: Callable[[S], R], of: S) -> R:
    """Return what `ask` says of an object that lasts; inside of `remembering` it is asked once.

    `ask` lasts as well: a function of a module, not one made on the spot.
    """
    memory = _memory.get()
    if memory is None:
        return ask(of)
    found = memory.get((ask, id(of)))
    if found is None:
        if len(memory) >= MOST:
            memory.clear()
        found = memory[ask, id(of)] = (of, ask(of))
    return found[1]


def once_of(ask: Callable[[dict[str, Any]], R], of: dict[str, Any]) -> R:
    """Return what `ask` says of some plain values by name; inside of `remembering` it is asked once for all alike."""
    memory = _memory.get()
    if memory is None:
        return ask(of)
    key = (ask, tuple(of.items()))
    found = memory.get(key)
    if found is None:
        if len(memory) >= MOST:
            memory.clear()
        found = memory[key] = (of, ask(of))
    return found[1]


def language() -> str:
    """Return the active language."""
    return once(_active, _memory)


def _active(_anything: object) -> str:
    return translation.get_language() or "en"


def said(text: str | Promise) -> str:
    """Return a text in the active language."""
    return text if type(text) is str else once(str, text)


# Django's lazy text, the same object whenever the same one is asked for: so `said` knows it again.
gettext_lazy = cache(translation.gettext_lazy)
