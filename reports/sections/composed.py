"""The fields of a section's form as a report type asks them, made once for each type, language and edition.

Making them anew for every form costs more than judging what was typed: each field, its choices and its texts are
copied. The fields are shared between forms, requests and threads: read them, never change them.
"""

from collections.abc import Callable
from typing import Any

from django.forms import Field
from django.utils.translation import get_language

from reports.catalogue import live
from reports.models import ReportType

Fields = dict[str, Field]
# All sections of all types in some languages at once; who asks for more lets it begin again.
MOST = 600


class Composed(Fields):
    """Fields by name, and beside them the pieces from which they are drawn (`reports.sections.pieces`)."""

    def __init__(self, fields: Fields) -> None:
        super().__init__(fields)
        self.pieces: dict[Any, Any] = {}

    def __deepcopy__(self, memo: object) -> Fields:
        """Let a form, which copies its class's fields, leave some of them out, and share the rest."""
        return dict(self)


_known: dict[tuple[Any, ...], Composed] = {}


def composed(made_for: Any, report_type: ReportType, make: Callable[[], Fields]) -> Fields:
    """Return the fields that `make` makes for a form class and a type, shared where the type is the catalogue's own.

    One that is still being worked on, or was changed by hand, is none of the catalogue's: its fields are made anew.
    """
    stamp = live.stamp_of(report_type)
    if stamp is None:
        return make()
    key = (made_for, report_type.pk, get_language(), stamp)
    found = _known.get(key)
    if found is None:
        if len(_known) >= MOST:
            _known.clear()
        found = _known[key] = Composed(make())
    return found


def forget() -> None:
    """Forget all, as where settings change under a running process."""
    _known.clear()
