"""What was damaged, and about what it costs."""

from collections.abc import Iterator
from decimal import Decimal

from django import forms
from django.db import models

from reports import locales, terms
from reports.models import CodedFact
from reports.remembering import gettext_lazy as _
from reports.remembering import said
from reports.sections.base import Document, Line, RepeatedForm, Section, numbered, repeated
from reports.sections.fields import MoneyField

MOST = 10
# NIBRS's loss code for destroyed, damaged and vandalized property.
DAMAGED = "4"


class Thing(models.TextChoices):
    """What was damaged, in a resident's words. Each has its NIBRS property code below."""

    HOME = "home", _("A house or its door or window")
    FLAT = "flat", _("An apartment or shared building")
    SHOP = "shop", _("A shop, office or other business")
    PUBLIC = "public", _("A school, park or public building")
    WALL = "wall", _("A wall, fence or garage")
    CAR = "car", _("A car")
    TRUCK = "truck", _("A truck or van")
    MOTORCYCLE = "motorcycle", _("A motorcycle or scooter")
    BICYCLE = "bicycle", _("A bicycle")
    GARDEN = "garden", _("A yard, plants or trees")
    FURNITURE = "furniture", _("Furniture or things of a home")
    PHONE = "phone", _("A phone")
    OTHER = "other", _("Something else")


PROPERTY = {
    Thing.HOME: "29",
    Thing.FLAT: "30",
    Thing.SHOP: "31",
    Thing.PUBLIC: "33",
    Thing.WALL: "35",
    Thing.CAR: "03",
    Thing.TRUCK: "37",
    Thing.MOTORCYCLE: "24",
    Thing.BICYCLE: "04",
    Thing.GARDEN: "68",
    Thing.FURNITURE: "16",
    Thing.PHONE: "75",
    Thing.OTHER: "77",
}


class Harm(models.TextChoices):
    """What was done to it."""

    BROKEN = "broken", _("Broken or smashed")
    SCRATCHED = "scratched", _("Scratched or dented")
    PAINTED = "painted", _("Painted, written or drawn on")
    CUT = "cut", _("Cut or slashed")
    DIRTIED = "dirtied", _("Made dirty or sticky")
    OTHER = "other", _("Something else")


class Owner(models.TextChoices):
    """Whose it is."""

    ME = "me", _("Me or my family")
    LANDLORD = "landlord", _("The owner of the building I live in")
    NEIGHBOR = "neighbor", _("A neighbor or someone I know")
    BUSINESS = "business", _("A business or group")
    CITY = "city", _("The city or another public office")
    UNKNOWN = "unknown", _("I do not know")


class DamageForm(RepeatedForm):
    """One damaged thing."""

    thing = forms.ChoiceField(label=_("What was damaged?"), choices=[("", _("Choose")), *Thing.choices])
    harm = forms.ChoiceField(label=_("What was done to it?"), choices=[("", _("Choose")), *Harm.choices])
    description = forms.CharField(
        label=_("Describe it"),
        required=False,
        max_length=500,
        help_text=_("For example: the front window, or the left side of the car."),
    )
    cost = MoneyField(
        label=_("About how many dollars will the repair cost?"),
        required=False,
        help_text=_("A guess is fine. Leave it empty if you do not know."),
    )
    owner = forms.ChoiceField(label=_("Whose is it?"), required=False, choices=[("", _("Choose")), *Owner.choices])
    owner_name = forms.CharField(label=_("Name of the owner, if it is not you"), required=False, max_length=200)


def facts(document: Document) -> list[CodedFact]:
    """Return one damaged property for each thing, with its cost as value."""
    return [
        CodedFact(
            kind=CodedFact.Kind.PROPERTY,
            code=PROPERTY[Thing(each["thing"])],
            loss=DAMAGED,
            value=Decimal(each["cost"]) if "cost" in each else None,
        )
        for each in document["each"]
    ]


def lines(document: Document) -> Iterator[Line]:
    """Show each thing in one line, then whose it is; an owner's name is personal."""
    for position, each in enumerate(document["each"], start=1):
        known = [said(Thing(each["thing"]).label), said(Harm(each["harm"]).label), each.get("description", "")]
        known += [locales.dollars(each["cost"]) if "cost" in each else ""]
        yield Line(numbered(_("Damage"), position), ", ".join(filter(None, known)))
        if "owner" in each:
            yield Line(_("Whose it is"), said(Owner(each["owner"]).label))
        if "owner_name" in each:
            yield Line(_("Name of the owner"), each["owner_name"], personal=True)


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by words of the description and the owner's name."""
    for each in document["each"]:
        yield from terms.words(each.get("description", ""))
        yield from terms.name(each.get("owner_name", ""))


SECTION = Section(
    key="damage",
    title=_("What was damaged?"),
    lead=_("Add one thing at a time. You can add up to 10."),
    form=repeated(DamageForm, key="damage", least=1, most=MOST),
    lines=lines,
    row_title=_("Damage"),
    facts=facts,
    terms=search_terms,
    options=("optional",),
)
