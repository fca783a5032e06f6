"""What a translator has made of the demo's whole stories."""

import re
from collections.abc import Iterator
from functools import cache

from reports.demo.texts import in_english, others

STREET = "{street}"


def english(story: str, language: str) -> str:
    """Return a story's English, "" for one that nobody has translated yet."""
    for original, made in _patterns(language):
        if found := original.fullmatch(story):
            return made.replace(STREET, found.groupdict().get("street", ""))
    return ""


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(_pairs(language))


def _pairs(language: str) -> Iterator[tuple[re.Pattern[str], str]]:
    for kind, stories in others.STORIES.get(language, {}).items():
        for original, made in zip(stories, in_english.STORIES[language][kind], strict=True):
            yield re.compile(re.escape(original).replace(re.escape(STREET), "(?P<street>.+)", 1)), made
