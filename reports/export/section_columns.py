"""Columns of every section of a report, found by themselves: its answers in words, and each of its fields as stored."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.text import format_lazy

from reports.export.columns import Column, Text
from reports.export.source import DOCUMENT, Source
from reports.remembering import once_of, said
from reports.sections import SECTIONS
from reports.sections.base import Document, Section

# Their fields are a type's own questions, or no answers: what was said stands in the words of the section.
WITHOUT_FIELDS = {"screening", "questions", "narrative"}
NO_ANSWERS = {("files", "files"), ("where", "outside")}
# These had their names before the others.
NAMED = {("where", "latitude"): "latitude", ("where", "longitude"): "longitude"}
NEEDS = frozenset({DOCUMENT})


def in_words(key: str) -> Callable[[Source], str]:
    """Return a section's answers as "label: value" pairs, so that a new section needs no new code here."""
    lines, is_alike = SECTIONS[key].lines, SECTIONS[key].is_alike

    def told(part: Document) -> str:
        return "; ".join([f"{said(label)}: {value}" for label, value, _personal in lines(part)])

    def value(source: Source) -> str:
        if key not in source.parts:
            return ""
        return once_of(told, source.parts[key]) if is_alike else told(source.parts[key])

    return value


def stored(key: str, name: str) -> Callable[[Source], str]:
    """Return one field as it is stored: a code, a number, a day, words; those of several things apart by a bar."""

    def value(source: Source) -> str:
        part = source.parts.get(key, {})
        each = [one.get(name) for one in part["each"]] if "each" in part and name not in part else [part.get(name)]
        told = [_plain(one) for one in each]
        return " | ".join(told) if any(told) else ""

    return value


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def fields_of(section: Section) -> Iterator[tuple[str, Text]]:
    """Yield the fields that a section's form may ask, with their labels."""
    form: Any = section.form
    asked = getattr(form, "form", form).base_fields
    for name, field in asked.items():
        if (section.key, name) not in NO_ANSWERS:
            yield name, field.label or name.replace("_", " ")


def _of(section: Section) -> Iterator[Column]:
    if section.key != "narrative":
        yield Column(
            f"section_{section.key}",
            format_lazy("{title} – {all}", title=section.title, all="…"),
            in_words(section.key),
            section.key,
            personal=True,
            needs=NEEDS,
        )
    for name, label in fields_of(section) if section.key not in WITHOUT_FIELDS else ():
        key = NAMED.get((section.key, name), f"{section.key}_{name}")
        yield Column(key, label, stored(section.key, name), section.key, personal=True, needs=NEEDS)


OF_SECTIONS = [column for section in SECTIONS.values() for column in _of(section)]
