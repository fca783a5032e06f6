"""Where it happened: an address, a crossing, a landmark, a bus or train, online, or just the part of the city."""

from collections.abc import Iterator
from typing import Any

from django import forms

from reports import terms
from reports.catalogue import live
from reports.models import CodeTable, ReportType
from reports.remembering import gettext_lazy as _
from reports.remembering import said
from reports.sections import pin
from reports.sections.base import Document, Line, Section, area_name, worded
from reports.sections.composed import Fields
from reports.sections.pin import PinnedForm

UNKNOWN = ""
ONLINE = "58"


class WhereForm(PinnedForm):
    """Free words for the place, the area from a list, a mark on the map, and what kind of place it is.

    With the option {"only_area": true} it asks for the part of the city alone, and that may stay unknown.
    """

    needed_together: tuple[str, ...] = ("address", "transit", "online", "area")
    # The mark stands with the area, whichever class brought it.
    field_order = ("address", "detail", "transit", "online", "area", "latitude", "longitude", "outside", "premise")

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
        help_text=_("For example: apartment 4, second floor, behind the school."),
    )
    transit = forms.CharField(
        label=_("Was it on a bus or train, or at a stop?"),
        required=False,
        max_length=300,
        help_text=_("Write the line and the stop, or between which stops. For example: B Line, near Union Station."),
    )
    online = forms.CharField(
        label=_("Was it online or by phone?"),
        required=False,
        max_length=300,
        help_text=_("Write the app, website or kind of call. For example: a chat in a game, or a call to my phone."),
    )
    area = forms.TypedChoiceField(
        label=_("Part of the city"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("The police station that serves this place. Choose “I do not know” if you are not sure."),
    )
    premise = forms.ChoiceField(label=_("What kind of place is it?"), required=False)

    def __init__(self, *args: Any, report_type: ReportType, **kwargs: Any) -> None:
        self.only_area = asks_only_area(report_type)
        super().__init__(*args, report_type=report_type, **kwargs)

    @classmethod
    def compose(cls, fields: Fields, report_type: ReportType) -> None:
        """Offer the areas and the kinds of places, or the areas alone."""
        super().compose(fields, report_type)
        area, offered = fields["area"], live.codes(CodeTable.LOCATION, offered_only=True)
        area.choices = [(UNKNOWN, _("I do not know")), *((each.pk, each.name) for each in live.areas())]
        fields["premise"].choices = [(UNKNOWN, _("I do not know")), *((code.code, code.wording) for code in offered)]
        if asks_only_area(report_type):
            area.needed_together = False
            fields.clear()
            fields["area"] = area

    def clean(self) -> dict[str, Any]:
        """Ask for at least one thing that helps to find the place."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("online") and not cleaned.get("premise"):
            cleaned["premise"] = ONLINE
        if not (self.errors or self.only_area or any(cleaned.values())):
            self.add_error("address", _("Tell us something about the place, or choose the part of the city."))
        return cleaned


def asks_only_area(report_type: ReportType) -> bool:
    """Tell whether the type asks for the part of the city and nothing more."""
    return bool(report_type.section_options("where").get("only_area"))


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
    yield from pin.lines(document)
    if "transit" in document:
        yield Line(_("Bus or train"), document["transit"], personal=True)
    if "online" in document:
        yield Line(_("Online or by phone"), document["online"], personal=True)
    yield Line(_("Part of the city"), area_name(area) if area else said(_("Not known")))
    if premise:
        yield Line(_("Kind of place"), worded(premise))


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by the words of its place, and by the square of its mark on the map."""
    yield from pin.search_terms(document)
    yield from terms.words(" ".join(document.get(name, "") for name in ("address", "transit", "online")))


SECTION = Section(
    key="where",
    title=_("Where did it happen?"),
    lead=_("It does not need to be exact."),
    form=WhereForm,
    lines=lines,
    columns=columns,
    terms=search_terms,
    options=("only_area",),
)
