"""Where it happened: an address, a crossing, a landmark, or just the part of the city."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports import terms
from reports.catalogue import live
from reports.models import CodeTable
from reports.sections.base import Document, Line, Section, SectionForm

UNKNOWN = ""


class WhereForm(SectionForm):
    """Free words for the place, the area from a list, and what kind of place it is."""

    needed_together = (
        "address",
        "area",
    )

    address = forms.CharField(
        label=_("Address, crossing or landmark"),
        required=False,
        max_length=300,
        help_text=_("Write what you know. For example: 200 N Spring St, or the park next to the library."),
    )
    detail = forms.CharField(
        label=_("More about the place"),
        required=False,
        max_length=300,
        help_text=_("For example: apartment 4, second floor, bus line 20."),
    )
    area = forms.TypedChoiceField(
        label=_("Part of the city"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("The police station that serves this place. Choose “I do not know” if you are not sure."),
    )
    premise = forms.ChoiceField(label=_("What kind of place is it?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(UNKNOWN, _("I do not know")), *((area.pk, area.name) for area in live.areas())]
        offered = live.codes(CodeTable.LOCATION, offered_only=True)
        self.fields["premise"].choices = [
            (UNKNOWN, _("I do not know")),
            *((code.code, code.wording) for code in offered),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one thing that helps to find the place."""
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            self.add_error("address", _("Tell us something about the place, or choose the part of the city."))
        return cleaned


def columns(document: Document) -> dict[str, Any]:
    """Return the area's id and the premise code."""
    return {"area_id": document.get("area"), "premise": document.get("premise", "")}


def lines(document: Document) -> Iterator[Line]:
    """Show the place in words; the address is personal."""
    area = live.area(document.get("area"))
    premise = live.code(CodeTable.LOCATION, document.get("premise", ""))
    if "address" in document:
        yield Line(_("Place"), document["address"], personal=True)
    if "detail" in document:
        yield Line(_("More about the place"), document["detail"], personal=True)
    yield Line(_("Part of the city"), area.name if area else str(_("Not known")))
    if premise:
        yield Line(_("Kind of place"), premise.wording)


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by the words of its place."""
    yield from terms.words(document.get("address", ""))


SECTION = Section(
    key="where",
    title=_("Where did it happen?"),
    lead=_("It does not need to be exact."),
    form=WhereForm,
    lines=lines,
    columns=columns,
    terms=search_terms,
)
