"""Vehicles: the one that was broken into, hit or used."""

from collections.abc import Iterator

from django import forms
from django.db import models

from reports import terms
from reports.models import ReportType
from reports.remembering import gettext_lazy as _
from reports.remembering import said
from reports.sections.base import Document, Line, RepeatedForm, Section, numbered, repeated
from reports.sections.composed import Fields
from reports.sections.fields import CountField

MOST = 5


class Role(models.TextChoices):
    """What a vehicle had to do with it."""

    MINE = "mine", _("The vehicle that was hit")
    OTHER = "other", _("The vehicle that hit it and drove away")
    NEAR = "near", _("Another vehicle that was there")


class VehicleForm(RepeatedForm):
    """One vehicle. Any one of these facts is enough; foreign plates are welcome.

    With the option {"crash": true} it also asks what the vehicle had to do with it and what is damaged.
    """

    role = forms.ChoiceField(label=_("Which vehicle is this?"), choices=Role.choices, widget=forms.RadioSelect)
    plate = forms.CharField(label=_("License plate"), required=False, max_length=30)
    plate_from = forms.CharField(label=_("State or country of the plate"), required=False, max_length=60)
    make = forms.CharField(label=_("Make"), required=False, max_length=60, help_text=_("For example: Toyota."))
    model = forms.CharField(label=_("Model"), required=False, max_length=60, help_text=_("For example: Corolla."))
    year = CountField(label=_("Year"), required=False, min_value=1885, max_value=2100)
    colour = forms.CharField(label=_("Color"), required=False, max_length=60)
    vin = forms.CharField(
        label=_("Vehicle number (VIN)"),
        required=False,
        max_length=30,
        help_text=_("On the windshield or in your papers. Leave empty if you do not have it."),
    )
    damage = forms.CharField(
        label=_("What is damaged on it?"),
        required=False,
        max_length=500,
        help_text=_("For example: the back bumper, left side. Also the paint color that was left on it."),
    )

    @classmethod
    def compose(cls, fields: Fields, report_type: ReportType) -> None:
        """Ask about a crash where it may have been one."""
        if not report_type.section_options("vehicles").get("crash"):
            del fields["role"], fields["damage"]


def lines(document: Document) -> Iterator[Line]:
    """Show each vehicle's looks in one line, then plate and VIN, which are personal."""
    for position, vehicle in enumerate(document["each"], start=1):
        looks = (str(vehicle.get(name, "")) for name in ("year", "make", "model", "colour"))
        yield Line(numbered(_("Vehicle"), position), ", ".join(filter(None, looks)) or said(_("Not described")))
        if "role" in vehicle:
            yield Line(_("What it has to do with it"), said(Role(vehicle["role"]).label))
        if "damage" in vehicle:
            yield Line(_("Damage"), vehicle["damage"])
        if "plate" in vehicle:
            plate = " · ".join(filter(None, (vehicle["plate"], vehicle.get("plate_from"))))
            yield Line(_("License plate"), plate, personal=True)
        elif "plate_from" in vehicle:
            yield Line(_("State or country of the plate"), vehicle["plate_from"])
        if "vin" in vehicle:
            yield Line(_("Vehicle number (VIN)"), vehicle["vin"], personal=True)


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by plate, VIN and words of the damage."""
    for vehicle in document["each"]:
        yield from terms.identifier("plate", vehicle.get("plate", ""))
        yield from terms.identifier("vin", vehicle.get("vin", ""))
        yield from terms.words(vehicle.get("damage", ""))


SECTION = Section(
    key="vehicles",
    title=_("Which vehicle was it?"),
    lead=_("Tell us what you know. You can leave boxes empty."),
    form=repeated(VehicleForm, key="vehicles", least=1, most=MOST),
    lines=lines,
    row_title=_("Vehicle"),
    terms=search_terms,
    options=("crash", "optional"),
)
