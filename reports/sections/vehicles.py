"""Vehicles: the one that was broken into, hit or used."""

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext_lazy as _

from reports import terms
from reports.sections.base import Document, Line, RepeatedForm, Section, numbered, repeated

MOST = 5


class VehicleForm(RepeatedForm):
    """One vehicle. Any one of these facts is enough; foreign plates are welcome."""

    plate = forms.CharField(label=_("License plate"), required=False, max_length=30)
    plate_from = forms.CharField(
        label=_("State or country of the plate"), required=False, max_length=60, help_text=_("For example: California.")
    )
    make = forms.CharField(label=_("Make"), required=False, max_length=60, help_text=_("For example: Toyota."))
    model = forms.CharField(label=_("Model"), required=False, max_length=60, help_text=_("For example: Corolla."))
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1885, max_value=2100)
    colour = forms.CharField(label=_("Color"), required=False, max_length=60)
    vin = forms.CharField(
        label=_("Vehicle number (VIN)"),
        required=False,
        max_length=30,
        help_text=_("On the windshield or in your papers. Leave empty if you do not have it."),
    )


def lines(document: Document) -> Iterator[Line]:
    """Show each vehicle's looks in one line, then plate and VIN, which are personal."""
    for position, vehicle in enumerate(document["each"], start=1):
        looks = (str(vehicle.get(name, "")) for name in ("year", "make", "model", "colour"))
        yield Line(numbered(_("Vehicle"), position), ", ".join(filter(None, looks)) or str(_("Not described")))
        if "plate" in vehicle:
            plate = " · ".join(filter(None, (vehicle["plate"], vehicle.get("plate_from"))))
            yield Line(_("License plate"), plate, personal=True)
        if "vin" in vehicle:
            yield Line(_("Vehicle number (VIN)"), vehicle["vin"], personal=True)


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by plate and VIN."""
    for vehicle in document["each"]:
        yield from terms.identifier("plate", vehicle.get("plate", ""))
        yield from terms.identifier("vin", vehicle.get("vin", ""))


SECTION = Section(
    key="vehicles",
    title=_("Which vehicle was it?"),
    lead=_("Tell us what you know. You can leave boxes empty."),
    form=repeated(VehicleForm, least=1, most=MOST),
    lines=lines,
    row_title=_("Vehicle"),
    terms=search_terms,
)
