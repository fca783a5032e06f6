"""What was dumped, how much of it, and the vehicle that brought it."""

from collections.abc import Iterator

from django import forms
from django.db import models

from reports import terms
from reports.remembering import gettext_lazy as _
from reports.remembering import said
from reports.sections.base import Document, Line, Section, SectionForm


class Material(models.TextChoices):
    """What lies there."""

    FURNITURE = "furniture", _("Furniture or mattresses")
    TRASH = "trash", _("Bags or household trash")
    APPLIANCES = "appliances", _("Appliances or electronics")
    BUILDING = "building", _("Building material or rubble")
    YARD = "yard", _("Soil, branches or yard waste")
    TIRES = "tires", _("Tires or vehicle parts")
    PAINT = "paint", _("Paint, oil or other liquids")
    OTHER = "other", _("Something else")


class Amount(models.TextChoices):
    """About how much it is."""

    BAGS = "bags", _("A few bags")
    CAR = "car", _("As much as fits in a car")
    TRUCK = "truck", _("As much as fits in a pickup truck")
    MORE = "more", _("More than that")
    UNKNOWN = "unknown", _("I do not know")


class Still(models.TextChoices):
    """Whether it still lies there."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("I do not know")


class DumpingForm(SectionForm):
    """Material, amount and, if someone saw it, the vehicle."""

    materials = forms.MultipleChoiceField(
        label=_("What was dumped?"),
        choices=Material.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose all that fit. Please do not touch it."),
    )
    amount = forms.ChoiceField(label=_("About how much is it?"), choices=Amount.choices, widget=forms.RadioSelect)
    still = forms.ChoiceField(
        label=_("Is it still there?"), required=False, choices=Still.choices, widget=forms.RadioSelect
    )
    vehicle = forms.CharField(
        label=_("Which vehicle brought it, if you saw one?"),
        required=False,
        max_length=300,
        help_text=_("For example: white pickup truck with a ladder rack and a company's name."),
    )
    plate = forms.CharField(
        label=_("License plate of that vehicle"),
        required=False,
        max_length=60,
        help_text=_("Write the part that you remember. Please do not follow the vehicle."),
    )


def lines(document: Document) -> Iterator[Line]:
    """Show what and how much, then the vehicle; its plate is personal."""
    yield Line(_("What was dumped"), ", ".join(said(Material(each).label) for each in document["materials"]))
    yield Line(_("How much"), said(Amount(document["amount"]).label))
    if "still" in document:
        yield Line(_("Still there"), said(Still(document["still"]).label))
    if "vehicle" in document:
        yield Line(_("Vehicle that brought it"), document["vehicle"])
    if "plate" in document:
        yield Line(_("License plate"), document["plate"], personal=True)


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by the vehicle and its plate."""
    yield from terms.words(document.get("vehicle", ""))
    yield from terms.identifier("plate", document.get("plate", ""))


SECTION = Section(
    key="dumping",
    title=_("What was dumped?"),
    lead=_("A rough answer is fine."),
    form=DumpingForm,
    lines=lines,
    terms=search_terms,
)
