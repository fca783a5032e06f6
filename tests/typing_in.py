"""What can be typed into any form of ours, told from its fields alone; and what is to be seen of it afterwards.

Nothing here knows a section by name but the few rules at the top, each with its reason.
"""

import json
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, time
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.datastructures import MultiValueDict

from reports import locales
from reports.sections.base import LongText, Section

NAUGHTY: list[str] = json.loads((Path(__file__).parent / "naughty_strings" / "blns.json").read_text(encoding="utf-8"))
# A tick says in its own words what it says.
TICKS = {
    "is_new": "opened in my name",
    "unknown": "Not known",
    "anonymous": "Not given",
    "interpreter": "Yes",
    "outside": "Outside Los Angeles",
}
# A tick that says that the other boxes do not count: they are set aside on purpose, and these are kept.
SETS_ASIDE = {"unknown": {"unknown"}, "anonymous": {"anonymous", "part", "interpreter"}}
# Kept otherwise than as typed: bare digits behind stars or with blanks.
KEPT_AS = {
    "last_digits": lambda text: "".join(str(unicodedata.digit(each)) for each in text if each.isdecimal()),
    # A letter for the direction stands in the place of the sign.
    **dict.fromkeys(["latitude", "longitude"], lambda text: f"{abs(Decimal(text)):.5f}"),
}
# What is typed where a test is about other fields, and a field takes no plain words.
PLAIN = {"phone": "213 555 0142", "last_digits": "4242", "latitude": "34.05", "longitude": "-118.25"}

Raw = dict[str, list[str]]
# Gives what is typed into one field: none at all, one or several values.
Answer = Callable[[str, forms.Field], list[str]]


def fill(section: Section, report_type: Any, answer: Answer, *, rows: int = 1) -> Raw:
    """Return a section's form filled in field by field, as a browser posts it."""
    blank = section.form(report_type=report_type)
    if not isinstance(blank, BaseFormSet):
        return {name: typed for name, field in blank.fields.items() if (typed := answer(name, field))}
    raw = {"form-TOTAL_FORMS": [str(rows)], "form-INITIAL_FORMS": ["0"]}
    for at in range(rows):
        for name, field in blank.empty_form.fields.items():
            if typed := answer(name, field):
                raw[f"form-{at}-{name}"] = typed
    return raw


def bound(section: Section, report_type: Any, raw: Raw) -> Any:
    """Return the section's form with what was typed."""
    return section.form(MultiValueDict(raw), report_type=report_type)


def forms_of(form: Any) -> list[Any]:
    """Return the single forms of a form or of a formset."""
    return list(form.forms) if isinstance(form, BaseFormSet) else [form]


def is_words(field: forms.Field) -> bool:
    """Tell a field for free text: neither a choice, a number, a day nor an address of e-mail."""
    return type(field) in {forms.CharField, LongText}


def has_room(field: Any, text: str) -> bool:
    """Tell whether a text is short enough for a field."""
    return field.max_length is None or len(text) <= field.max_length


def choices_of(field: Any) -> list[tuple[str, str]]:
    """Return a field's values with their labels, those under headings among them, without the empty one."""
    flat: list[tuple[Any, Any]] = []
    for value, label in field.choices:
        flat += label if isinstance(label, list | tuple) else [(value, label)]
    return [(str(value), str(label)) for value, label in flat if value != ""]


def as_typed(field: Any, text: str) -> str:
    """Return what is kept of a text: all of it, but for blanks around it and the kind of its line ends."""
    if isinstance(field, LongText):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip() if field.strip else text


def seen(name: str, field: Any, raw: list[str], cleaned: Any) -> Iterator[str]:
    """Yield what has to be seen of one filled-in field."""
    if isinstance(field, forms.BooleanField):
        yield TICKS[name]
    elif isinstance(field, forms.ChoiceField):
        labels = dict(choices_of(field))
        yield from (labels[value] for value in raw if value)
    elif isinstance(field, forms.DateField):
        yield locales.day(cleaned)
    elif isinstance(field, forms.TimeField):
        yield gathered(locales.clock(cleaned))
    elif isinstance(field, forms.DecimalField):
        yield locales.dollars(abs(cleaned))
    elif isinstance(field, forms.IntegerField):
        yield str(cleaned)
    else:
        yield KEPT_AS.get(name, str)(as_typed(field, raw[-1]))


def to_be_seen(form: Any) -> list[str]:
    """Return everything that has to be seen of a valid form, however it is shown."""
    return [words for each in forms_of(form) for words in _of_one(each) if words]


def _of_one(form: Any) -> Iterator[str]:
    if not form.has_changed():
        return
    ticked = [name for name in SETS_ASIDE if form.cleaned_data.get(name)]
    for name, field in form.fields.items():
        raw = form.data.getlist(form.add_prefix(name))
        aside = any(name not in SETS_ASIDE[tick] for tick in ticked)
        if not aside and any(raw) and form.cleaned_data.get(name) not in (None, ""):
            yield from seen(name, field, raw, form.cleaned_data[name])


# --- Plain answers, where a test is about others ----------------------------------
def plain(name: str, field: Any) -> list[str]:
    """Return an answer that every form takes."""
    if name in PLAIN:
        return [PLAIN[name]]
    if isinstance(field, forms.BooleanField | forms.FileField):
        return []
    if isinstance(field, forms.ChoiceField):
        return [choices_of(field)[0][0]]
    if isinstance(field, forms.DateField | forms.TimeField):
        return [(date(2026, 3, 2) if isinstance(field, forms.DateField) else time(21, 30)).isoformat()]
    if isinstance(field, forms.IntegerField):
        return [str(max(field.min_value or 0, 1))]
    return ["ana@example.org"] if isinstance(field, forms.EmailField) else ["plain words"]


# --- Reading pages -----------------------------------------------------------------
def gathered(text: str) -> str:
    """Return a text with every run of white space as one blank: where lines end is a page's affair."""
    return " ".join(text.split())


class _Reader(HTMLParser):
    """Gathers the text of each element that shows an answer, and of each box."""

    SHOWS = frozenset({"bdi", "dd", "textarea"})
    CLASSES = frozenset({"words", "message-text"})
    VOID = frozenset({"br", "meta", "link", "input", "img", "hr", "wbr"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, list[str] | None]] = []
        self.found: list[str] = []
        self.boxes: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        classes = set((values.get("class") or "").split())
        if tag == "input" and values.get("type") in {"text", "tel"}:
            self.boxes.append(gathered(values.get("value") or ""))
        if tag in self.VOID:
            self._add(" ")
        else:
            self.open.append((tag, [] if tag in self.SHOWS or classes & self.CLASSES else None))

    def handle_startendtag(self, _tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        self._add(" ")

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, texts = self.open.pop()
            if texts is not None:
                (self.boxes if name == "textarea" else self.found).append(gathered("".join(texts)))
            self._add(" ")
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, text: str) -> None:
        for _tag, texts in self.open:
            if texts is not None:
                texts.append(text)


def shown_on(page: str) -> list[str]:
    """Return the text of every answer on a page as a reader sees it. Typed mark-up is text, or was not escaped."""
    return _read(page).found


def left_in_boxes(page: str) -> list[str]:
    """Return what stands in a page's text boxes."""
    return _read(page).boxes


def _read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader
