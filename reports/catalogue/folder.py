"""What a catalogue folder holds: entries with plain values, texts and children, each knowing where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override, trans_real
from modeltranslation.utils import build_localized_fieldname


class CatalogueError(ValueError):
    """A catalogue folder that cannot be loaded; the message names file, line or key, and what is wrong."""


@dataclass(frozen=True)
class Text:
    """One text in English, paragraph by paragraph, with the translations that the folder itself gives."""

    paragraphs: tuple[str, ...]
    given: Mapping[str, str]
    place: str

    @property
    def english(self) -> str:
        return "\n\n".join(self.paragraphs)

    def in_language(self, language: str) -> str:
        """Return the folder's own translation, or gettext's, or an empty text (English then stands in)."""
        if language == settings.MODELTRANSLATION_DEFAULT_LANGUAGE:
            return self.english
        return self.given.get(language) or self._from_gettext(language)

    def _from_gettext(self, language: str) -> str:
        # Asked of the catalogue itself: a translation may well be the same word as the English ("No").
        known: Any = getattr(trans_real.translation(language), "_catalog")  # noqa: B009 (gettext has no other way to ask)
        # A text half in English would hide from those who look for what is still missing.
        if not all(known.get(paragraph) for paragraph in self.paragraphs):
            return ""
        with override(language):
            return "\n\n".join(gettext(paragraph) for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Entry:
    """One row to be: `links` name rows of other files by their key, `children` are rows of its own."""

    place: str
    values: dict[str, Any]
    texts: dict[str, Text] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    children: dict[str, list["Entry"]] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """Return the values of all plain columns, a text as one column per language."""
        translated = {
            build_localized_fieldname(name, language): text.in_language(language)
            for name, text in self.texts.items()
            for language, _ in settings.LANGUAGES
        }
        return {**self.values, **translated}

    def all_texts(self) -> Iterator[Text]:
        """Yield the texts of the entry and of its children."""
        yield from self.texts.values()
        for children in self.children.values():
            for child in children:
                yield from child.all_texts()


@dataclass(frozen=True)
class Catalogue:
    """A whole folder, checked."""

    bureaus: list[Entry]
    areas: list[Entry]
    codes: list[Entry]
    stoppers: list[Entry]
    report_types: list[Entry]
    support: list[Entry]
    reasons: list[Entry]
    partners: list[Entry]
    messages: list[Entry]

    def all_texts(self) -> Iterator[Text]:
        """Yield every translatable text in the order of the files."""
        rows = (self.codes, self.stoppers, self.report_types, self.support, self.reasons, self.partners, self.messages)
        for entry in chain.from_iterable(rows):
            yield from entry.all_texts()


class Record:
    """One line or object of a file, taken apart name by name; what is left over is an error."""

    def __init__(self, data: Mapping[str, Any], *, place: str) -> None:
        self.data, self.place = dict(data), place

    def fail(self, what: str) -> CatalogueError:
        """Return the error to raise."""
        return CatalogueError(f"{self.place}: {what}")

    def word(self, name: str, *, default: str | None = None) -> str:
        """Take a text that is never translated."""
        value = self.data.pop(name, None)
        if value in (None, ""):
            value = default
        if not isinstance(value, str):
            raise self.fail(f"{name} is missing." if value is None else f"{name} must be a text.")
        return value

    def number(self, name: str, *, default: int | None = None) -> int | None:
        """Take a whole number of zero or more."""
        value = self.data.pop(name, None)
        if value in (None, ""):
            return default
        if isinstance(value, bool) or not (isinstance(value, int) or str(value).isdecimal()):
            raise self.fail(f"{name} must be a whole number.")
        return int(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Take true or false; in a table, yes or no."""
        value = self.data.pop(name, None)
        answers = {None: default, "": default, "yes": True, "no": False, True: True, False: False}
        if not (value is None or isinstance(value, str | bool)) or value not in answers:
            raise self.fail(f"{name} must be yes or no (true or false in JSON).")
        return answers[value]

    def items(self, name: str) -> list[Any]:
        """Take a list, empty when it is not there."""
        value = self.data.pop(name, [])
        if not isinstance(value, list):
            raise self.fail(f"{name} must be a list.")
        return value

    def text(self, name: str, *, place: str = "") -> Text:
        """Take a text with its translations (`name_es`); a list is a text of several paragraphs."""
        languages = [code for code, _ in settings.LANGUAGES if code != settings.MODELTRANSLATION_DEFAULT_LANGUAGE]
        given = {code: "\n\n".join(self._paragraphs(build_localized_fieldname(name, code))) for code in languages}
        return Text(self._paragraphs(name), given, f"{place or self.place}, {name}")

    def _paragraphs(self, name: str) -> tuple[str, ...]:
        value = self.data.pop(name, None) or []
        paragraphs = [value] if isinstance(value, str) else value
        if not isinstance(paragraphs, list) or not all(isinstance(part, str) for part in paragraphs):
            raise self.fail(f"{name} must be a text or a list of texts.")
        return tuple(paragraphs)

    def close(self) -> None:
        """Raise CatalogueError for a name that nobody asked for, mostly a misspelt one."""
        if self.data:
            raise self.fail(f"unknown {', '.join(sorted(map(str, self.data)))}.")
