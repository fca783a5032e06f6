"""How a field of a form is drawn: from a piece that was rendered once, with holes for what one resident typed.

The markup is the template's (`bootstrap5/field.html`). What of it differs between two residents is put into the holes:
the value, the mark of what was chosen, one error, and the number of a repeated form. A field that differs in more is
rendered anew.
"""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorList
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

# A character that means nothing, so that no text of ours holds it.
SIGN = "\uf8ff"
PREFIX, VALUE, ERROR = (f"{SIGN}{name}{SIGN}" for name in ("prefix", "value", "error"))
HOLE = re.compile(f"({SIGN}[^{SIGN}]*{SIGN})")
# One choice of a list or one button of several, up to and with its value.
CHOICE = re.compile(r'((?:<option|<input[^<>]*?)\svalue="([^"]*)")')
BETWEEN = re.compile(r">\s{3,}<")


@dataclass(frozen=True)
class Piece:
    """The text of a field in parts, every second of them a hole, and where each hole stands."""

    parts: list[str]
    holes: dict[str, list[int]]

    @classmethod
    def of(cls, text: str) -> "Piece":
        """Return the piece of a text with holes."""
        parts, holes = HOLE.split(text), dict[str, list[int]]()
        for at in range(1, len(parts), 2):
            holes.setdefault(parts[at], []).append(at)
            parts[at] = ""
        return cls(parts, holes)

    def filled(self, holes: dict[str, str]) -> str:
        """Return the text with the holes filled; those that are not named stay empty."""
        parts = self.parts.copy()
        for name, text in holes.items():
            for at in self.holes.get(name, ()):
                parts[at] = text
        return "".join(parts)


def draw(form: Any, name: str) -> SafeString:
    """Return the markup of a form's field."""
    field, errors = form.fields[name], form.errors.get(name, ())
    pieces, typed = getattr(form.base_fields, "pieces", None), _kind(field.widget)
    if pieces is None or typed is None or len(errors) > 1:
        return _whole(form[name])
    state, holes = typed(field.widget, form[name].value())
    holes |= {PREFIX: conditional_escape(form.prefix), ERROR: conditional_escape("".join(errors))}
    key = (name, state, bool(errors), form.prefix is None)
    if key not in pieces:
        pieces[key] = _piece(form, name, state, is_wrong=bool(errors))
    return mark_safe(pieces[key].filled(holes))  # noqa: S308 (the template escapes, and so does what fills its holes)


# What a piece is rendered with instead of an answer, and what fills its holes.
Typed = tuple[Any, dict[str, str]]


def _text(widget: forms.Widget, value: Any) -> Typed:
    text = widget.format_value(value)
    return (None, {}) if text in {None, ""} else (VALUE, {VALUE: conditional_escape(text)})


def _box(widget: forms.CheckboxInput, value: Any) -> Typed:
    return bool(widget.check_test(value)), {}


def _files(widget: forms.FileInput, value: Any) -> Typed:
    return None, {}


def _chosen(word: str) -> Any:
    def chosen(widget: Any, value: Any) -> Typed:
        return VALUE, {f"{SIGN}={conditional_escape(each)}{SIGN}": word for each in widget.format_value(value)}

    return chosen


CHOICES = (forms.Select, forms.RadioSelect)
KINDS: tuple[tuple[Any, Any], ...] = (
    (forms.RadioSelect, _chosen(" checked")),  # and several boxes
    (forms.Select, _chosen(" selected")),
    (forms.CheckboxInput, _box),
    (forms.FileInput, _files),
    ((forms.TextInput, forms.EmailInput, forms.Textarea), _text),
)


def _kind(widget: forms.Widget) -> Any:
    return next((typed for classes, typed in KINDS if isinstance(widget, classes)), None)


def _piece(form: Any, name: str, state: Any, *, is_wrong: bool) -> Piece:
    """Render a field of a form in which nobody typed anything: for a list with an answer that it does not offer."""
    blank = form.blank(prefix=None if form.prefix is None else PREFIX, initial={name: state})
    if is_wrong:
        blank.errors[name] = ErrorList([ERROR])
    text = str(_whole(blank[name]))
    is_list = isinstance(form.fields[name].widget, CHOICES)
    return Piece.of(CHOICE.sub(rf"\1{SIGN}=\2{SIGN}", text) if is_list else text)


def _whole(field: BoundField) -> SafeString:
    """Render a field by its template."""
    text = get_template("bootstrap5/field.html").render({"field": field, "form_show_labels": True})
    return mark_safe(BETWEEN.sub("> <", text).strip())  # noqa: S308 (rendered with escaping)
