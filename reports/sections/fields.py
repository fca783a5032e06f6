"""Days, times and numbers as people type them: digits of any script, with or without separators.

A browser's own number box refuses other scripts' digits before we see them, so numbers are plain text boxes
that ask the phone for its number keys.
"""

import re
from typing import Any

from django import forms

from reports.terms import fold

# Set by keyboards of right-to-left languages, seen by nobody.
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Only ever between thousands, or around a number.
IGNORED = re.compile("[\\s$'’٬_]")
# 1,000 or 1.000.000 or 1.000,50: the same sign between thousands, at most one other before the fraction.
GROUPED = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*(?:(?!\1)[.,](?P<fraction>\d*))?")
PLAIN = re.compile(r"-?\d*(?:[.,]\d*)?")


def western(value: Any) -> Any:
    """Return typed text with 0-9 for every script's digits and without unseen marks; anything else as it is."""
    return UNSEEN.sub("", fold(value)).strip() if isinstance(value, str) else value


def plain_number(text: str) -> str:
    """Return a typed number as Python reads it. 1,000.50 and 1.000,50 and ١٬٠٠٠٫٥٠ are one; 1.000 is a thousand."""
    text = IGNORED.sub("", western(text)).replace("٫", ".")
    if grouped := GROUPED.fullmatch(text):
        fraction = grouped["fraction"] or ""
        whole = re.sub(r"\D", "", text)
        return f"{whole.removesuffix(fraction)}.{fraction}" if fraction else whole
    return text.replace(",", ".")


class NumberField(forms.IntegerField):
    """What numbers have in common: how they are typed."""

    def to_python(self, value: Any) -> Any:
        """Read the digits of any script, with or without separators; refuse all else, an exponent too."""
        if isinstance(value, str):
            value = plain_number(value)
            if not PLAIN.fullmatch(value):
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class DateInput(forms.DateInput):
    """The phone's own date picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The phone's own time picker."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class DayField(forms.DateField):
    """A day."""

    widget = DateInput

    def to_python(self, value: Any) -> Any:
        """Read the digits of any script."""
        return super().to_python(western(value))


class ClockField(forms.TimeField):
    """A time of day."""

    widget = TimeInput

    def to_python(self, value: Any) -> Any:
        """Read the digits of any script."""
        return super().to_python(western(value))


class CountField(NumberField):
    """A whole number."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class MoneyField(NumberField, forms.DecimalField):
    """US dollars, to the cent."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=12, decimal_places=2, **kwargs)
